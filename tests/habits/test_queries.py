"""Rows come in one order, are written in one place, and their tables are what the models say."""

import ast
import re
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Model

from tests.habits.repository import FINDER, calls, functions, place, python_files, said, tree

ENDS = {"pk", "-pk", "id", "-id"}
WRITES = (
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "delete",
)
READ_ONLY = ("api", "filters", "search", "views", "importers", "exporters", "context_processors")


def own_models() -> list[type[Model]]:
    """Without the history's events, which pghistory makes."""
    return [model for model in apps.get_app_config("finder").get_models() if hasattr(model, "objects")
            and not hasattr(model, "pgh_tracked_model")]  # fmt: skip


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model.__name__)
def test_every_model_has_an_order_without_ties(model: type[Model]) -> None:
    ordering = [str(name) for name in model._meta.ordering]
    assert ordering, f"{model.__module__}.{model.__name__} has no ordering"
    last = ordering[-1].lstrip("-")
    assert last == "pk" or model._meta.get_field(last).unique, f"{model.__name__}: end the ordering in pk"


def test_every_order_ends_in_the_primary_key() -> None:
    faults = [
        place(path, call.lineno)
        for path in python_files(FINDER)
        for call in calls(path, "order_by")
        if call.args and not (isinstance(call.args[-1], ast.Constant) and call.args[-1].value in ENDS)
    ]
    assert not faults, said(faults)


def test_nothing_is_cut_from_a_query_without_order() -> None:
    faults = [
        place(path, node.lineno)
        for path in python_files(FINDER)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Slice)
        and re.search(r"\.order_by\(\)", ast.unparse(node.value))
    ]
    assert not faults, said(faults)


def test_no_statement_is_limited_without_order() -> None:
    faults = [
        place(path, node.lineno)
        for path in python_files(FINDER)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.JoinedStr | ast.Constant)
        and re.search(r"SELECT.*LIMIT\s", statement := ast.unparse(node))
        and "ORDER BY" not in statement
    ]
    assert not faults, said(faults)


def test_only_actions_write() -> None:
    reading = [
        path for path in python_files(FINDER) if path.relative_to(FINDER).parts[0].split(".")[0] in READ_ONLY
    ]
    faults = [place(path, call.lineno) for path in reading for call in calls(path, *WRITES)]
    assert not faults, said(faults)


def test_models_hide_no_logic_in_save_and_nothing_listens_for_signals() -> None:
    saves = [
        place(path, node.lineno)
        for path in python_files(FINDER / "models")
        for node in functions(path)
        if node.name in {"save", "delete"}
    ]
    signals = [
        place(path, node.lineno)
        for path in python_files(FINDER)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.module in {"django.db.models.signals", "django.dispatch"}
    ]
    assert not saves + signals, said(saves + signals)


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    said_by_django = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said_by_django)
    except SystemExit:
        pytest.fail(f"A model changed without its migration:\n{said_by_django.getvalue()}")
