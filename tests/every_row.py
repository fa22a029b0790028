"""All that the database holds, to see whether anything changed."""

from typing import Any

from django.apps import apps


def every_row() -> dict[str, list[Any]]:
    """Of each table by its name, history and sessions among them."""
    return {
        model._meta.db_table: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
    }


def tables_that_differ(before: dict[str, list[Any]]) -> list[str]:
    after = every_row()
    return [table for table in before if before[table] != after[table]]
