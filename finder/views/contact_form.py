"""Names, numbers and the address of a listing, as its program would have them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finder.actions.owned import phone_values
from finder.actions.proposed_fields import ADDRESS, ADDRESS_FIELD, PHONES, values_now
from finder.actions.seen import CONTACT, FIELDS
from finder.enums import CareCategory, LocationType
from finder.geography.gazetteer import zip_code
from finder.geography.states import STATE_NAMES
from finder.models import ServiceAtLocation
from finder.text import read_phone
from finder.views.plain_form import PlainForm, form_name
from finder.views.proposals import FIELD_NAMES, STATUS_WORDS

MOST_PHONES = 5


class ContactForm(PlainForm):
    """Names, numbers, addresses: none of it is taken before one of us has looked."""

    service__name = forms.CharField(max_length=500, label=FIELD_NAMES["service.name"])
    organization__name = forms.CharField(max_length=250, label=FIELD_NAMES["organization.name"])
    service__url = forms.URLField(
        max_length=500, required=False, assume_scheme="https", label=FIELD_NAMES["service.url"]
    )
    service__categories = forms.MultipleChoiceField(
        choices=CareCategory.choices,
        label=FIELD_NAMES["service.categories"],
        widget=forms.CheckboxSelectMultiple,
    )
    service__status = forms.ChoiceField(
        choices=[(status.value, words) for status, words in STATUS_WORDS.items()],
        label=FIELD_NAMES["service.status"],
    )
    address_1 = forms.CharField(max_length=250, required=False, label=gettext_lazy("Street and number"))
    address_2 = forms.CharField(max_length=250, required=False, label=gettext_lazy("Suite, floor, building"))
    city = forms.CharField(max_length=100, label=gettext_lazy("City"))
    state_province = forms.ChoiceField(choices=sorted(STATE_NAMES.items()), label=gettext_lazy("State"))
    postal_code = forms.CharField(max_length=5, label=gettext_lazy("ZIP code"))

    def __init__(self, listing: ServiceAtLocation, data: Any = None) -> None:
        self.phones = phone_values(listing.speaking_phones)
        super().__init__(data, initial=initial_contact(listing))
        for number in range(min(len(self.phones) + 1, MOST_PHONES)):
            self.add_phone(number)
        self.order_fields([*list(self.base_fields)[:2], *self.phone_names])
        if not shows_address(listing):
            for name in ADDRESS:
                del self.fields[name]

    def add_phone(self, number: int) -> None:
        label = _("Phone number %(number)d") % {"number": number + 1}
        widget = forms.TextInput(attrs={"class": "field", "autocomplete": "off", "inputmode": "tel"})
        field = forms.CharField(max_length=60, required=False, label=label, widget=widget)
        if number < len(self.phones):
            field.initial = phone_text(self.phones[number])
        self.fields[f"phone_{number}"] = field

    @property
    def phone_names(self) -> list[str]:
        return [name for name in self.fields if name.startswith("phone_")]

    def clean_postal_code(self) -> str:
        code: str = self.cleaned_data["postal_code"]
        if zip_code(code) is None:
            raise forms.ValidationError(_("We do not know this ZIP code. Give its five digits."))
        return code

    def clean(self) -> dict[str, Any]:
        for name in self.phone_names:
            text = self.cleaned_data.get(name, "")
            if text and text != self.fields[name].initial and not is_whole_number(text):
                self.add_error(name, _("Give the whole number with its area code, such as 828-555-0142."))
        if not any(self.cleaned_data.get(name) for name in self.phone_names) and self.phones:
            self.add_error(self.phone_names[0], _("Leave one number at least, so that people can call."))
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        """What was changed, by the names of `propose_changes_of`."""
        said, changed = self.cleaned_data, set(self.changed_data)
        plain = {field: form_name(field) for field in FIELDS[CONTACT]}
        found = {field: said[name] for field, name in plain.items() if name in changed}
        if changed & set(ADDRESS):
            found[ADDRESS_FIELD] = {name: said[name] for name in ADDRESS}
        if changed & set(self.phone_names):
            found[PHONES] = [value for name in self.phone_names if (value := self.phone_value(name))]
        return found

    def phone_value(self, name: str) -> list[str] | None:
        """A number that stays keeps its type and its description; another one in its place keeps them too."""
        text, index = self.cleaned_data[name], int(name.removeprefix("phone_"))
        before = self.phones[index] if index < len(self.phones) else ["", "", "", "MAIN"]
        if text == self.fields[name].initial:
            return before
        read = read_phone(text) if text else None
        return [read.number, read.extension, read.number_e164, *before[3:]] if read else None


def is_whole_number(text: str) -> bool:
    read = read_phone(text)
    return bool(read and read.number_e164)


def phone_text(value: list[str]) -> str:
    return f"{value[0]} ext. {value[1]}" if value[1] else value[0]


def shows_address(listing: ServiceAtLocation) -> bool:
    """A confidential one is neither shown nor changed by a link in a letter."""
    location = listing.location
    return location.address_is_public and location.location_type != LocationType.VIRTUAL


def initial_contact(listing: ServiceAtLocation) -> dict[str, Any]:
    plain = [field for field in FIELDS[CONTACT] if "." in field]
    found = {form_name(field): value for field, value in values_now(listing, plain).items()}
    return found | {name: getattr(listing.location, name) for name in ADDRESS}
