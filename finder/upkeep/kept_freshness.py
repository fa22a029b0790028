"""How the index keeps freshness: as JSON, so that a page of results says it without another look.

Under its part, what was checked: day, method and voice. Under `EDITION`, where all the rest stands: day and
source; an empty `HOURS` says that there are hours among it. Most rows hold no more than that. Under `DOUBTS`,
what was found and by how many; under `ROOMS`, what was said of room.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from finder.enums import Outcome, StatementMethod, VerifiedPart
from finder.upkeep.freshness import SAID_ON_PAGES, Doubt, Freshness
from finder.upkeep.rooms import Room

EDITION, DOUBTS, ROOMS = "EDITION", "DOUBTS", "ROOMS"

Kept = Mapping[str, Any]


def kept(
    parts: Iterable[Freshness], in_doubt: Iterable[Doubt] = (), rooms: Iterable[Room] = ()
) -> dict[str, Any]:
    """`parts` as `freshness` gives them: of one edition at most, and all of it that there is."""
    found: dict[str, Any] = {}
    for each in parts:
        if each.is_checked:
            found[each.part.value] = [each.on.isoformat(), str(each.method), str(each.voice)]
        else:
            found[EDITION] = [each.on.isoformat(), each.source]
            if each.part == VerifiedPart.HOURS:
                found[VerifiedPart.HOURS.value] = []
    more = {
        DOUBTS: {doubt.part.value: [list(map(str, doubt.outcomes)), doubt.people] for doubt in in_doubt},
        ROOMS: [kept_room(room) for room in rooms],
    }
    return found | {name: said for name, said in more.items() if said}


def kept_room(room: Room) -> list[str | int | None]:
    moments = room.updated.isoformat(), room.expires_at.isoformat()
    return [str(room.unit), str(room.code), room.available, *moments, str(room.voice)]


def parts_in(kept: Kept) -> list[Freshness]:
    found = (part_in(kept, part) for part in SAID_ON_PAGES)
    return [each for each in found if each]


def part_in(kept: Kept, part: VerifiedPart) -> Freshness | None:
    checked = kept.get(part.value)
    if checked:
        on, method, voice = checked
        return Freshness(part, date.fromisoformat(on), method, voice=voice)
    if EDITION not in kept or (part == VerifiedPart.HOURS and checked is None):
        return None
    on, source = kept[EDITION]
    return Freshness(part, date.fromisoformat(on), StatementMethod.IMPORT.value, source=source)


def doubts_in(kept: Kept) -> list[Doubt]:
    return [
        Doubt(VerifiedPart(part), tuple(map(Outcome, outcomes)), people)
        for part, (outcomes, people) in kept.get(DOUBTS, {}).items()
    ]


def rooms_in(kept: Kept) -> list[Room]:
    """Expired ones among them: ask `finder.upkeep.rooms.holding`."""
    return [
        Room(unit, code, available, datetime.fromisoformat(said_at), datetime.fromisoformat(until), voice)
        for unit, code, available, said_at, until, voice in kept.get(ROOMS, ())
    ]


def without_expired(kept: Kept, now: datetime) -> Kept:
    """As it would be written now."""
    held = [kept_room(room) for room in rooms_in(kept) if room.expires_at > now]
    rest = {name: said for name, said in kept.items() if name != ROOMS}
    return {**rest, ROOMS: held} if held else rest
