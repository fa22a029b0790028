"""How sure a listing is, as JSON: the age of each part, what is disputed, and whether there is room."""

from datetime import datetime
from typing import Any

from finder.models import ListingIndex
from finder.upkeep.freshness import Freshness
from finder.upkeep.kept_freshness import parts_in
from finder.upkeep.rooms import Room
from finder.views.rooms import rooms_known


def upkeep_as_json(index: ListingIndex, *, now: datetime) -> dict[str, Any]:
    return {
        "freshness": [freshness_as_json(each) for each in parts_in(index.freshness)],
        "disputed": [part.lower() for part in index.disputed],
        "availability": [availability_as_json(room) for room in rooms_known(index, now=now)],
    }


def freshness_as_json(each: Freshness) -> dict[str, Any]:
    return {
        "part": each.part.lower(),
        "date": each.on.isoformat(),
        "method": each.method.lower(),
        "voice": each.voice.lower() or None,
        "source": each.source or None,
    }


def availability_as_json(room: Room) -> dict[str, Any]:
    return {
        "unit": room.unit.lower(),
        "code": room.code.lower(),
        "available": room.available,
        "updated_at": room.updated.isoformat(),
        "expires_at": room.expires_at.isoformat(),
        "voice": room.voice.lower(),
    }
