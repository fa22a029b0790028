"""A leg without a choice is an answer too: why, what is nearest, what to do instead, what would open it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices

from finder.enums import CareCategory
from finder.geography.places import PlaceKind
from finder.models import ListingIndex, TaxonomyTerm
from finder.models.listing_queries import fit
from finder.models.nearest_queries import NearestQuerySet
from finder.plans.aims import AROUND_THE_CLOCK, TELEHEALTH
from finder.plans.situations import DANGEROUS_TO_STOP, NOT_KNOWN_WHICH, Substance
from finder.search.order import PageRow
from finder.search.plans.candidates import place_of, suitable
from finder.search.plans.wanted import Wanted, ids, search_of
from finder.search.repairs import Change, Repair, repairs
from finder.search.vocabulary import Vocabulary

MOST_REMOTE = 3
OPENING = frozenset({Change.NEED, Change.TIME, Change.WIDER, Change.NEIGHBOR})
"""Never another kind of help: no leg stands in for another."""


class Instead(TextChoices):
    """What to do meanwhile; the texts are the page's."""

    EMERGENCY_ROOM = "emergency_room"
    EMERGENCY_ROOM_MEDICINE = "emergency_room_medicine"
    BED = "bed"
    MEDICINE_BY_VIDEO = "medicine_by_video"
    ONLINE_MEETING = "online_meeting"
    HELPLINE = "helpline"


@dataclass(frozen=True, slots=True)
class GapRows:
    """A gap before its listings are read."""

    nearest: PageRow | None
    bed: PageRow | None
    """The nearest detox with a bed, where `instead` names one."""
    remote: tuple[PageRow, ...]
    instead: tuple[Instead, ...]
    opens: tuple[Repair, ...]


def gap_rows(want: Wanted, vocabulary: Vocabulary, *, now: datetime) -> GapRows:
    instead = tuple(instead_of(want.leg, want.question.said))
    return GapRows(
        nearest=nearest(want, vocabulary),
        bed=nearest_bed(want, vocabulary) if Instead.BED in instead else None,
        remote=remote(want, vocabulary),
        instead=instead,
        opens=repairs(search_of(want, vocabulary), vocabulary, found=0, now=now, only=OPENING),
    )


def instead_of(leg: CareCategory, said: Collection[str]) -> Iterator[Instead]:
    """Never a meeting in place of medical care."""
    if leg == CareCategory.SUPPORT_GROUP:
        yield Instead.ONLINE_MEETING
        return
    is_dangerous = not (DANGEROUS_TO_STOP | NOT_KNOWN_WHICH).isdisjoint(said)
    if leg == CareCategory.WITHDRAWAL_MANAGEMENT:
        is_dangerous = is_dangerous or set(Substance).isdisjoint(said)
    if Substance.OPIOIDS in said:
        yield Instead.EMERGENCY_ROOM_MEDICINE
        yield Instead.MEDICINE_BY_VIDEO
    elif is_dangerous or leg == CareCategory.WITHDRAWAL_MANAGEMENT:
        yield Instead.EMERGENCY_ROOM
    if is_dangerous and leg == CareCategory.WITHDRAWAL_MANAGEMENT:
        yield Instead.BED
    yield Instead.HELPLINE


def nearest(want: Wanted, vocabulary: Vocabulary) -> PageRow | None:
    """The nearest anywhere that denies no need; else the nearest open to the person; else of the kind."""
    fitting = suitable(want, vocabulary).with_fits(want.fits)
    of_kind = NearestQuerySet(ListingIndex).in_categories([want.leg.value]).with_fits(want.fits)
    for found in (fitting.not_denying(), fitting, of_kind.of_active(), of_kind):
        for row in rows(found, want, 1):
            return row
    return None


def nearest_bed(want: Wanted, vocabulary: Vocabulary) -> PageRow | None:
    """Whatever else was asked: what it must not deny is only the substance's own detox."""
    aims = [fit(aimed.terms, (want.leg.value,)) for aimed in want.aims]
    beds = suitable(want, vocabulary).stating_each_of([ids(AROUND_THE_CLOCK, vocabulary)])
    return next(iter(rows(beds.with_fits(aims).not_denying(), want, 1)), None)


def remote(want: Wanted, vocabulary: Vocabulary) -> tuple[PageRow, ...]:
    """Of the same kind: care by video in the same state, where its license holds; a meeting online."""
    fitting = suitable(want, vocabulary).with_fits(want.fits).not_denying()
    place = place_of(want)
    match want.leg:
        case CareCategory.BEHAVIORAL_HEALTH:
            aims = (aimed.terms for aimed in want.aims)
            by_video = fitting.stating_each_of([ids([TELEHEALTH], vocabulary), *aims])
            licensed = by_video.in_state(place.state) if place and place.state else by_video
            return rows(licensed, want, MOST_REMOTE)
        case CareCategory.SUPPORT_GROUP:
            rooms = fitting.rooms_online().values_list("pk", "fit")[:MOST_REMOTE]
            return tuple(PageRow(pk, fit, None) for pk, fit in rooms)
        case _detox:
            return ()


def rows(found: NearestQuerySet, want: Wanted, most: int) -> tuple[PageRow, ...]:
    """Nearest first; those without a position only where nothing has one."""
    place = place_of(want)
    center = place.position if place and place.kind != PlaceKind.ONLINE else None
    if center is not None:
        measured = found.nearest_to(center).values_list("pk", "fit", "chord")
        if read := tuple(PageRow(*row) for row in measured[:most]):
            return read
    return in_name_order(found, most)


def in_name_order(found: NearestQuerySet, most: int) -> tuple[PageRow, ...]:
    listings = found.nearest_to(None).values_list("pk", "fit")[:most]
    return tuple(PageRow(pk, fit, None) for pk, fit in listings)


def denied_terms(no: Collection[int], want: Wanted, vocabulary: Vocabulary) -> tuple[TaxonomyTerm, ...]:
    """What the nearest says no to, to be said beside it."""
    return tuple(
        vocabulary.terms[terms[0]]
        for terms in (*(need.terms for need in want.needs), *(aimed.terms for aimed in want.aims))
        if set(terms) <= set(no)
    )
