"""What is another of listings since someone looked: the state then beside the state now.

Read from the history alone. What was put back is no change. What was only added leaves no event and is not
told: a number that someone wrote down still answers.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from finder.enums import EditorialStatus, LocationType, ServiceStatus
from finder.models import Location, Phone, Schedule, Service, ServiceAtLocation
from finder.search.lives import NOTHING, Life, Values, lives_of, lives_of_owned
from finder.upkeep.changes import Change, ChangeKind

OF_LISTING = ("service", "location", "editorial_status")
OF_SERVICE = ("name", "status")
OF_ADDRESS = ("address_1", "address_2", "city", "state_province", "postal_code")
OF_LOCATION = (*OF_ADDRESS, "location_type", "address_is_public")
OF_PHONE = ("number", "number_e164", "extension")
OF_SCHEDULE = (
    *("kind", "freq", "interval", "byday", "bymonthday", "bymonth", "opens_at", "closes_at"),
    *("valid_from", "valid_to", "except_dates", "timezone", "attending_type", "is_suspended"),
)

NEVER = datetime.min.replace(tzinfo=UTC)
"""Where nothing but the listing's own step to another service or location changed it."""

Owner = tuple[str, Any]
Said = Callable[[Values], Hashable]


def changes_since(listings: Collection[UUID], since: datetime) -> Mapping[UUID, tuple[Change, ...]]:
    """Of each of these listings, whether it is shown or not. Five statements, however many they are."""
    lives = lives_of(ServiceAtLocation, listings, OF_LISTING, since=since)
    services = both(lives.values(), "service")
    locations = both(lives.values(), "location")
    owners = {"listing": set(lives), "service": services, "location": locations}
    history = History(
        services=lives_of(Service, services, OF_SERVICE, since=since),
        locations=lives_of(Location, locations, OF_LOCATION, since=since),
        phones=Owned(lives_of_owned(Phone, owners, OF_PHONE, since=since), number_of),
        schedules=Owned(lives_of_owned(Schedule, owners, OF_SCHEDULE, since=since), times_from(since.date())),
    )
    return {
        pk: tuple(Comparison(pk, lives.get(pk, NOTHING), history).changes()) for pk in dict.fromkeys(listings)
    }


def both(lives: Iterable[Life], column: str) -> set[Any]:
    return {values[column] for life in lives for values in (life.then, life.now) if values}


def number_of(values: Values) -> Hashable:
    """As it is dialled: another way to write it is no other number."""
    digits = "".join(sign for sign in values["number"] if sign.isdigit())
    return values["number_e164"] or digits, values["extension"]


def times_from(day: date) -> Said:
    """A day that falls out, once past, tells nobody anything."""

    def times_of(values: Values) -> Hashable:
        days = tuple(sorted(each for each in values["except_dates"] if each >= day))
        return (*(values[column] for column in OF_SCHEDULE if column != "except_dates"), days)

    return times_of


def address_of(values: Values) -> Hashable:
    if values["location_type"] == LocationType.VIRTUAL:
        return ()
    return tuple(values[column] for column in OF_ADDRESS)


class Owned:
    """Phones or schedules by whom they belong to, then and now."""

    def __init__(self, lives: Iterable[Life], said: Said) -> None:
        self.then: dict[Owner, set[Hashable]] = defaultdict(set)
        self.now: dict[Owner, set[Hashable]] = defaultdict(set)
        self.events: dict[Owner, list[tuple[datetime, Hashable]]] = defaultdict(list)
        for life in lives:
            for side, values in ((self.then, life.then), (self.now, life.now)):
                if values:
                    side[owner_of(values)].add(said(values))
            afterwards = [*(version.values for version in life.before[1:]), life.now]
            for version, following in zip(life.before, afterwards, strict=False):
                owners = {owner_of(values) for values in (version.values, following) if values}
                for owner in owners:
                    self.events[owner].append((version.at, said(version.values)))

    def lost_at(self, then: Sequence[Owner], now: Sequence[Owner]) -> datetime | None:
        """When something went that spoke for the listing then; none where all of it still speaks."""
        standing = spoken(self.now, now)
        if spoken(self.then, then) <= standing:
            return None
        events = [event for owner in dict.fromkeys((*then, *now)) for event in self.events[owner]]
        of_others = [at for at, said in events if said not in standing]
        return max(of_others or [at for at, _said in events] or [NEVER])


