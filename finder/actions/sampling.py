"""The monthly sample by which the directory measures itself: drawn by lot, called, written down once."""

import random
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from finder.actions.calling import outcomes_of, tell_outcome
from finder.actions.refusals import Refused
from finder.actions.verifying import verify_parts
from finder.enums import CareCategory, LocationType, Outcome, StatementMethod, VerifiedPart, Voice
from finder.models import AccuracyCheck, AccuracySample, ServiceAtLocation
from finder.upkeep.accuracy import kind_of

ANSWERS = ("name_is_right", "phone_is_right", "address_is_right", "service_is_right", "takes_new_people")


@transaction.atomic
def draw_accuracy_sample(*, per_category: int, seed: int, now: datetime) -> AccuracySample:
    """Of each kind of help so many listings, or all there are. The same seed and listings draw the same."""
    month = timezone.localdate(now).replace(day=1)
    if AccuracySample.objects.filter(month=month).exists():
        raise Refused(_("The sample of this month is drawn already."))
    frame = listings_by_kind()
    if not any(frame.values()):
        raise Refused(_("There is no published listing to draw from; made-up ones do not count."))
    sample = AccuracySample.objects.create(
        month=month, drawn_at=now, seed=seed, frame={kind: len(ids) for kind, ids in frame.items()}
    )
    lot = random.Random(seed)
    drawn = {kind: lot.sample(ids, min(per_category, len(ids))) for kind, ids in frame.items()}
    kinds = {pk: kind for kind, ids in drawn.items() for pk in ids}
    listings = ServiceAtLocation.objects.with_parts().prefetch_related("phones").filter(pk__in=kinds)
    AccuracyCheck.objects.bulk_create(
        AccuracyCheck(sample=sample, listing=each, category=kinds[each.pk], shown=shown(each))
        for each in listings.order_by("pk")
    )
    return sample


def listings_by_kind() -> dict[str, list[UUID]]:
    frame: dict[str, list[UUID]] = {kind.value: [] for kind in CareCategory}
    real = ServiceAtLocation.objects.published().real().order_by("pk")
    for pk, categories in real.values_list("pk", "service__categories"):
        frame[kind_of(categories)].append(pk)
    return frame


def shown(listing: ServiceAtLocation) -> dict[str, Any]:
    """As the page says it that day; of a private address only that it is private."""
    location = listing.location
    phones = listing.speaking_phones
    return {
        "name": listing.service.name,
        "phone": str(phones[0]) if phones else "",
        "address": address(listing) if location.address_is_public else "",
        "categories": listing.service.categories,
    }


def address(listing: ServiceAtLocation) -> str:
    location = listing.location
    if location.location_type == LocationType.VIRTUAL:
        return ""
    parts = (location.address_1, location.address_2, location.city, location.state_province)
    return " ".join([", ".join(part for part in parts if part), location.postal_code]).strip()


@transaction.atomic
def record_check(
    *, check: AccuracyCheck, was_reached: bool, answers: Mapping[str, bool | None], by: User, now: datetime
) -> AccuracyCheck:
    """Once: a result that could be mended until it pleases would measure nothing."""
    locked = AccuracyCheck.objects.select_for_update().get(pk=check.pk)
    if locked.checked_at is not None:
        raise Refused(_("Someone has written this down already."))
    locked.was_reached, locked.checked_at, locked.checked_by = was_reached, now, by
    for name in ANSWERS:
        setattr(locked, name, answers.get(name) if was_reached or name == "phone_is_right" else None)
    locked.save()
    if locked.found.is_exact and locked.category != CareCategory.SUPPORT_GROUP:
        verify_parts(
            listing=locked.listing,
            parts=[VerifiedPart.CONTACT],
            voice=Voice.EDITOR,
            method=StatementMethod.PHONE,
            by=by,
            now=now,
        )
    tell_what_is_wrong(locked, by=by, now=now)
    return locked


def tell_what_is_wrong(check: AccuracyCheck, *, by: User, now: datetime) -> None:
    """As after any call of ours: readers see the doubt at once, and it goes to the queue."""
    outcome = found_wrong(check)
    if outcome in outcomes_of(check.listing):
        tell_outcome(listing=check.listing, outcome=outcome, by=by, network="", now=now)


def found_wrong(check: AccuracyCheck) -> Outcome | None:
    """None where nothing was, or nothing that a call's outcome has a word for."""
    if check.category == CareCategory.SUPPORT_GROUP:
        is_wrong = False in (check.address_is_right, check.service_is_right)
        return Outcome.WRONG_PLACE_OR_TIME if is_wrong else None
    if check.phone_is_right is False:
        return Outcome.WRONG_NUMBER
    return Outcome.NOT_TAKING if check.takes_new_people is False else None
