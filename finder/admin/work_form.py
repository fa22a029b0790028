"""What came of working on an item, in two taps."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from finder.actions.working import Found, Result
from finder.enums import StatementMethod, VerifiedPart

CHANGED = "CHANGED"
"""Not a result yet: it leads to the listing's page, and from there back here."""

FOUND_RIGHT = (Result.ALL_RIGHT, Result.CORRECTED)


class WorkForm(forms.Form):
    result = forms.ChoiceField(widget=forms.RadioSelect, label=_("What came of it?"))
    parts = forms.MultipleChoiceField(
        choices=VerifiedPart.choices,
        initial=[VerifiedPart.CONTACT],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("What did you find right?"),
        help_text=_("Tick only what you asked about."),
    )
    method = forms.ChoiceField(required=False, label=_("How did you find out?"))
    reason = forms.CharField(
        required=False,
        max_length=250,
        label=_("How do you know that it is closed?"),
        help_text=_("Kept with the listing: “Closed in May, says the landlord.”"),
    )

    def __init__(self, data: Any, *, methods: Collection[StatementMethod], was_corrected: bool) -> None:
        super().__init__(data, initial={"result": Result.CORRECTED if was_corrected else None})
        self.choose_from("method", [(method.value, method.label) for method in methods])
        self.choose_from("result", list(results(was_corrected or data is not None)))

    def choose_from(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        result = self.cleaned_data.get("result")
        if result in FOUND_RIGHT and not self.cleaned_data.get("parts"):
            self.add_error("parts", str(_("Tick what you found right.")))
        if result == Result.CLOSED and not self.cleaned_data.get("reason"):
            self.add_error("reason", str(_("Say how you know. The reason is kept with the listing.")))
        return cleaned

    @property
    def found(self) -> Found:
        said = self.cleaned_data
        return Found(
            result=Result(said["result"]),
            parts=[VerifiedPart(part) for part in said["parts"]],
            method=StatementMethod(said["method"] or StatementMethod.PHONE),
            reason=said["reason"],
        )


def results(may_be_corrected: bool) -> list[tuple[str, Any]]:
    """Each is one tap; keeping it is the other."""
    corrected = [(Result.CORRECTED.value, Result.CORRECTED.label)] if may_be_corrected else []
    return [
        (Result.ALL_RIGHT.value, Result.ALL_RIGHT.label),
        *corrected,
        (CHANGED, _("Something changed: take me to the listing")),
        *((result.value, result.label) for result in (Result.NO_ANSWER, Result.WRONG_NUMBER, Result.CLOSED)),
    ]
