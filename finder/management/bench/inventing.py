"""Listings that do not exist: facilities that answered a survey as the real ones do, and meetings."""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from finder.actions.composing import current_values
from finder.actions.facility_entries import samhsa_codes_by_term
from finder.actions.indexing import index_row
from finder.enums import (
    CareCategory,
    EditorialStatus,
    Frequency,
    LocationType,
    PhoneType,
    ScheduleKind,
    StatementMethod,
)
from finder.facilities.judgement import DETOX_CODES, categories, judge
from finder.geography.gazetteer import ZipCode
from finder.importers.samhsa_codes import CODES
from finder.management.bench.upkeep import invented_upkeep, truth_of
from finder.models import (
    CallOutcome,
    Capacity,
    ListingIndex,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    Statement,
    TaxonomyTerm,
    Verification,
)
from finder.schedules import DAYS
from finder.search.facet_bits import FacetBits

PROTOTYPES = 400
DETOX_SHARE = 0.24
SUBSTANCE_USE_SHARE = 0.57
QUESTION_ANSWERED = 0.93
ANSWERS_VARIED = 4
ONLINE_SHARE = 0.1
MONTHLY_SHARE = 0.06
MOST_SCHEDULES = 3
BEGINS_AT = [time(hour, minute) for hour in (7, 9, 10, 12, 17, 18, 19, 20) for minute in (0, 30)]
"""Most meetings are in the evening, some before work and at noon."""
EXCLUDING = {
    "DUO": 0.004,
    "AUDO": 0.007,
    "OUDO": 0.091,
    "NAUT": 0.134,
    "NMAUT": 0.123,
    "NOOP": 0.082,
    "NMOA": 0.054,
    "VAMC": 0.012,
    "DDF": 0.001,
    "IH": 0.001,
    "TBG": 0.013,
}
"""How many of the directory of 2022 exclude people so: a plan offers none of them to those."""
EDITIONS = {"samhsa-su": date(2025, 6, 1), "samhsa-mh": date(2024, 6, 1)}
MEETINGS_SOURCE = "bench-meetings"
NOW = datetime(2026, 11, 1, tzinfo=UTC)

WORDS: dict[str, list[str]] = json.loads(Path(__file__).with_name("made_up_words.json").read_text())


@dataclass(frozen=True, slots=True)
class Prototype:
    source: str
    categories: list[str]
    affirmed: tuple[int, ...]
    denied: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Invented:
    """The rows of one listing, none of them saved."""

    organization: Organization
    service: Service
    location: Location
    listing: ServiceAtLocation
    phone: Phone
    statement: Statement
    schedules: list[Schedule]
    verifications: list[Verification]
    capacities: list[Capacity]
    outcomes: list[CallOutcome]
    index: ListingIndex


class Inventor:
    """Makes listing number so-and-so always alike, whichever others are made."""

    def __init__(self) -> None:
        dice = random.Random(1)
        term_codes = samhsa_codes_by_term()
        self.facilities = [invented_answers(dice, number, term_codes) for number in range(PROTOTYPES)]
        self.meetings = meeting_terms()
        self.bits = FacetBits.now()
        self.now = timezone.now()

    def listing(self, number: int, place: ZipCode, *, is_facility: bool) -> Invented:
        dice = random.Random(number)
        return self._facility(dice, number, place) if is_facility else self._meeting(dice, number, place)

    def _facility(self, dice: random.Random, number: int, place: ZipCode) -> Invented:
        prototype = dice.choice(self.facilities)
        owner = f"Example {dice.choice(WORDS['places'])} {dice.choice(WORDS['facilities'])}"
        name = f"{owner} – {place.city} {dice.choice(WORDS['programs'])}" if dice.random() < 0.5 else owner
        left_out = {dice.choice(prototype.affirmed) for _ in range(ANSWERS_VARIED)}
        service = Service(organization=Organization(name=owner), name=name, categories=prototype.categories)
        statement = Statement(
            source_id=prototype.source,
            stated_on=EDITIONS[prototype.source],
            affirmed=[term for term in prototype.affirmed if term not in left_out],
            denied=list(prototype.denied),
        )
        return self._whole(number, service, located(dice, place), statement, [])

    def _meeting(self, dice: random.Random, number: int, place: ZipCode) -> Invented:
        fellowship, kinds, attendance = self.meetings
        service = Service(
            organization=Organization(name=f"Example Intergroup of {place.county or place.city}"),
            name=f"Example {dice.choice(WORDS['places'])} {dice.choice(WORDS['meetings'])}",
            description=dice.choice(WORDS["notes"]),
            categories=[CareCategory.SUPPORT_GROUP.value],
        )
        terms = {dice.choice(fellowship), dice.choice(attendance), *dice.sample(kinds, dice.randint(1, 4))}
        statement = Statement(
            source_id=MEETINGS_SOURCE,
            stated_on=NOW.date() - timedelta(days=dice.randrange(700)),
            affirmed=sorted(terms),
            denied=[],
        )
        location = located(dice, place)
        if dice.random() < ONLINE_SHARE:
            location.location_type = LocationType.VIRTUAL
        return self._whole(number, service, location, statement, invented_schedules(dice))

    def _whole(
        self,
        number: int,
        service: Service,
        location: Location,
        statement: Statement,
        schedules: list[Schedule],
    ) -> Invented:
        """With ids that follow from the number, so that every bench asks for the same rows."""
        key = UUID(int=random.Random(-number).getrandbits(128), version=4)
        organization = service.organization
        organization.pk = service.pk = location.pk = key
        service.organization = organization
        listing = ServiceAtLocation(
            pk=key, service=service, location=location, editorial_status=EditorialStatus.PUBLISHED
        )
        phone = Phone(
            pk=number,
            listing=listing,
            number=f"202-555-01{number % 100:02}",
            number_e164=f"+120255501{number % 100:02}",
            phone_type=PhoneType.MAIN,
        )
        listing.imported = current_values(listing, [phone])
        statement.pk, statement.listing, statement.recorded_at = number, listing, NOW
        statement.method = StatementMethod.IMPORT
        for each, schedule in enumerate(schedules):
            schedule.pk, schedule.listing = MOST_SCHEDULES * number + each, listing
        upkeep = invented_upkeep(number, listing, checks_since=NOW, now=self.now)
        return Invented(
            organization,
            service,
            location,
            listing,
            phone,
            statement,
            schedules,
            upkeep.verifications,
            upkeep.capacities,
            upkeep.outcomes,
            index_row(truth_of(listing, statement, schedules, upkeep), self.bits, now=self.now),
        )


