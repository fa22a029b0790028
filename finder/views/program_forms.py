"""What a program may say of its listing, each form of one part of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finder.actions.proposed_fields import NO, PAYMENT, YES, values_now
from finder.actions.seen import FIELDS, WORDS
from finder.enums import CapacityCode, FactGroup
from finder.models import ServiceAtLocation
from finder.search.facts import Fact, facts_of
from finder.views.plain_form import PlainForm, form_name
from finder.views.proposals import FIELD_NAMES

MOST_WORDS = 2000


class WordsForm(PlainForm):
    def __init__(self, listing: ServiceAtLocation, data: Any = None) -> None:
        super().__init__(data)
        for field, value in values_now(listing, worded_fields(listing)).items():
            self.fields[form_name(field)] = forms.CharField(
                required=False,
                max_length=max(MOST_WORDS, len(value)),
                initial=value,
                label=FIELD_NAMES[field],
                widget=forms.Textarea(attrs={"class": "field", "rows": 4}),
            )

    def values(self) -> dict[str, Any]:
        return {
            name.replace("__", "."): self.cleaned_data[name].replace("\r\n", "\n")
            for name in self.changed_data
        }


def worded_fields(listing: ServiceAtLocation) -> list[str]:
    """Without the way to a confidential address."""
    is_hidden = not listing.location.address_is_public
    return [field for field in FIELDS[WORDS] if not (is_hidden and field.startswith("location."))]


class ServicesForm(PlainForm):
    """One question for each thing that a place like this may offer. What nobody said stays unsaid."""

    def __init__(self, listing: ServiceAtLocation, data: Any = None) -> None:
        super().__init__(data)
        self.facts = [fact for fact in facts_of(listing) if fact.statement or fact.term.is_offered]
        for fact in self.facts:
            self.fields[self.name_of(fact)] = answer_field(fact)

    @staticmethod
    def name_of(fact: Fact) -> str:
        return f"term_{fact.term.pk}"

    def topics(self) -> list[tuple[str, list[forms.BoundField]]]:
        """By the question that they answer, in the order of the listing's page."""
        found: dict[str, list[forms.BoundField]] = {}
        for fact in self.facts:
            found.setdefault(str(fact.term.taxonomy), []).append(self[self.name_of(fact)])
        return list(found.items())

    def said(self, answer: str) -> list[int]:
        """The terms whose answer changed to this one, but for those of payment."""
        return [
            fact.term.pk
            for fact in self.facts
            if self.is_changed(fact) and not is_payment(fact) and self.answer(fact) == answer
        ]

    def payment(self) -> dict[str, str]:
        changed = [fact for fact in self.facts if is_payment(fact) and self.is_changed(fact)]
        return {fact.term.slug: self.answer(fact) for fact in changed if self.answer(fact)}

    def values(self) -> dict[str, Any]:
        """All that it says, to be held against what waits already."""
        facts = {answer: self.said(answer) for answer in (YES, NO)}
        said = {PAYMENT: self.payment()} | facts
        return {name: value for name, value in said.items() if value}

    def is_changed(self, fact: Fact) -> bool:
        return self.name_of(fact) in self.changed_data

    def answer(self, fact: Fact) -> str:
        return str(self.cleaned_data[self.name_of(fact)])


def is_payment(fact: Fact) -> bool:
    return fact.term.taxonomy.group == FactGroup.COST


def answer_field(fact: Fact) -> forms.ChoiceField:
    unsaid = [("", _("Not stated"))] if fact.is_yes is None else []
    return forms.ChoiceField(
        choices=[*unsaid, (YES, _("Yes")), (NO, _("No"))],
        required=fact.is_yes is not None,
        initial="" if fact.is_yes is None else YES if fact.is_yes else NO,
        label=str(fact.term),
        widget=forms.Select(attrs={"class": "field"}),
    )


class RoomForm(PlainForm):
    code = forms.ChoiceField(
        choices=[("", gettext_lazy("Please choose")), *CapacityCode.choices],
        label=gettext_lazy("Is there room today?"),
    )
    available = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=999,
        label=gettext_lazy("How many are free? (if you count)"),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        available, code = said.get("available"), said.get("code")
        if available is not None and code and (available > 0) != (code == CapacityCode.YES):
            self.add_error("available", _("The number and the answer above do not agree."))
        return said


class CadenceForm(PlainForm):
    days = forms.TypedChoiceField(
        coerce=lambda text: int(text) if text else None,
        empty_value=None,
        required=False,
        choices=[
            ("", gettext_lazy("When you think it is time")),
            ("30", gettext_lazy("Every month")),
            ("91", gettext_lazy("Every three months")),
            ("182", gettext_lazy("Twice a year")),
            ("365", gettext_lazy("Once a year")),
        ],
        label=gettext_lazy("How often shall we ask?"),
    )


class ColleagueForm(PlainForm):
    email = forms.EmailField(
        max_length=254,
        label=gettext_lazy("E-mail address of your colleague"),
        help_text=gettext_lazy("We write to it once, and do not keep it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
