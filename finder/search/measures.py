"""How true and how old the directory is, in numbers: what /accuracy/ says and the desk's dashboard draws."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import NamedTuple

from django.db import connection
from django.db.models import Case, Count, IntegerField, Q, Value, When

from finder.enums import CareCategory, ReportKind, ReviewStatus, StatementMethod
from finder.geography.neighbors import counties
from finder.geography.places import Place
from finder.geography.position import chord, position_literal, unit_vector
from finder.models import AccuracyCheck, ListingIndex, ListingReport
from finder.upkeep.accuracy import Share, share_of, share_of_all

MONTHS_COUNTED = 12
DAYS_OF_REPORTS = 90
RECENT, WITHIN_A_YEAR, OLDER, NOBODY = range(4)
"""Ages: a person or the program checked within 90 days, within a year, before that, or never."""
MILES_TO_DETOX = 50


@dataclass(frozen=True, slots=True)
class Rates:
    """Of one kind of help, or of all; without a share where nothing was called yet."""

    category: str
    exact: Share | None
    functional: Share | None
    waiting: int


class Answered(NamedTuple):
    """Reports of the last 90 days; `median_hours` is None where none of them is decided."""

    waiting: int
    decided: int
    median_hours: float | None


def rates(*, today: date) -> list[Rates]:
    """By kind of help and, last, of the whole directory; of the samples of twelve months."""
    checks = AccuracyCheck.objects.drawn_since(first_month(today)).select_related("sample").order_by("pk")
    exact: dict[str, list[bool]] = defaultdict(list)
    functional: dict[str, list[bool]] = defaultdict(list)
    waiting: dict[str, int] = defaultdict(int)
    listed: Mapping[str, int] = {}
    for check in checks:
        listed = check.sample.frame
        if check.checked_at is None:
            waiting[check.category] += 1
            continue
        exact[check.category].append(check.found.is_exact)
        functional[check.category].append(check.found.is_functional)
    each = [
        Rates(kind.value, share(exact[kind]), share(functional[kind]), waiting[kind]) for kind in CareCategory
    ]
    together = Rates("", share_of_all(exact, listed), share_of_all(functional, listed), sum(waiting.values()))
    return [*each, together]


def first_month(today: date) -> date:
    months = today.year * 12 + today.month - MONTHS_COUNTED
    return date(months // 12, months % 12 + 1, 1)


def share(results: Sequence[bool]) -> Share | None:
    return share_of(sum(results), len(results)) if results else None


def ages(*, today: date) -> dict[str, list[int]]:
    """How many listings of each kind are of each age; made-up ones do not count."""
    counted = (
        ListingIndex.objects.filter(listing__is_demo=False)
        .annotate(kind=kind_case(), age=age_case(today))
        .order_by()
        .values_list("kind", "age")
        .annotate(listings=Count("pk"))
    )
    found = {kind.value: [0, 0, 0, 0] for kind in CareCategory}
    for kind, age, listings in counted:
        found[list(CareCategory)[kind].value][age] = listings
    return found


def kind_case() -> Case:
    """As `finder.upkeep.accuracy.kind_of`, by its number."""
    whens = [
        When(categories__contains=[kind.value], then=Value(number))
        for number, kind in enumerate(CareCategory)
    ]
    return Case(*whens, default=Value(0), output_field=IntegerField())


def age_case(today: date) -> Case:
    by_people = ~Q(checked_method=StatementMethod.IMPORT)
    return Case(
        When(by_people & Q(checked_on__gt=today - timedelta(days=90)), then=Value(RECENT)),
        When(by_people & Q(checked_on__gt=today - timedelta(days=365)), then=Value(WITHIN_A_YEAR)),
        When(by_people & Q(checked_on__isnull=False), then=Value(OLDER)),
        default=Value(NOBODY),
        output_field=IntegerField(),
    )


def reports_answered(*, now: datetime) -> Answered:
    recent = ListingReport.objects.filter(proposed_at__gte=now - timedelta(days=DAYS_OF_REPORTS))
    decided = recent.exclude(status=ReviewStatus.PROPOSED).order_by("pk")
    hours = [
        (end - start).total_seconds() / 3600
        for start, end in decided.values_list("proposed_at", "decided_at")
        if end
    ]
    return Answered(
        waiting=ListingReport.objects.waiting().exclude(kind=ReportKind.SUGGESTION).count(),
        decided=len(hours),
        median_hours=median(hours) if hours else None,
    )


def disputed() -> int:
    return ListingIndex.objects.filter(is_disputed=True, listing__is_demo=False).count()


def counties_without_detox() -> list[Place]:
    """By state and name: those whose middle has no detox within 50 miles that runs and is listed."""
    every = sorted(counties(), key=lambda county: county.label)
    middles = [
        position_literal(unit_vector(county.latitude, county.longitude))
        for county in every
        if county.latitude is not None and county.longitude is not None
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT number - 1 FROM unnest(%s::text[]) WITH ORDINALITY AS county (middle, number)
            WHERE NOT EXISTS (
                SELECT FROM finder_listingindex AS listed
                JOIN finder_serviceatlocation AS listing ON listing.id = listed.listing_id
                WHERE cube_enlarge(county.middle::cube, %s, 3) @> listed.position
                AND listed.position <-> county.middle::cube <= %s
                AND listed.categories && %s::varchar[] AND NOT listed.is_closed AND NOT listing.is_demo)
            ORDER BY number""",
            [
                middles,
                chord(MILES_TO_DETOX),
                chord(MILES_TO_DETOX),
                [CareCategory.WITHDRAWAL_MANAGEMENT.value],
            ],
        )
        return [every[number] for (number,) in cursor.fetchall()]
