"""What a change is proposed of: a field of the listing, or one of the values that only make sense whole.

| name | value |
|---|---|
| `address` | street, suite, city, state and ZIP code by name: half an old one with half a new one is none |
| `hours` | when it is open, as schedules are written by `schedule_value`; intake and meetings stay |
| `payment` | answers to questions of cost by the term's slug: "yes" or "no" |
"""

from collections.abc import Collection, Mapping
from typing import Any

from finder.actions.composing import current_values, owners_of, position
from finder.actions.owned import in_order, schedule_value
from finder.enums import FactGroup, ScheduleKind
from finder.models import ServiceAtLocation, TaxonomyTerm
from finder.models.answers import answers

ADDRESS = ("address_1", "address_2", "city", "state_province", "postal_code")
WHERE_IT_IS = ("address_1", "city", "state_province", "postal_code")
"""Another suite is the same point on the map."""
ADDRESS_FIELD, HOURS, PAYMENT, PHONES = "address", "hours", "payment", "phones"
YES, NO = "yes", "no"


def values_now(listing: ServiceAtLocation, fields: Collection[str]) -> dict[str, Any]:
    """What the listing says to readers, which may be its service's or its location's."""
    current = current_values(listing, listing.speaking_phones, listing.schedules.all())
    owners = owners_of(listing)
    whole = {ADDRESS_FIELD: address_of, HOURS: hours_of, PAYMENT: payment_of}
    found: dict[str, Any] = {}
    for field in fields:
        owner, _, name = field.partition(".")
        if field in whole:
            found[field] = whole[field](listing)
        elif field in current:
            found[field] = current[field]
        elif name:
            found[field] = getattr(owners[owner], name)
    return found


def beside(current: Any, proposed: Any) -> Any:
    """Of a value with parts, only those that the proposal is about; what is not said is empty."""
    if isinstance(proposed, dict) and isinstance(current, dict):
        return {name: current.get(name, "") for name in proposed}
    return current


def address_of(listing: ServiceAtLocation) -> dict[str, str]:
    return {name: getattr(listing.location, name) for name in ADDRESS}


def hours_of(listing: ServiceAtLocation) -> list[Any]:
    return in_order(
        schedule_value(each) for each in listing.speaking_schedules if each.kind == ScheduleKind.HOURS
    )


def payment_of(listing: ServiceAtLocation) -> dict[str, str]:
    known = answers(listing.statements.all())
    asked = TaxonomyTerm.objects.filter(taxonomy__group=FactGroup.COST, pk__in=known)
    slugs = asked.order_by("pk").values_list("pk", "slug")
    return {slug: YES if known[pk].is_yes else NO for pk, slug in slugs}


def plain_changes(listing: ServiceAtLocation, field: str, value: Any) -> dict[str, Any]:
    """In the fields that `composing.write` and `owned.replace_owned` know. None of payment: that is said."""
    match field:
        case "address":
            return address_changes(listing, value)
        case "hours":
            return {"schedules": in_order([*value, *other_times(listing)])}
        case "payment":
            return {}
    return {field: value}


def address_changes(listing: ServiceAtLocation, address: Mapping[str, str]) -> dict[str, Any]:
    """The point moves along, to the middle of the ZIP code: the old one was of the old street."""
    changes: dict[str, Any] = {f"location.{name}": address[name] for name in ADDRESS}
    if any(getattr(listing.location, name) != address[name] for name in WHERE_IT_IS):
        changes["position"] = position((), address["postal_code"])
    return changes


def other_times(listing: ServiceAtLocation) -> list[Any]:
    """Those that speak for it now: with hours of its own, its service's would fall silent."""
    return [schedule_value(each) for each in listing.speaking_schedules if each.kind != ScheduleKind.HOURS]


def terms_said(value: Mapping[str, str]) -> tuple[list[int], list[int]]:
    """The ids of a payment's terms: those it says yes to, and those it says no to."""
    ids = dict(TaxonomyTerm.objects.filter(slug__in=value).values_list("slug", "pk"))
    yes = [ids[slug] for slug, said in value.items() if said == YES and slug in ids]
    return yes, [ids[slug] for slug, said in value.items() if said == NO and slug in ids]
