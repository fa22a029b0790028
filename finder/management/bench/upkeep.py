"""What people would have checked, counted and disputed of listings that do not exist."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from finder.actions.truths import Truth
from finder.enums import (
    CapacityCode,
    CareCategory,
    Outcome,
    StatementMethod,
    VerifiedPart,
    Voice,
)
from finder.models import CallOutcome, Capacity, Schedule, ServiceAtLocation, Statement, Verification
from finder.upkeep.disputes import Finding
from finder.upkeep.freshness import Check
from finder.upkeep.rooms import Room, expires_at, units_of

CHECKED_SHARE = 0.3
"""Of facilities: half a year of calls by a handful of people. Groups are not phoned."""
CHECKED_IN_FULL_SHARE = 0.3
BY_THE_PROGRAM_SHARE = 0.3
DISPUTED_SHARE = 0.02
ROOM_KNOWN_SHARE = 0.1
DAYS_LOOKED_BACK = 300
READERS = 2


@dataclass(frozen=True, slots=True)
class Upkeep:
    verifications: list[Verification] = field(default_factory=list)
    capacities: list[Capacity] = field(default_factory=list)
    outcomes: list[CallOutcome] = field(default_factory=list)


def invented_upkeep(
    number: int, listing: ServiceAtLocation, *, checks_since: datetime, now: datetime
) -> Upkeep:
    """Alike for the same number, but for room: what was said of it holds for hours, so it is of now."""
    dice = random.Random(f"upkeep of {number}")
    if listing.service.categories == [CareCategory.SUPPORT_GROUP]:
        return Upkeep()
    checked, disputed, known = (dice.random() for _ in range(3))
    return Upkeep(
        [invented_check(dice, number, listing, checks_since)] if checked < CHECKED_SHARE else [],
        invented_room(dice, number, listing, now) if known < ROOM_KNOWN_SHARE else [],
        wrong_numbers(number, listing, checks_since) if disputed < DISPUTED_SHARE else [],
    )


def invented_check(
    dice: random.Random, number: int, listing: ServiceAtLocation, since: datetime
) -> Verification:
    in_full = dice.random() < CHECKED_IN_FULL_SHARE
    by_program = dice.random() < BY_THE_PROGRAM_SHARE
    return Verification(
        pk=number,
        listing=listing,
        parts=[VerifiedPart.CONTACT.value, *([VerifiedPart.SERVICES.value] if in_full else [])],
        voice=Voice.PROVIDER if by_program else dice.choice((Voice.EDITOR, Voice.CASE_WORKER)),
        method=StatementMethod.PROVIDER if by_program else StatementMethod.PHONE,
        verified_at=since - timedelta(days=dice.randrange(DAYS_LOOKED_BACK)),
    )


def invented_room(
    dice: random.Random, number: int, listing: ServiceAtLocation, now: datetime
) -> list[Capacity]:
    unit = dice.choice(units_of(listing.service.categories))
    code = dice.choice(CapacityCode.values)
    said_at = now - timedelta(hours=dice.randrange(12))
    return [
        Capacity(
            pk=number,
            listing=listing,
            unit=unit,
            code=code,
            available=dice.choice((None, 1, 3)) if code == CapacityCode.YES else None,
            updated=said_at,
            expires_at=expires_at(unit, said_at),
            voice=Voice.PROVIDER,
        )
    ]


def wrong_numbers(number: int, listing: ServiceAtLocation, at: datetime) -> list[CallOutcome]:
    return [
        CallOutcome(
            pk=READERS * number + reader,
            listing=listing,
            outcome=Outcome.WRONG_NUMBER,
            voice=Voice.PUBLIC,
            reported_at=at,
            reporter_key=f"reader {reader}",
        )
        for reader in range(READERS)
    ]


def truth_of(
    listing: ServiceAtLocation, statement: Statement, schedules: list[Schedule], upkeep: Upkeep
) -> Truth:
    """As `finder.actions.truths` would read it."""
    return Truth(
        listing,
        [statement],
        schedules,
        findings=[
            Finding(each.outcome, each.voice, each.reporter_key, each.reported_at) for each in upkeep.outcomes
        ],
        verified=[
            Check(each.parts, timezone.localdate(each.verified_at), each.method, each.voice)
            for each in upkeep.verifications
        ],
        rooms=[
            Room(each.unit, each.code, each.available, each.updated, each.expires_at, each.voice)
            for each in upkeep.capacities
        ],
    )
