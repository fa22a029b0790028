"""What people may tell us: of a call, of a problem, of a place that is missing."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from finder.actions.calling import CALLED, WITH_A_WAIT
from finder.enums import CareCategory, Outcome, ReportKind
from finder.text import PhoneText, read_phone

MOST_SIGNS = 2000
MOST_SIGNS_OF_A_DESCRIPTION = 1000
MOST_DAYS_TO_WAIT = 730


class Choice(NamedTuple):
    value: str
    label: str
    hint: str
    is_chosen: bool


class WordsField(forms.CharField):
    """Of several lines. A browser counts a new line as one sign, and sends two."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class PhoneField(forms.CharField):
    """Cleans to a number that someone could call, as people write it, or to nothing."""

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if text and phone_of(text) is None:
            raise ValidationError(gettext("This is no phone number. Write it with its area code."))
        return text


def phone_of(typed: str) -> PhoneText | None:
    """With more signs than a listing's number has room for, it is none."""
    phone = read_phone(typed)
    return phone if phone and len(phone.number) <= 40 and len(phone.extension) <= 10 else None


class TellForm(forms.Form):
    use_required_attribute = False

    def choices_of(self, name: str, values: Iterable[tuple[str, str | Promise]]) -> list[Choice]:
        """With what is chosen now; a label may hold a hint after a colon."""
        chosen, found = str(self[name].value() or ""), []
        for value, text in values:
            label, _colon, hint = str(text).partition(": ")
            found.append(Choice(value, label, hint, value == chosen))
        return found


def typed(**attributes: str) -> forms.TextInput:
    """One line, which the browser does not fill by itself."""
    return forms.TextInput(attrs={"class": "field", "autocomplete": "off", **attributes})


class CalledForm(TellForm):
    outcome = forms.ChoiceField(error_messages={"required": _("Choose what came of it.")})
    wait_days = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_DAYS_TO_WAIT,
        label=_("If you have to wait: how many days?"),
        widget=typed(inputmode="numeric"),
        error_messages={"invalid": _("Write the days as a whole number, such as 10.")},
    )

    def __init__(self, data: Any, *, outcomes: Sequence[Outcome]) -> None:
        super().__init__(data)
        self.outcomes = outcomes
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)
        outcome.choices = [(one.value, one.label) for one in outcomes]

    def clean(self) -> None:
        """Days of waiting are asked only of those who found no room, and hidden from the others."""
        super().clean()
        if self.cleaned_data.get("outcome") not in WITH_A_WAIT:
            self.errors.pop("wait_days", None)
            self.cleaned_data["wait_days"] = None

    def after_calling(self) -> list[Choice]:
        return self.choices_of("outcome", ((one.value, one.label) for one in self.outcomes if one in CALLED))

    def after_going(self) -> list[Choice]:
        return self.choices_of(
            "outcome", ((one.value, one.label) for one in self.outcomes if one not in CALLED)
        )

    @property
    def is_only_gone_to(self) -> bool:
        return not self.after_calling()


KINDS = {
    ReportKind.PROBLEM: _("Something is wrong: a number, an address, a time, what they offer"),
    ReportKind.UNSAFE: _("Something unsafe: an address that must be private, a place that hurts people"),
}


class ReportForm(TellForm):
    kind = forms.ChoiceField(
        choices=[(kind.value, kind.label) for kind in KINDS],
        error_messages={"required": _("Choose what it is about.")},
    )
    text = WordsField(
        max_length=MOST_SIGNS,
        label=_("What should we know?"),
        error_messages={"required": _("Say what is wrong, in a few words.")},
        help_text=_("Please leave out names, and anything about your own health."),
        widget=forms.Textarea(attrs={"class": "field", "rows": 6}),
    )

    def kinds(self) -> list[Choice]:
        return self.choices_of("kind", ((kind.value, text) for kind, text in KINDS.items()))


class SuggestForm(TellForm):
    name = forms.CharField(
        max_length=200,
        label=_("What is it called?"),
        error_messages={"required": _("Write its name.")},
        widget=typed(),
    )
    category = forms.ChoiceField(
        choices=CareCategory.choices, error_messages={"required": _("Choose what it offers.")}
    )
    place = forms.CharField(
        max_length=100,
        label=_("Where is it?"),
        help_text=_("City and state, or ZIP code. For groups that meet online: online."),
        error_messages={"required": _("Write the city and state, the ZIP code, or “online”.")},
        widget=typed(autocapitalize="words", spellcheck="false"),
    )
    phone = PhoneField(required=False, max_length=60, label=_("Phone"), widget=typed(inputmode="tel"))
    website = forms.URLField(
        required=False,
        max_length=300,
        label=_("Web address"),
        assume_scheme="https",
        error_messages={"invalid": _("This is no web address. It looks like www.example.org.")},
        widget=typed(inputmode="url", autocapitalize="none", spellcheck="false"),
    )
    text = WordsField(
        required=False,
        max_length=MOST_SIGNS_OF_A_DESCRIPTION,
        label=_("What is it?"),
        help_text=_("In a sentence or two. Please leave out anything about yourself."),
        widget=forms.Textarea(attrs={"class": "field", "rows": 4}),
    )

    def categories(self) -> list[Choice]:
        return self.choices_of("category", CareCategory.choices)
