"""The phones and schedules of listings: each list is one value, compared and replaced as a whole."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from itertools import chain
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from finder.models import HowToJoin, Phone, Schedule

BATCH = 1000

OWNERS = {"id", "listing", "service", "location"}
DEFAULTS = {
    field.name: field.get_default() for field in Schedule._meta.concrete_fields if field.name not in OWNERS
}
JOINING = ("url", "phone", "notes")

SCHEDULES_WITH_JOINING = Prefetch("schedules", Schedule.objects.select_related("how_to_join").order_by("pk"))

Value = dict[str, Any]
"""Of one schedule: JSON by field, without what is left at its default."""


def phone_values(phones: Iterable[Phone]) -> list[list[str]]:
    return [
        [phone.number, phone.extension, phone.number_e164, phone.phone_type, *words_of_people(phone)]
        for phone in sorted(phones, key=lambda phone: phone.position)
    ]


def words_of_people(phone: Phone) -> list[str]:
    """No directory describes a number: with a description the phones are a person's edit."""
    return [phone.description] if phone.description else []


def schedule_values(schedules: Iterable[Schedule]) -> list[Value]:
    return in_order(map(schedule_value, schedules))


def schedule_value(schedule: Schedule) -> Value:
    joining = getattr(schedule, "how_to_join", None)
    return lean(
        {name: getattr(schedule, name) for name in DEFAULTS},
        {name: getattr(joining, name) for name in JOINING} if joining else {},
    )


def lean(fields: Mapping[str, Any], how_to_join: Mapping[str, str]) -> Value:
    said = {name: plain(value) for name, value in fields.items() if value != DEFAULTS[name]}
    joining = {name: value for name, value in how_to_join.items() if value}
    return said | {"how_to_join": joining} if joining else said


def plain(value: Any) -> Any:
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date | time) else value


def without_joining(field: str, value: Any) -> Any:
    """What may be shown beside each other to decide; how to join stays with the meeting."""
    if field != "schedules":
        return value
    return [{name: said for name, said in each.items() if name != "how_to_join"} for each in value]


def in_order(values: Iterable[Value]) -> list[Value]:
    """A feed that only shuffles its rows says nothing new."""
    parts = ("source_slug", "byday", "opens_at", "kind")
    return sorted(values, key=lambda value: [value.get(part, "") for part in parts])


def create_phones(phones: Mapping[UUID, Iterable[Sequence[str]]]) -> None:
    Phone.objects.bulk_create(
        chain.from_iterable(new_phones(listing, values) for listing, values in phones.items()),
        batch_size=BATCH,
    )


def new_phones(listing: UUID, values: Iterable[Sequence[str]]) -> list[Phone]:
    return [
        Phone(
            listing_id=listing,
            number=number,
            extension=extension,
            number_e164=number_e164,
            phone_type=phone_type,
            description="".join(description),
            position=position,
        )
        for position, (number, extension, number_e164, phone_type, *description) in enumerate(values)
    ]


def replace_phones(phones: Mapping[UUID, Iterable[Sequence[str]]]) -> None:
    """As a whole: their order is what changed, or their numbers."""
    if phones:
        Phone.objects.filter(listing__in=phones).delete()
        create_phones(phones)


def create_schedules(
    schedules: Mapping[UUID, Sequence[Value]], standing: Mapping[tuple[UUID, str], int] = MappingProxyType({})
) -> set[int]:
    """Returns their ids. `standing` gives those of meetings that keep their row, by listing and slug."""
    left = dict(standing)
    made = [
        schedule_of(listing, value, left.pop((listing, value.get("source_slug", "")), None))
        for listing, values in schedules.items()
        for value in values
    ]
    Schedule.objects.bulk_create(
        made, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=list(DEFAULTS)
    )
    said = chain.from_iterable(schedules.values())
    joins = [
        HowToJoin(schedule=schedule, **value["how_to_join"])
        for schedule, value in zip(made, said, strict=True)
        if "how_to_join" in value
    ]
    HowToJoin.objects.bulk_create(
        joins, batch_size=BATCH, update_conflicts=True, unique_fields=["schedule"], update_fields=JOINING
    )
    joined = {join.pk for join in joins}
    if standing:
        HowToJoin.objects.filter(schedule__in=[each.pk for each in made if each.pk not in joined]).delete()
    return {schedule.pk for schedule in made}


def schedule_of(listing: UUID, value: Value, pk: int | None) -> Schedule:
    fields = {name: said for name, said in value.items() if name != "how_to_join"}
    return Schedule(pk=pk, listing_id=listing, **fields)


def replace_schedules(schedules: Mapping[UUID, Sequence[Value]]) -> None:
    """A meeting that keeps its slug keeps its row: who follows it still finds it, with its history."""
    if not schedules:
        return
    rows = Schedule.objects.filter(listing__in=schedules).order_by("-pk")
    standing = {(listing, slug): pk for listing, slug, pk in rows.values_list("listing", "source_slug", "pk")}
    kept = create_schedules(schedules, standing)
    rows.exclude(pk__in=kept).delete()


def replace_owned(changes: Mapping[UUID, Mapping[str, Any]]) -> None:
    """What of phones and schedules is among the changed values of these listings."""
    replace_phones({pk: values["phones"] for pk, values in changes.items() if "phones" in values})
    replace_schedules({pk: values["schedules"] for pk, values in changes.items() if "schedules" in values})
