"""One listing is edited on one page: its own form carries the fields of the rows it joins."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import fields_for_model
from django.utils.translation import gettext_lazy as _

from finder.actions.composing import position, write
from finder.admin.base import field_for_people
from finder.admin.typed import ModelForm
from finder.models import Location, Organization, Service, ServiceAtLocation

SERVICE = [
    "name",
    "categories",
    "status",
    "description",
    "url",
    "eligibility_description",
    "fees_description",
    "application_process",
    "interpretation_services",
]
ORGANIZATION = ["name", "website"]
PLACE = [
    "location_type",
    "address_1",
    "address_2",
    "city",
    "state_province",
    "postal_code",
    "region",
    "address_is_public",
    "latitude",
    "longitude",
    "position_is_approximate",
    "timezone",
    "transportation",
]
PARTS: dict[str, tuple[type[Model], list[str]]] = {
    "service": (Service, SERVICE),
    "organization": (Organization, ORGANIZATION),
    "location": (Location, PLACE),
}

LABELS = {
    "service__url": _("Web address"),
    "service__eligibility_description": _("Who can come"),
    "service__fees_description": _("Fees"),
    "service__application_process": _("How to get in"),
    "service__interpretation_services": _("Interpreters"),
    "organization__name": _("Organization"),
    "location__location_type": _("Kind of place"),
    "location__address_1": _("Street"),
    "location__address_2": _("Suite or floor"),
    "location__state_province": _("State"),
    "location__postal_code": _("ZIP code"),
    "location__region": _("County"),
    "location__timezone": _("Time zone"),
    "location__transportation": _("Getting there"),
}
"""Where the standard's word for a field is not a person's."""


def names_of(part: str) -> list[str]:
    return [f"{part}__{name}" for name in PARTS[part][1]]


def part_fields() -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {}
    for part, (model, names) in PARTS.items():
        fields = fields_for_model(model, names, formfield_callback=field_for_people)
        found |= {f"{part}__{name}": field for name, field in fields.items()}
    for name, label in LABELS.items():
        found[name].label = label
    return found


class ListingForm(ModelForm):
    class Meta:
        model = ServiceAtLocation
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        service = self.instance.service
        self.parts: dict[str, Model] = {
            "service": service,
            "organization": service.organization,
            "location": self.instance.location,
        }
        for name in self.fields:
            part, separator, field = name.partition("__")
            if separator:
                self.initial[name] = getattr(self.parts[part], field)

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        for part, row in self.parts.items():
            names = [name for name in PARTS[part][1] if f"{part}__{name}" in self.cleaned_data]
            for name in names:
                setattr(row, name, self.cleaned_data[f"{part}__{name}"])
            self.check_part(part, row, names)

    def check_part(self, part: str, row: Model, names: list[str]) -> None:
        others = {field.name for field in row._meta.fields} - set(names)
        try:
            row.full_clean(exclude=others)
        except ValidationError as faults:
            for name, errors in faults.error_dict.items():
                field = f"{part}__{name}"
                self.add_error(field if field in self.fields else None, errors)

    def save_parts(self) -> None:
        """Only the rows that changed; a new ZIP code without a new point moves the point along."""
        changed = set(self.changed_data)
        if "location__postal_code" in changed and not changed & {"location__latitude", "location__longitude"}:
            write(self.instance, {"position": position((), self.parts["location"].postal_code)})  # type: ignore[attr-defined]
        for part, row in self.parts.items():
            if any(name in changed for name in names_of(part)):
                row.save()


# The fields are those of three models, made by Django: declaring them by hand would say everything twice.
ListingForm.declared_fields |= part_fields()
ListingForm.base_fields |= ListingForm.declared_fields