def spoken(side: Mapping[Owner, set[Hashable]], owners: Sequence[Owner]) -> set[Hashable]:
    """The nearest owner that has any speaks."""
    return next((side[owner] for owner in owners if side.get(owner)), set())


def owner_of(values: Values) -> Owner:
    return next((owner, values[owner]) for owner in ("listing", "service", "location") if values[owner])


@dataclass(frozen=True, slots=True)
class History:
    services: Mapping[UUID, Life]
    locations: Mapping[UUID, Life]
    phones: Owned
    schedules: Owned


@dataclass(frozen=True, slots=True)
class Comparison:
    """Of one listing."""

    pk: UUID
    life: Life
    history: History

    def changes(self) -> Iterator[Change]:
        then, now = self.life.then, self.life.now
        was_shown, is_shown = is_published(then), is_published(now)
        if was_shown != is_shown:
            kind = ChangeKind.GONE if was_shown else ChangeKind.BACK
            yield self.change(kind, self.life.last(lambda values: is_published(values) == was_shown))
        if then and now and was_shown and is_shown:
            yield from self.of_service(then, now)
            yield from self.of_address(then, now)
            yield from self.of_owned(then, now)

    def change(self, kind: ChangeKind, *moments: datetime | None) -> Change:
        """A listing that took another service or location changed by that, if by nothing later."""
        return Change(kind, max(moment for moment in moments if moment))

    def of_service(self, then: Values, now: Values) -> Iterator[Change]:
        was, row = self.history.services[then["service"]].then, self.history.services[now["service"]]
        assert was
        assert row.now
        moved, current = self.moved("service"), row.now
        if was["name"] != current["name"]:
            yield self.change(ChangeKind.NAME, moved, row.last(lambda old: old["name"] != current["name"]))
        if was["status"] != current["status"]:
            is_open = current["status"] == ServiceStatus.ACTIVE
            kind = ChangeKind.REOPENED if is_open else ChangeKind.CLOSED
            yield self.change(kind, moved, row.last(lambda old: old["status"] != current["status"]))

    def of_address(self, then: Values, now: Values) -> Iterator[Change]:
        """A confidential one tells nothing, nor that it became one."""
        was, row = self.history.locations[then["location"]].then, self.history.locations[now["location"]]
        assert was
        assert row.now
        if not (was["address_is_public"] and row.now["address_is_public"]):
            return
        address = address_of(row.now)
        if address_of(was) != address:
            changed = row.last(lambda old: address_of(old) != address)
            yield self.change(ChangeKind.ADDRESS, self.moved("location"), changed)

    def of_owned(self, then: Values, now: Values) -> Iterator[Change]:
        owners_then, owners_now = self.owners(then), self.owners(now)
        for kind, owned in (
            (ChangeKind.PHONE, self.history.phones),
            (ChangeKind.HOURS, self.history.schedules),
        ):
            if at := owned.lost_at(owners_then, owners_now):
                yield self.change(kind, at, self.moved("service"), self.moved("location"))

    def owners(self, values: Values) -> tuple[Owner, ...]:
        return ("listing", self.pk), ("service", values["service"]), ("location", values["location"])

    def moved(self, column: str) -> datetime | None:
        now = self.life.now
        return self.life.last(lambda old: old[column] != now[column]) if now else None


def is_published(values: Values | None) -> bool:
    return values is not None and values["editorial_status"] == EditorialStatus.PUBLISHED
