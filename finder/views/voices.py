"""What others found who called or went, as a listing's page says it: in which role and when, never who."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.actions.calling import CALLED, WITH_A_WAIT, outcomes_of
from finder.enums import Outcome, Voice
from finder.models import CallOutcome, ServiceAtLocation
from finder.upkeep.disputes import DOUBTED_BY, has_lapsed
from finder.views.ages import ago

DAYS_TOLD = timedelta(days=30)
MOST_READ = 200


@dataclass(frozen=True, slots=True)
class Voices:
    sentences: Sequence[str]
    is_phoned: bool
    is_gone_to: bool


def voices_of(found: ServiceAtLocation, *, disputed: Collection[str], now: datetime) -> Voices:
    outcomes = outcomes_of(found)
    return Voices(
        sentences=list(sentences(latest(found, now=now), disputed=disputed, now=now)),
        is_phoned=any(outcome in CALLED for outcome in outcomes),
        is_gone_to=any(outcome not in CALLED for outcome in outcomes),
    )


def latest(found: ServiceAtLocation, *, now: datetime) -> list[CallOutcome]:
    """What nobody has looked into yet, the newest first."""
    told = CallOutcome.objects.unresolved().filter(listing=found).since(now - DAYS_TOLD)
    return list(told.newest_first()[:MOST_READ])


def sentences(told: Sequence[CallOutcome], *, disputed: Collection[str], now: datetime) -> Iterator[str]:
    """Room is told by one voice: it is soon seen to be so. What could bury a place is told once it is
    disputed: by two, or by one of us."""
    today = timezone.localdate(now)
    by_outcome: dict[Outcome, list[CallOutcome]] = {}
    for each in told:
        by_outcome.setdefault(Outcome(each.outcome), []).append(each)
    reached = by_outcome.get(Outcome.ANSWERED) or by_outcome.get(Outcome.MET)
    if reached:
        yield reached_words(reached[0], today)
    unanswered = since(by_outcome.get(Outcome.NO_ANSWER, []), reached)
    if unanswered:
        yield unanswered_words(len(unanswered), day_of(unanswered[0]), today)
    for outcome, found in by_outcome.items():
        part = DOUBTED_BY.get(outcome)
        if outcome in WITH_A_WAIT:
            fresh = [each for each in found if part and not has_lapsed(part, each.reported_at, now)]
            yield from [room_words(outcome, fresh, today)] if fresh else []
        elif part in disputed:
            yield doubt_words(outcome, found, today)


def since(told: list[CallOutcome], reached: Sequence[CallOutcome] | None) -> list[CallOutcome]:
    return [each for each in told if not reached or each.reported_at > reached[0].reported_at]


def day_of(told: CallOutcome) -> date:
    return timezone.localdate(told.reported_at)


def reached_words(told: CallOutcome, today: date) -> str:
    when = {"ago": ago(day_of(told), today)}
    if told.outcome == Outcome.MET:
        return _("Someone went %(ago)s: it met.") % when
    if told.voice == Voice.PUBLIC:
        return _("Someone called %(ago)s: they answered.") % when
    if told.voice == Voice.CASE_WORKER:
        return _("A case worker called %(ago)s: they answered.") % when
    return _("One of us called %(ago)s: they answered.") % when


def unanswered_words(count: int, last: date, today: date) -> str:
    said = ngettext(
        "%(count)d person got no answer, %(ago)s.",
        "%(count)d people got no answer, the last one %(ago)s.",
        count,
    )
    return said % {"count": count, "ago": ago(last, today)}


def room_words(outcome: Outcome, told: Sequence[CallOutcome], today: date) -> str:
    said = (
        ngettext(
            "%(count)d person was told there is no bed or place, %(ago)s.",
            "%(count)d people were told there is no bed or place, the last one %(ago)s.",
            len(told),
        )
        if outcome == Outcome.NO_BED
        else ngettext(
            "%(count)d person was told they take no new people, %(ago)s.",
            "%(count)d people were told they take no new people, the last one %(ago)s.",
            len(told),
        )
    )
    words = said % {"count": len(told), "ago": ago(day_of(told[0]), today)}
    wait = told[0].wait_days
    return f"{words} {wait_words(wait)}" if wait else words


def wait_words(days: int) -> str:
    return ngettext("Wait: %(count)d day.", "Wait: %(count)d days.", days) % {"count": days}


def doubt_words(outcome: Outcome, told: Sequence[CallOutcome], today: date) -> str:
    said = ngettext(
        "%(count)d person told us %(ago)s: %(what)s.",
        "%(count)d people told us, the last one %(ago)s: %(what)s.",
        len(told),
    )
    return said % {"count": len(told), "ago": ago(day_of(told[0]), today), "what": outcome.label}
