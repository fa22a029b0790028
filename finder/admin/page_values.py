"""What a page of the desk shows in its fields, as a browser would send it back: text by name of field."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext as _

Sent = dict[str, list[str]]
"""Texts by name; a box that is not ticked sends none."""


MOST_ROWS = 1000


class Rows(NamedTuple):
    """The rows of one inline, by their keys, and the field that carries the key."""

    prefix: str
    key: str
    name: str
    rows: dict[str, Sent]
    fields: Mapping[str, forms.Field]


class PageValues(NamedTuple):
    """`own`: of the page's own form; `state`: what it shows beside its fields."""

    own: Sent
    inlines: dict[str, dict[str, Sent]]
    state: Sent


def values_of_form(form: Any, leaving_out: tuple[str, ...] = ()) -> Sent:
    return {
        bound.name: texts(bound)
        for bound in form
        if bound.name not in leaving_out and not bound.field.disabled
    }


def texts(bound: BoundField) -> list[str]:
    widget, value = bound.field.widget, bound.value()
    if isinstance(widget, RelatedFieldWidgetWrapper):
        widget = widget.widget
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if widget.check_test(value) else []
    shown = widget.format_value(value)
    if isinstance(shown, list | tuple):
        return [plain(each) for each in shown if each not in (None, "")]
    return [plain(shown)]


def plain(value: Any) -> str:
    """Browsers send each end of a line as two signs."""
    return "" if value is None else str(value).replace("\r\n", "\n")


def rows_of_formset(formset: Any) -> Rows:
    key = formset.model._meta.pk.name
    leaving_out = (key, formset.fk.name, "DELETE", "ORDER")
    form = formset.empty_form
    return Rows(
        prefix=formset.prefix,
        key=key,
        name=capfirst(str(formset.model._meta.verbose_name)),
        rows={
            str(each.instance.pk): values_of_form(each, leaving_out)
            for each in formset.initial_forms
            if each.instance.pk is not None
        },
        fields={name: field for name, field in form.fields.items() if name not in leaving_out},
    )


def is_same(one: list[str], other: list[str]) -> bool:
    """An empty box is as good as none."""
    return [text for text in one if text] == [text for text in other if text]


def label_of(fields: Mapping[str, forms.Field], name: str) -> str:
    field = fields.get(name)
    return str(field.label or capfirst(name.replace("_", " "))) if field else capfirst(name.replace("_", " "))


def in_words(field: forms.Field | None, said: list[str]) -> str:
    """As a person would say it: the names of what was chosen."""
    if isinstance(field, forms.BooleanField):
        return _("yes") if said else _("no")
    chosen = [text for text in said if text]
    if isinstance(field, forms.ModelChoiceField):
        found = field.queryset.filter(pk__in=chosen) if field.queryset is not None else ()
        chosen = [str(each) for each in found]
    elif isinstance(field, forms.ChoiceField):
        labels = {str(value): str(label) for value, label in field.choices}  # type: ignore[misc,union-attr]
        chosen = [labels.get(text, text) for text in chosen]
    return ", ".join(chosen) or _("nothing")


def row_in_words(fields: Mapping[str, forms.Field], row: Sent) -> str:
    words = (in_words(fields.get(name), said) for name, said in row.items() if any(said))
    return ", ".join(words) or _("nothing")


def sent_rows(post: Any, rows: Rows) -> Iterator[tuple[str, bool, Sent]]:
    """Key (empty for a new row), whether it is to go, and what was typed."""
    total = post.get(f"{rows.prefix}-TOTAL_FORMS", "0")
    for number in range(min(int(total), MOST_ROWS) if total.isdecimal() else 0):
        start = f"{rows.prefix}-{number}-"
        typed = {name: list(map(plain, post.getlist(start + name))) for name in rows.fields}
        yield post.get(start + rows.key, ""), f"{start}DELETE" in post, typed