def invented_answers(dice: random.Random, number: int, term_codes: Mapping[int, frozenset[str]]) -> Prototype:
    """Random codes, judged by the rules that judge a real facility's."""
    letter, source = ("S", "samhsa-su") if dice.random() < SUBSTANCE_USE_SHARE else ("M", "samhsa-mh")
    offered = {code: known for code, known in CODES.items() if letter in known.directories}
    questions = {code: known.category_code for code, known in offered.items()}
    answered = {question for question in sorted(set(questions.values())) if dice.random() < QUESTION_ANSWERED}
    given = {
        code
        for code in offered
        if questions[code] in answered and code not in DETOX_CODES and dice.random() < popularity(code)
    }
    if number % 100 < 100 * DETOX_SHARE:
        given |= {"DT", dice.choice(("HID", "RD", "OD"))}
    judged = judge(given, term_codes, frozenset(offered), questions)
    return Prototype(source, categories(given), tuple(sorted(judged.affirmed)), tuple(sorted(judged.denied)))


def popularity(code: str) -> float:
    """Some answers nearly everyone gives, some hardly anyone; as many yes and no as the real ones have."""
    return EXCLUDING[code] if code in EXCLUDING else random.Random(code).betavariate(0.9, 1.25)


def meeting_terms() -> tuple[list[int], list[int], list[int]]:
    terms = TaxonomyTerm.objects.order_by("pk")
    fellowship, kinds, attendance = (
        list(terms.filter(taxonomy=taxonomy).values_list("pk", flat=True))
        for taxonomy in ("fellowship", "meeting_type", "attendance")
    )
    return fellowship, kinds, attendance


def invented_schedules(dice: random.Random) -> list[Schedule]:
    return [invented_schedule(dice) for _ in range(dice.randint(1, MOST_SCHEDULES))]


def invented_schedule(dice: random.Random) -> Schedule:
    """An hour a week; of some, once or twice a month."""
    begins, day = dice.choice(BEGINS_AT), dice.choice(DAYS)
    is_monthly = dice.random() < MONTHLY_SHARE
    return Schedule(
        kind=ScheduleKind.MEETING,
        freq=Frequency.MONTHLY if is_monthly else Frequency.WEEKLY,
        byday=dice.choice((f"1{day}", f"-1{day}", f"2{day},4{day}")) if is_monthly else day,
        opens_at=begins,
        closes_at=begins.replace(hour=begins.hour + 1),
    )


def located(dice: random.Random, place: ZipCode) -> Location:
    return Location(
        address_1=f"{dice.randrange(1, 9999)} Example Street",
        city=place.city,
        region=place.county,
        state_province=place.state,
        postal_code=place.zip_code,
        latitude=(place.latitude or 0.0) + dice.uniform(-0.02, 0.02),
        longitude=(place.longitude or 0.0) + dice.uniform(-0.02, 0.02),
        timezone=place.timezone,
    )
