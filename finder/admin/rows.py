"""A JSON list of small rows, edited as fields with labels instead of JSON."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django import forms
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

EMPTY_ROWS = 2
MISSING = _("Row %(number)d lacks: %(name)s.")


class Column(NamedTuple):
    """`is_list`: several words with blanks between them; `is_long`: a box of several lines."""

    name: str
    label: Any
    is_long: bool = False
    is_list: bool = False
    is_required: bool = True


class RowsWidget(forms.Widget):
    template_name = "admin/rows.html"

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = columns

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """From the project's templates: Django's own renderer knows only those of Django."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        rows = (json.loads(value) if isinstance(value, str) else value) or []
        blank: list[dict[str, Any]] = [{} for _row in range(EMPTY_ROWS)]
        shown = [
            {"number": number, "cells": [self.cell(name, number, column, row) for column in self.columns]}
            for number, row in enumerate([*rows, *blank])
        ]
        return {**super().get_context(name, value, attrs), "rows": shown}

    def cell(self, name: str, number: int, column: Column, row: Mapping[str, Any]) -> dict[str, Any]:
        value = row.get(column.name, [] if column.is_list else "")
        return {
            "name": f"{name}-{number}-{column.name}",
            "label": column.label,
            "is_long": column.is_long,
            "value": " ".join(value) if column.is_list else value,
        }

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> str:
        """Rows in the order of the page; a row left empty is no row."""
        rows, number = [], 0
        while any(f"{name}-{number}-{column.name}" in data for column in self.columns):
            said = {
                column.name: str(data.get(f"{name}-{number}-{column.name}", "")).replace("\r\n", "\n").strip()
                for column in self.columns
            }
            if any(said.values()):
                rows.append({column.name: self.read(said[column.name], column) for column in self.columns})
            number += 1
        return json.dumps(rows)

    @staticmethod
    def read(said: str, column: Column) -> str | list[str]:
        return said.split() if column.is_list else said

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return f"{name}-0-{self.columns[0].name}" not in data


class RowsField(forms.JSONField):
    """Refuses a row that lacks what it needs."""

    def __init__(self, *columns: Column, **kwargs: Any) -> None:
        super().__init__(widget=RowsWidget(columns), **kwargs)
        self.columns = columns

    def clean(self, value: Any) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = super().clean(value) or []
        for number, row in enumerate(rows, start=1):
            for column in self.columns:
                if column.is_required and not row.get(column.name):
                    raise forms.ValidationError(
                        MISSING, params={"number": number, "name": column.label}, code="missing"
                    )
        return rows
