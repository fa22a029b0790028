"""What a person found out on the phone, on a visit or from the program itself."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from finder.admin.site import desk
from finder.enums import StatementMethod, VerifiedPart
from finder.models import Taxonomy, TaxonomyTerm

MOST_TERMS = 30
PARTS = (VerifiedPart.CONTACT, VerifiedPart.HOURS)
"""Ticked by themselves. What is said of services and payment is said fact by fact."""


def terms_like(words: str) -> QuerySet[TaxonomyTerm]:
    """Each word in the term's name, its synonyms or its question's name."""
    condition = Q()
    for word in words.split():
        condition &= Q(name__icontains=word) | Q(synonyms__icontains=word) | Q(taxonomy__name__icontains=word)
    return TaxonomyTerm.objects.in_order().filter(condition)[:MOST_TERMS]


class TermSelect(AutocompleteSelectMultiple):
    """Statements hold arrays of ids, not foreign keys: the admin's own view cannot answer for them."""

    def __init__(self) -> None:
        super().__init__(Taxonomy._meta.get_field("terms"), desk)

    def get_url(self) -> str:
        return reverse("admin:finder_serviceatlocation_terms")


class CheckedForm(forms.Form):
    method = forms.ChoiceField(label=_("How"), help_text=_("How you found out, today."))
    parts = forms.MultipleChoiceField(
        choices=[(part.value, part.label) for part in PARTS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("What you found right"),
        help_text=_("Phone and address: you reached them there. Hours: they said them, or you saw them."),
    )
    all_is_right = forms.BooleanField(
        required=False,
        label=_("All that the listing says below is right"),
        help_text=_("Only when you went through all of it."),
    )
    affirmed = forms.ModelMultipleChoiceField(
        TaxonomyTerm.objects.in_order(),
        required=False,
        widget=TermSelect,
        label=_("They say yes to"),
        help_text=_("Type a word: Medicaid, buprenorphine, wheelchair."),
    )
    denied = forms.ModelMultipleChoiceField(
        TaxonomyTerm.objects.in_order(),
        required=False,
        widget=TermSelect,
        label=_("They say no to"),
        help_text=_("What nobody asked about stays as it is: not stated is not no."),
    )

    def __init__(self, data: Any, *, methods: Collection[StatementMethod]) -> None:
        super().__init__(data)
        method = self.fields["method"]
        assert isinstance(method, forms.ChoiceField)
        method.choices = [(one.value, one.label) for one in methods]

    def clean_method(self) -> StatementMethod:
        return StatementMethod(self.cleaned_data["method"])

    def clean_parts(self) -> list[VerifiedPart]:
        return [VerifiedPart(part) for part in self.cleaned_data["parts"]]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        yes, no = (set(self.cleaned_data.get(name, ())) for name in ("affirmed", "denied"))
        both = ", ".join(sorted(map(str, yes & no)))
        if both:
            raise forms.ValidationError(_("Both yes and no: %(terms)s"), params={"terms": both})
        return cleaned
