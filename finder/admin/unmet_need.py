"""What searches and plans did not find, for those who plan: a table, and the same as CSV."""

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from finder.admin.site import desk
from finder.admin.unmet_rows import (
    COLUMNS,
    Extent,
    Row,
    Span,
    in_order,
    rows_of,
    total_of,
)
from finder.enums import CareCategory
from finder.geography.states import STATE_NAMES
from finder.models import TaxonomyTerm, UnmetNeed
from finder.permissions import may_see_unmet_needs
from finder.upkeep.small_numbers import LEAST_SHOWN

ROWS_A_PAGE = 100
MONTHS_AT_FIRST = 12
CSV_HEADER = ("period", "state_province", "county", "category", "need", "need_name", "count")
TITLE = gettext_lazy("Unmet need")


class UnmetNeedForm(forms.Form):
    span = forms.ChoiceField(choices=Span.choices, label=gettext_lazy("Count by"))
    extent = forms.ChoiceField(choices=Extent.choices, label=gettext_lazy("Places"))
    state = forms.ChoiceField(required=False, label=gettext_lazy("State"))
    since = forms.ChoiceField(label=gettext_lazy("From"))
    until = forms.ChoiceField(label=gettext_lazy("Through"))
    sort = forms.ChoiceField(
        choices=[(sign + column, column) for column in COLUMNS for sign in ("", "-")],
        widget=forms.HiddenInput,
    )

    def __init__(self, asked: QueryDict, months: list[str], states: list[str]) -> None:
        at_first = {
            "span": Span.MONTH,
            "extent": Extent.COUNTY,
            "since": months[-MONTHS_AT_FIRST:][0],
            "until": months[-1],
            "sort": "-count",
        }
        super().__init__(at_first | asked.dict())
        self.choose_from("since", [(month, month) for month in months])
        self.choose_from("until", [(month, month) for month in months])
        named = [(code, STATE_NAMES.get(code, code)) for code in states]
        self.choose_from("state", [("", _("All")), *named])

    def choose_from(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if "since" in said and "until" in said and said["since"] > said["until"]:
            self.add_error("until", _("The last month must not come before the first."))
        return said


class Heading(NamedTuple):
    words: Any
    url: str
    direction: str
    """As `aria-sort` says it; empty where the table is not in this order."""


@desk.page("unmet-need/", name="unmet_need", is_for=may_see_unmet_needs, title=TITLE)
@require_safe
def unmet_need(request: HttpRequest) -> HttpResponse:
    form = form_of(request.GET)
    rows, names = shown_rows(form), need_names()
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **desk.each_context(request),
        "title": TITLE,
        "form": form,
        "headings": headings(form),
        "page": page,
        "rows": [spelled_out(row, names) for row in page],
        "total": total_of(rows),
        "least": LEAST_SHOWN,
        "query": query_of(form),
    }
    return TemplateResponse(request, "admin/unmet_need.html", context, status=200 if form.is_valid() else 400)


@desk.page("unmet-need.csv", name="unmet_need_csv", is_for=may_see_unmet_needs)
@require_safe
def unmet_need_csv(request: HttpRequest) -> HttpResponse:
    form = form_of(request.GET)
    if not form.is_valid():
        return HttpResponse(form.errors.as_text(), status=400, content_type="text/plain; charset=utf-8")
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="unmet-need.csv"'},
    )
    writer = csv.writer(response)
    writer.writerow(CSV_HEADER)
    names = need_names()
    for row in shown_rows(form):
        place = (row.state, row.county)
        writer.writerow([row.period, *place, row.category, row.need, names.get(row.need, ""), row.figure])
    return response


def form_of(asked: QueryDict) -> UnmetNeedForm:
    today = timezone.localdate()
    oldest = UnmetNeed.objects.oldest_day() or today
    states = UnmetNeed.objects.states()
    return UnmetNeedForm(asked, list(months_between(oldest, today)), states)


def months_between(first: date, last: date) -> Iterator[str]:
    month = first.replace(day=1)
    while month <= last:
        yield f"{month:%Y-%m}"
        month = following(month)


def following(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def shown_rows(form: UnmetNeedForm) -> list[Row]:
    """None where the form is not understood: that would answer a wider question."""
    if not form.is_valid():
        return []
    said = form.cleaned_data
    span, extent = Span(said["span"]), Extent(said["extent"])
    since, until = (date.fromisoformat(f"{said[name]}-01") for name in ("since", "until"))
    counted = UnmetNeed.objects.since(span.first_month(since))
    counted = counted.before(following(span.last_month(until)))
    if said["state"]:
        counted = counted.in_state(said["state"])
    rows = rows_of(counted.by_month(), span, extent)
    return in_order(rows, said["sort"].removeprefix("-"), is_descending=said["sort"].startswith("-"))


def need_names() -> dict[str, str]:
    return {term.slug: str(term) for term in TaxonomyTerm.objects.in_order()}


def spelled_out(row: Row, names: dict[str, str]) -> list[str]:
    state = STATE_NAMES.get(row.state, row.state)
    return [
        row.period,
        state or _("Online or everywhere"),
        row.county or (_("(all)") if state else ""),
        str(CareCategory(row.category).label) if row.category else _("Any kind"),
        names.get(row.need, row.need) or _("(the kind of help itself)"),
        str(row.figure),
    ]


def query_of(form: UnmetNeedForm, **changed: str) -> str:
    """What the form says, as an address says it; nothing that it does not know."""
    asked = QueryDict(mutable=True)
    if form.is_valid():
        asked.update({name: str(value) for name, value in form.cleaned_data.items()} | changed)
    return asked.urlencode()


def headings(form: UnmetNeedForm) -> list[Heading]:
    words = (_("Period"), _("State"), _("County"), _("Kind of help"), _("Need"), _("Times"))
    sort = form.cleaned_data.get("sort", "") if form.is_valid() else ""
    return [heading(form, column, name, sort) for column, name in zip(COLUMNS, words, strict=True)]


def heading(form: UnmetNeedForm, column: str, words: str, sort: str) -> Heading:
    directions = {column: "ascending", f"-{column}": "descending"}
    following_sort = f"-{column}" if sort == column or (column == "count" and sort != "-count") else column
    return Heading(words, f"?{query_of(form, sort=following_sort)}", directions.get(sort, ""))
