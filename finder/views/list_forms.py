"""What is typed on a list. No field is for a person's name, and what looks like one is asked about."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finder.enums import ItemStatus, Refusal
from finder.referral.contents import MOST_SIGNS_OF_A_NOTE, MOST_SIGNS_OF_A_TITLE
from finder.referral.private_words import Private, private_in
from finder.views.plain_form import PlainForm

KEEP_ANYWAY = "anyway"


class AskingForm(PlainForm):
    """Asks once before it takes what looks like it tells who someone is; the person decides."""

    asked_about: str
    """The field with free text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_again = False

    def clean(self) -> dict[str, Any]:
        found = private_in(self.cleaned_data.get(self.asked_about, ""))
        if found and KEEP_ANYWAY not in self.data:
            self.asks_again = True
            self.add_error(self.asked_about, question_about(found))
        return self.cleaned_data


def question_about(found: list[Private]) -> str:
    what = {
        Private.BIRTH: _("a date of birth"),
        Private.PHONE: _("a person’s phone number"),
        Private.NUMBER: _("an insurance or social security number"),
    }
    said = _(" and ").join(what[kind] for kind in found)
    return _(
        "This looks like %(what)s. Please leave out what could tell who someone is: a list can be lost, "
        "forwarded or read by others. If it is about the program, keep it."
    ) % {"what": said}


class TitleForm(AskingForm):
    asked_about = "title"
    title = forms.CharField(
        max_length=MOST_SIGNS_OF_A_TITLE,
        label=gettext_lazy("Name of this list"),
        help_text=gettext_lazy("Say what it is, never whom it is for: no names, no initials."),
    )


class NoteForm(AskingForm):
    asked_about = "note"
    note = forms.CharField(
        max_length=MOST_SIGNS_OF_A_NOTE,
        required=False,
        label=gettext_lazy("Note"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note_is_shown = forms.BooleanField(
        required=False, label=gettext_lazy("Show this note on paper and to whoever has the link")
    )


class StatusForm(PlainForm):
    """`zone`: the clock of the place, by which a bed is held."""

    status = forms.ChoiceField(
        choices=[("", gettext_lazy("Nothing yet")), *ItemStatus.choices],
        required=False,
        label=gettext_lazy("How far are you?"),
    )
    refusal = forms.ChoiceField(
        choices=[("", "–"), *Refusal.choices], required=False, label=gettext_lazy("If they refused: why?")
    )
    held_until = forms.DateTimeField(
        required=False,
        label=gettext_lazy("If a bed is held: until when? Their time."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(zone or "UTC")

    def clean_held_until(self) -> datetime | None:
        typed: datetime | None = self.cleaned_data["held_until"]
        return typed.replace(tzinfo=self.zone) if typed else None

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("status") == ItemStatus.REFUSED and not said.get("refusal"):
            self.add_error("refusal", _("Choose why they refused."))
        return said
