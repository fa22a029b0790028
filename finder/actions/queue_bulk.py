"""Many items of the queue at once: what would happen is said before it happens."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from finder.actions.archiving import archive_listings
from finder.actions.locking import lock_listings
from finder.actions.refusals import Refused
from finder.actions.resolving import resolve_chosen_outcomes
from finder.actions.working import name_of
from finder.enums import QueueOutcome, QueueReason
from finder.models import CallOutcome, QueueItem

FROM_CALLERS = (QueueReason.DISPUTED, QueueReason.REPORTED)


class Deed(TextChoices):
    PUT_OFF = "PUT_OFF", gettext_lazy("Put off")
    RESOLVE = "RESOLVE", gettext_lazy("Mark resolved")
    ARCHIVE = "ARCHIVE", gettext_lazy("Archive with a reason")


class Order(NamedTuple):
    """What to do: `until` when to put off, for which `reason` to archive."""

    deed: Deed
    until: datetime | None = None
    reason: str = ""


class Forecast(NamedTuple):
    """`words` say what happens to the item, or why nothing does."""

    item: QueueItem
    happens: bool
    words: str


def forecasts(*, items: Iterable[QueueItem], order: Order, by: User, now: datetime) -> list[Forecast]:
    """With their listings loaded and who holds them."""
    return [forecast(item, order, by, now) for item in items]


def forecast(item: QueueItem, order: Order, by: User, now: datetime) -> Forecast:
    if item.closed_at:
        return Forecast(item, False, _("It is done already."))
    if item.claimed_by_id not in (None, by.pk) and item.claimed_until and item.claimed_until > now:
        return Forecast(item, False, _("%(name)s works on it.") % {"name": name_of(item.claimed_by)})
    match order.deed:
        case Deed.PUT_OFF:
            return forecast_of_delay(item, order)
        case Deed.RESOLVE:
            return forecast_of_resolution(item)
    return Forecast(item, True, _("Readers no longer find it, and no import brings it back."))


def forecast_of_delay(item: QueueItem, order: Order) -> Forecast:
    if QueueReason.UNSAFE in item.reasons:
        return Forecast(item, False, _("It is reported as unsafe: that cannot wait."))
    if order.until is None:
        return Forecast(item, True, _("Nobody is given it before that day."))
    day = date_format(order.until, "DATE_FORMAT")
    return Forecast(item, True, _("Nobody is given it before %(day)s.") % {"day": day})


def forecast_of_resolution(item: QueueItem) -> Forecast:
    known = item.why.get("conflicts", {})
    doubters = known.get("doubters", 0)
    if not doubters:
        return Forecast(item, False, _("No caller found it wrong: open it and decide what waits."))
    left = [reason for reason in item.reasons if reason not in FROM_CALLERS]
    if known.get("problems"):
        left.append(QueueReason.REPORTED)
    said = ngettext(
        "What %(count)d caller found wrong counts as looked into.",
        "What %(count)d callers found wrong counts as looked into.",
        doubters,
    ) % {"count": doubters}
    rest = ", ".join(str(QueueReason(reason).label) for reason in left)
    more = _("It still waits: %(rest)s.") % {"rest": rest} if rest else _("It leaves the queue.")
    return Forecast(item, True, f"{said} {more}")


@transaction.atomic
def carry_out(*, items: Collection[QueueItem], order: Order, by: User, now: datetime) -> list[Forecast]:
    """To those of which it was said; returns the same forecasts as they are found now, under lock."""
    lock_listings([item.listing_id for item in items])
    locked = QueueItem.objects.filter(pk__in=[item.pk for item in items]).with_listings()
    current = locked.select_related("claimed_by").select_for_update(of=("self",)).order_by("pk")
    found = forecasts(items=list(current), order=order, by=by, now=now)
    chosen = [each.item for each in found if each.happens]
    match order.deed:
        case Deed.PUT_OFF:
            put_off(chosen, order)
        case Deed.RESOLVE:
            resolve(chosen, by, now)
        case Deed.ARCHIVE:
            archive(chosen, order, by, now)
    return found


def put_off(items: Collection[QueueItem], order: Order) -> None:
    if order.until is None:
        raise Refused(_("Say until when."))
    QueueItem.objects.filter(pk__in=[item.pk for item in items]).update(
        not_before=order.until, claimed_by=None, claimed_until=None
    )


def resolve(items: Collection[QueueItem], by: User, now: datetime) -> None:
    doubts = CallOutcome.objects.unresolved().doubting()
    chosen = doubts.filter(listing__in=[item.listing_id for item in items])
    resolve_chosen_outcomes(outcomes=chosen, by=by, now=now)
    sign(items, QueueOutcome.RESOLVED, by)


def archive(items: Collection[QueueItem], order: Order, by: User, now: datetime) -> None:
    archive_listings(listings=[item.listing for item in items], reason=order.reason, by=by, now=now)
    sign(items, QueueOutcome.ARCHIVED, by)


def sign(items: Collection[QueueItem], outcome: QueueOutcome, by: User) -> None:
    """Those that this closed; what is left to do keeps the others open."""
    closed = QueueItem.objects.filter(pk__in=[item.pk for item in items], closed_at__isnull=False)
    closed.update(outcome=outcome, closed_by=by)
