"""Opening hours as a week of seven rows. What does not fit into a week stays as it is."""

from collections.abc import Mapping
from datetime import time
from typing import Any, NamedTuple

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finder.actions.proposed_fields import HOURS, hours_of
from finder.models import ServiceAtLocation
from finder.schedules import DAYS
from finder.views.plain_form import PlainForm

OF_A_WEEK = {"byday", "opens_at", "closes_at", "timezone", "description"}
Value = Mapping[str, Any]


class Week(NamedTuple):
    days: dict[str, tuple[time, time]]
    """By day: when it opens, and when it closes."""
    note: str
    timezone: str
    others: list[Value]
    """Other times of the same day, seasons, days of the month."""


def week_of(values: list[Value]) -> Week:
    days: dict[str, tuple[time, time]] = {}
    notes, zones, others = [], [], []
    for value in values:
        named = value.get("byday", "").split(",") if value.get("byday") else list(DAYS)
        is_timed = "opens_at" in value and "closes_at" in value
        is_note = "description" in value and not set(value) & {"byday", "opens_at", "closes_at"}
        fits = set(value) <= OF_A_WEEK and set(named) <= set(DAYS) and not set(named) & set(days)
        if fits and is_timed:
            opens, closes = (time.fromisoformat(value[name]) for name in ("opens_at", "closes_at"))
            days |= dict.fromkeys(named, (opens, closes))
        elif not (fits and is_note):
            others.append(value)
            continue
        notes += [value["description"]] if "description" in value else []
        zones += [value["timezone"]] if "timezone" in value else []
    return Week(days, "; ".join(dict.fromkeys(notes)), zones[0] if zones else "", others)


class HoursForm(PlainForm):
    note = forms.CharField(
        max_length=250,
        required=False,
        label=gettext_lazy("What the times leave out"),
        help_text=gettext_lazy("By appointment only, closed on holidays."),
    )

    def __init__(self, listing: ServiceAtLocation, data: Any = None) -> None:
        self.week = week_of(hours_of(listing))
        super().__init__(data, initial={"note": self.week.note[:250]})
        for day, name in zip(DAYS, WEEKDAYS.values(), strict=True):
            opens, closes = self.week.days.get(day, (None, None))
            self.fields[f"{day}_opens"] = time_field(_("%(day)s, opens") % {"day": name}, opens)
            self.fields[f"{day}_closes"] = time_field(_("%(day)s, closes") % {"day": name}, closes)

    def days(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        return [
            (str(name), self[f"{day}_opens"], self[f"{day}_closes"])
            for day, name in zip(DAYS, WEEKDAYS.values(), strict=True)
        ]

    def clean(self) -> dict[str, Any]:
        for day in DAYS:
            opens, closes = self.cleaned_data.get(f"{day}_opens"), self.cleaned_data.get(f"{day}_closes")
            if (opens is None) != (closes is None):
                missing = "closes" if closes is None else "opens"
                self.add_error(f"{day}_{missing}", _("Give both times, or leave both empty: closed."))
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        return {HOURS: [*self.rows(), *self.week.others]} if self.has_changed() else {}

    def rows(self) -> list[dict[str, Any]]:
        """One for all days of the same times, as an import would write them."""
        alike: dict[tuple[time, time], list[str]] = {}
        for day in DAYS:
            opens, closes = self.cleaned_data[f"{day}_opens"], self.cleaned_data[f"{day}_closes"]
            if opens is not None and closes is not None:
                alike.setdefault((opens, closes), []).append(day)
        rows: list[dict[str, Any]] = [
            {"byday": ",".join(days), "opens_at": opens.isoformat(), "closes_at": closes.isoformat()}
            for (opens, closes), days in alike.items()
        ]
        note = self.cleaned_data["note"]
        if note:
            rows = [rows[0] | {"description": note}, *rows[1:]] if rows else [{"description": note}]
        zone = {"timezone": self.week.timezone} if self.week.timezone else {}
        return [row | zone for row in rows]


def time_field(label: str, initial: time | None) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"class": "field", "type": "time"}, format="%H:%M")
    return forms.TimeField(
        required=False, label=label, initial=initial, widget=widget, input_formats=["%H:%M", "%H:%M:%S"]
    )
