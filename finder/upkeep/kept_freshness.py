"""How the index keeps freshness: as JSON by part, so that a page of results says it without another look."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from finder.enums import Outcome, StatementMethod, VerifiedPart
from finder.upkeep.freshness import SAID_ON_PAGES, Doubt, Freshness
from finder.upkeep.rooms import Room

Kept = Mapping[str, Mapping[str, Any]]


def kept(
    parts: Iterable[Freshness], in_doubt: Iterable[Doubt] = (), rooms: Iterable[Room] = ()
) -> dict[str, dict[str, Any]]:
    """What is empty is left out: most listings have nothing but an edition."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for each in parts:
        found[each.part.value] |= kept_part(each)
    for doubt in in_doubt:
        found[doubt.part.value] |= {
            "found": [outcome.value for outcome in doubt.outcomes],
            "people": doubt.people,
        }
    if said := [kept_room(room) for room in rooms]:
        found[VerifiedPart.AVAILABILITY.value]["rooms"] = said
    return dict(found)


def kept_part(each: Freshness) -> dict[str, str]:
    said = {"on": each.on.isoformat(), "source": each.source, "voice": str(each.voice)}
    if each.is_checked:
        said["method"] = str(each.method)
    return {name: value for name, value in said.items() if value}


def kept_room(room: Room) -> list[str | int | None]:
    moments = room.updated.isoformat(), room.expires_at.isoformat()
    return [str(room.unit), str(room.code), room.available, *moments, str(room.voice)]


def parts_in(kept: Kept) -> list[Freshness]:
    return [
        Freshness(
            part,
            date.fromisoformat(said["on"]),
            said.get("method", StatementMethod.IMPORT.value),
            said.get("voice", ""),
            said.get("source", ""),
        )
        for part in SAID_ON_PAGES
        if "on" in (said := kept.get(part.value, {}))
    ]


def doubts_in(kept: Kept) -> list[Doubt]:
    return [
        Doubt(part, tuple(map(Outcome, said["found"])), said["people"])
        for part in VerifiedPart
        if "found" in (said := kept.get(part.value, {}))
    ]


def rooms_in(kept: Kept) -> list[Room]:
    """Expired ones among them: ask `finder.upkeep.rooms.holding`."""
    return [
        Room(unit, code, available, datetime.fromisoformat(said_at), datetime.fromisoformat(until), voice)
        for unit, code, available, said_at, until, voice in kept.get(VerifiedPart.AVAILABILITY.value, {}).get(
            "rooms", ()
        )
    ]


def without_expired(kept: Kept, now: datetime) -> Kept:
    """As it would be written now."""
    availability = kept.get(VerifiedPart.AVAILABILITY.value, {})
    held = [kept_room(room) for room in rooms_in(kept) if room.expires_at > now]
    rest = {name: said for name, said in availability.items() if name != "rooms"} | (
        {"rooms": held} if held else {}
    )
    others = {part: said for part, said in kept.items() if part != VerifiedPart.AVAILABILITY.value}
    return {**others, VerifiedPart.AVAILABILITY.value: rest} if rest else others
