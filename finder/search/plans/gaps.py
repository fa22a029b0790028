"""A leg without a choice is an answer too: why, what is nearest, what to do instead, what would open it."""

from collections.abc import Collection, Iterator, Sequence
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
from finder.search.plans.reads import first_rows
from finder.search.plans.wanted import Wanted, ids, search_of
from finder.search.repairs import Change, Repair, repairs_of_each
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


def gap_rows(
    wants: Sequence[Wanted], vocabulary: Vocabulary, *, zones: Sequence[str], now: datetime
) -> dict[CareCategory, GapRows]:
    """Of every leg that stays empty, together."""
    searches = [search_of(want, vocabulary) for want in wants]
    opens = repairs_of_each(searches, vocabulary, found=0, only=OPENING, zones=zones, now=now)
    rows = first_rows([read for want in wants for read in reads_of(want, vocabulary)])
    return {
        want.leg: GapRows(
            nearest=near[0] if near else None,
            bed=bed[0] if bed else None,
            remote=far,
            instead=tuple(instead_of(want.leg, want.question.said)),
            opens=opened,
        )
        for want, opened, near, bed, far in zip(wants, opens, rows[::3], rows[1::3], rows[2::3], strict=True)
    }


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


def reads_of(want: Wanted, vocabulary: Vocabulary) -> tuple[Iterator[NearestQuerySet], ...]:
    """The nearest, the nearest bed, and what is remote; of each the likeliest first."""
    open_to_them = suitable(want, vocabulary)
    fitting = open_to_them.with_fits(want.fits)
    return (
        nearest(fitting, want),
        nearest_bed(open_to_them, want, vocabulary),
        remote(fitting.not_denying(), want, vocabulary),
    )


def nearest(fitting: NearestQuerySet, want: Wanted) -> Iterator[NearestQuerySet]:
    """The nearest anywhere that denies no need; else the nearest open to the person; else of the kind."""
    yield from in_order(fitting.not_denying(), want, 1)
    yield from in_order(fitting, want, 1)
    of_kind = NearestQuerySet(ListingIndex).in_categories([want.leg.value]).with_fits(want.fits)
    yield from in_order(of_kind.of_active(), want, 1)
    yield from in_order(of_kind, want, 1)


def nearest_bed(
    open_to_them: NearestQuerySet, want: Wanted, vocabulary: Vocabulary
) -> Iterator[NearestQuerySet]:
    """Whatever else was asked: what it must not deny is only the substance's own detox."""
    if Instead.BED in instead_of(want.leg, want.question.said):
        aims = [fit(aimed.terms, (want.leg.value,)) for aimed in want.aims]
        beds = open_to_them.stating_each_of([ids(AROUND_THE_CLOCK, vocabulary)])
        yield from in_order(beds.with_fits(aims).not_denying(), want, 1)


def remote(fitting: NearestQuerySet, want: Wanted, vocabulary: Vocabulary) -> Iterator[NearestQuerySet]:
    """Of the same kind: care by video in the same state, where its license holds; a meeting online."""
    if want.leg == CareCategory.BEHAVIORAL_HEALTH:
        place, aims = place_of(want), (aimed.terms for aimed in want.aims)
        by_video = fitting.stating_each_of([ids([TELEHEALTH], vocabulary), *aims])
        licensed = by_video.in_state(place.state) if place and place.state else by_video
        yield from in_order(licensed, want, MOST_REMOTE)
    elif want.leg == CareCategory.SUPPORT_GROUP:
        yield fitting.rooms_online()[:MOST_REMOTE]


def in_order(found: NearestQuerySet, want: Wanted, most: int) -> Iterator[NearestQuerySet]:
    """Nearest first; those without a position only where nothing has one."""
    place = place_of(want)
    if place and place.position and place.kind != PlaceKind.ONLINE:
        yield found.nearest_to(place.position)[:most]
    yield found.nearest_to(None)[:most]


def denied_terms(no: Collection[int], want: Wanted, vocabulary: Vocabulary) -> tuple[TaxonomyTerm, ...]:
    """What the nearest says no to, to be said beside it."""
    return tuple(
        vocabulary.terms[terms[0]]
        for terms in (*(need.terms for need in want.needs), *(aimed.terms for aimed in want.aims))
        if set(terms) <= set(no)
    )
