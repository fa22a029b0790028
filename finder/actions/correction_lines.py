"""What one row of a table of corrections says of a listing, or why nobody can tell."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finder.actions.composing import Values, current_values, position
from finder.actions.refusals import Refused
from finder.enums import EditorialStatus, PhoneType, VerifiedPart
from finder.geography.gazetteer import pad_zip, zip_code
from finder.geography.states import state_code
from finder.models import Location, Organization, Service, ServiceAtLocation
from finder.text import read_phone

NEW, OUTCOME, FOUND_RIGHT, NOTHING = "new_", "outcome", "found_right", "none"

FIELD_OF = {
    "service_name": "service.name",
    "number": "phones",
    "extension": "phones",
    "url": "service.url",
    "organization_name": "organization.name",
    "address_1": "location.address_1",
    "address_2": "location.address_2",
    "city": "location.city",
    "state_province": "location.state_province",
    "postal_code": "location.postal_code",
    "description": "service.description",
}
"""By column; a correction stands in the column of the same name with `new_` before it."""

STREET = ("address_1", "address_2", "city", "postal_code")
"""What of a confidential place never leaves the database."""

OF_SERVICES = {"service_name", "organization_name", "description"}
COLUMNS = {"id", "version", OUTCOME, FOUND_RIGHT, *(f"{NEW}{name}" for name in FIELD_OF)}


class Called(TextChoices):
    """The outcomes as they are written into the table."""

    ALL_RIGHT = "all right", gettext_lazy("all right")
    CHANGED = "changed", gettext_lazy("changed")
    NO_ANSWER = "nobody answered", gettext_lazy("nobody answered")
    WRONG_NUMBER = "wrong number", gettext_lazy("wrong number")
    CLOSED = "closed", gettext_lazy("closed")


class Line(NamedTuple):
    """One row, by its number in the table; `cells` holds what is filled in, by column."""

    number: int
    cells: Mapping[str, str]

    @property
    def is_touched(self) -> bool:
        return bool(self.cells.keys() - {"id", "version"})

    @property
    def listing_id(self) -> UUID | None:
        try:
            return UUID(self.cells.get("id", ""))
        except ValueError:
            return None


class Correction(NamedTuple):
    """`values` by the field names of `current_values`, as are those that they replace."""

    line: Line
    listing: ServiceAtLocation
    values: Values
    replaced: Values
    outcome: Called | None
    right: Collection[VerifiedPart]


def version_of(values: Values) -> str:
    """Another one after anything of the listing changed that the table shows; begins with a letter, or a
    spreadsheet might take it for a number."""
    text = json.dumps(values, sort_keys=True)
    return f"v{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def understood(line: Line, listing: ServiceAtLocation | None, *, is_within_area: bool) -> Correction:
    """Refused with a sentence to the person who filled it in."""
    if line.listing_id is None:
        raise Refused(_("Its id is missing or was changed."))
    if listing is None:
        raise Refused(_("There is no such listing."))
    if not is_within_area:
        raise Refused(_("It is outside your area."))
    if listing.editorial_status != EditorialStatus.PUBLISHED:
        raise Refused(_("It is no longer published."))
    current = current_values(listing, listing.phones.all(), listing.schedules.all())
    if line.cells.get("version") != version_of(current):
        raise Refused(_("It was changed since the table was made. Get the table anew for this one."))
    proposed = values_of(line, listing, current)
    values = {field: value for field, value in proposed.items() if current[field] != value}
    outcome = outcome_of(line)
    if outcome == Called.CHANGED and not values:
        raise Refused(_("Say what changed, in one of the columns that begin with new_."))
    if outcome is None and not values:
        raise Refused(_("The listing says this already."))
    right = found_right(line) if outcome == Called.ALL_RIGHT else []
    return Correction(line, listing, values, {field: current[field] for field in values}, outcome, right)


def outcome_of(line: Line) -> Called | None:
    said = " ".join(line.cells.get(OUTCOME, "").lower().replace("_", " ").split())
    if not said:
        return None
    if said not in Called.values:
        known = ", ".join(Called.values)
        raise Refused(
            _("We do not know the outcome “%(said)s”. Write one of: %(known)s.")
            % {"said": said, "known": known}
        )
    return Called(said)


def found_right(line: Line) -> list[VerifiedPart]:
    """What was corrected was not right; where nothing is named, it is the phone and address."""
    said = line.cells.get(FOUND_RIGHT, VerifiedPart.CONTACT.value)
    named = {word.strip().upper() for word in said.split(",") if word.strip()}
    if unknown := named - set(VerifiedPart.values):
        raise Refused(
            _("We do not know “%(said)s” under found_right. Write some of: %(known)s.")
            % {
                "said": ", ".join(sorted(unknown)).lower(),
                "known": ", ".join(VerifiedPart.values).lower(),
            }
        )
    columns = {column.removeprefix(NEW) for column in line.cells if column.startswith(NEW)}
    wrong = {VerifiedPart.SERVICES} if columns & OF_SERVICES else set()
    wrong |= {VerifiedPart.CONTACT} if columns - OF_SERVICES else set()
    return [part for part in VerifiedPart if part in named - wrong]


def values_of(line: Line, listing: ServiceAtLocation, current: Values) -> Values:
    """A new ZIP code moves the point on the map along."""
    said = {name: line.cells[f"{NEW}{name}"] for name in FIELD_OF if f"{NEW}{name}" in line.cells}
    if not listing.location.address_is_public and said.keys() & set(STREET):
        raise Refused(_("Its address is confidential: correct it at the desk."))
    values: Values = {FIELD_OF[name]: READ[name](text) for name, text in said.items() if name in READ}
    if said.keys() & {"number", "extension"}:
        values["phones"] = phones_of(said, current["phones"])
    if "postal_code" in said and zip_code(values["location.postal_code"]):
        values["position"] = position([], values["location.postal_code"])
    return values


def phones_of(said: Mapping[str, str], current: list[list[str]]) -> list[list[str]]:
    """The first number, with the others as they are. A new number keeps no old extension."""
    first, others = (current[0], current[1:]) if current else (["", "", "", PhoneType.MAIN.value], [])
    number, extension, number_e164, *kind = first
    if "number" in said:
        phone = read_phone(said["number"])
        if phone is None:
            raise Refused(_("Nobody could call the number “%(said)s”.") % {"said": said["number"]})
        number, extension, number_e164 = phone
    if "extension" in said:
        extension = "" if said["extension"].lower() == NOTHING else said["extension"]
    if (not extension.isdecimal() and extension) or len(extension) > 10:
        raise Refused(_("An extension has digits only."))
    if not number:
        raise Refused(_("There is no number that the extension could belong to."))
    return [[number, extension, number_e164, *kind], *others]


def field_reader(model: Any, name: str, *, may_be_empty: bool = False) -> Callable[[str], str]:
    """As the model's own field accepts it."""

    def read(text: str) -> str:
        if may_be_empty and text.lower() == NOTHING:
            return ""
        try:
            return str(model._meta.get_field(name).clean(text, None))
        except ValidationError as fault:
            raise Refused(f"“{text}”: {' '.join(fault.messages)}") from None

    return read


def read_url(text: str) -> str:
    is_whole = "://" in text or text.lower() == NOTHING
    return field_reader(Service, "url", may_be_empty=True)(text if is_whole else f"https://{text}")


def read_state(text: str) -> str:
    code = state_code(text)
    if code is None:
        raise Refused(_("We know no state “%(said)s”.") % {"said": text})
    return code


def read_postal_code(text: str) -> str:
    """A spreadsheet takes the zeros from its beginning."""
    code = pad_zip(text)
    if code is None:
        raise Refused(_("“%(said)s” is no ZIP code.") % {"said": text})
    return code


READ: Mapping[str, Callable[[str], str]] = {
    "service_name": field_reader(Service, "name"),
    "url": read_url,
    "organization_name": field_reader(Organization, "name"),
    "address_1": field_reader(Location, "address_1", may_be_empty=True),
    "address_2": field_reader(Location, "address_2", may_be_empty=True),
    "city": field_reader(Location, "city"),
    "state_province": read_state,
    "postal_code": read_postal_code,
    "description": field_reader(Service, "description", may_be_empty=True),
}
