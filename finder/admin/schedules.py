"""When a listing is open, admits people or meets, as a person edits it; and how to join from home."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminURLFieldWidget
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from finder.actions.joining import keep_how_to_join
from finder.admin.shown import terms_in_words
from finder.admin.typed import ModelForm, StackedInline
from finder.models import HowToJoin, Schedule
from finder.schedules import Recurrence, faults

JOINING = ("url", "phone", "notes")
ANY_ZONE = "UTC"
"""Where none is named the location's counts; a rule is as right or wrong in any."""

HELP = {field.name: field.help_text for field in HowToJoin._meta.concrete_fields}
RULE = (
    *("freq", "interval", "byday", "bymonthday", "bymonth", "opens_at", "closes_at"),
    *("dtstart", "valid_from", "valid_to"),
)


class ScheduleForm(ModelForm):
    """A rule that nothing can be told of is refused, in words."""

    join_url = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        help_text=HELP["url"],
        widget=AdminURLFieldWidget,
    )
    join_phone = forms.CharField(label=_("Phone"), required=False, max_length=255, help_text=HELP["phone"])
    join_notes = forms.CharField(
        label=_("Notes"), required=False, help_text=HELP["notes"], widget=AdminTextareaWidget({"rows": 2})
    )

    class Meta:
        model = Schedule
        fields: tuple[str, ...] = ()  # the inline names them

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        joining = getattr(self.instance, "how_to_join", None) if self.instance.pk else None
        for name in JOINING:
            self.fields[f"join_{name}"].initial = getattr(joining, name, "")

    def clean_byday(self) -> str:
        return str(self.cleaned_data["byday"]).upper().replace(" ", "")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            rule = {name: said[name] for name in RULE} | {"timezone": said["timezone"] or ANY_ZONE}
            for fault in faults(Recurrence(**rule, except_dates=tuple(said.get("except_dates") or ()))):
                self.add_error(None, fault)
        return said

    def save(self, commit: bool = True) -> Any:
        schedule = super().save(commit)
        if commit:
            said = {name: self.cleaned_data[f"join_{name}"] for name in JOINING}
            keep_how_to_join(schedule=schedule, **said)
        return schedule


class ScheduleInline(StackedInline):
    model = Schedule
    form = ScheduleForm
    extra = 0
    readonly_fields = ("stated", "source_slug")
    fieldsets: ClassVar[Any] = (
        (
            None,
            {
                "fields": (
                    ("kind", "freq", "interval"),
                    ("byday", "opens_at", "closes_at"),
                    ("attending_type", "is_suspended"),
                    "description",
                )
            },
        ),
        (
            _("Seasons, days of the month, exceptions"),
            {
                "classes": ("collapse",),
                "fields": (
                    ("bymonthday", "bymonth", "dtstart"),
                    ("valid_from", "valid_to", "timezone"),
                    "except_dates",
                ),
            },
        ),
        (
            _("What this meeting says of itself"),
            {"classes": ("collapse",), "fields": ("name", "notes", "stated", "source_slug")},
        ),
        (
            _("How to join from home: shown only to a reader who asks"),
            {"classes": ("collapse",), "fields": tuple(f"join_{name}" for name in JOINING)},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("how_to_join")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who may only look sees how to join as text."""
        joining = () if self.edits(request, obj) else tuple(f"join_{name}" for name in JOINING)
        return (*super().get_readonly_fields(request, obj), *joining)

    def edits(self, request: HttpRequest, obj: Any) -> bool:
        return self.has_change_permission(request, obj) or self.has_add_permission(request, obj)

    @admin.display(description=_("what it states"))
    def stated(self, schedule: Schedule) -> str:
        return terms_in_words(schedule.terms)

    @admin.display(description=_("link"))
    def join_url(self, schedule: Schedule) -> str:
        return joining_of(schedule, "url")

    @admin.display(description=_("phone"))
    def join_phone(self, schedule: Schedule) -> str:
        return joining_of(schedule, "phone")

    @admin.display(description=_("notes"))
    def join_notes(self, schedule: Schedule) -> str:
        return joining_of(schedule, "notes")


def joining_of(schedule: Schedule, name: str) -> str:
    return str(getattr(getattr(schedule, "how_to_join", None), name, ""))
