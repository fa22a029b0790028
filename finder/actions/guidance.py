"""What people decide about a safety text, and how the wording that comes with the site arrives."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from finder.actions.refusals import Refused
from finder.enums import ReviewerRole
from finder.models import Guidance
from finder.models.history import one_change

REVIEW_HOLDS = timedelta(days=182)
WORDING = (
    *("title", "title_es", "summary", "summary_es", "core", "sections", "claims", "sources", "related"),
    *("triggers", "triggers_es", "routed", "routed_es"),
)
"""What readers are shown, and so what a review is of."""
SHIPPED = (*WORDING, "written_on", "review_due_on")


@transaction.atomic
def take_down(*, guidance: Guidance, reason: str, by: User, now: datetime) -> None:
    """At once, for every reader; the reason can follow."""
    said = reason.strip() or _("No reason given yet.")
    with one_change(user=by.pk, decision="take_down"):
        taken = Guidance.objects.shown().filter(pk=guidance.pk)
        if not taken.update(is_shown=False, taken_down_reason=said, taken_down_at=now, taken_down_by=by):
            raise Refused(_("This text is taken down already."))
    guidance.refresh_from_db()


@transaction.atomic
def put_back(*, guidance: Guidance, by: User, now: datetime) -> None:
    with one_change(user=by.pk, decision="put_back", put_back_at=now.isoformat()):
        hidden = Guidance.objects.filter(pk=guidance.pk, is_shown=False)
        if not hidden.update(is_shown=True, taken_down_reason="", taken_down_at=None, taken_down_by=None):
            raise Refused(_("This text is shown already."))
    guidance.refresh_from_db()


@transaction.atomic
def mark_reviewed(*, guidance: Guidance, role: str, by: User, now: datetime) -> None:
    """Someone of this role read the whole text, in both languages, and stands behind it."""
    if role not in ReviewerRole.values:
        raise Refused(_("Say the role of the person who reviewed it."))
    today = timezone.localdate(now)
    with one_change(user=by.pk, decision="review"):
        Guidance.objects.filter(pk=guidance.pk).update(
            reviewed_on=today, reviewed_by_role=role, review_due_on=today + REVIEW_HOLDS
        )
    guidance.refresh_from_db()


@transaction.atomic
def reword(*, guidance: Guidance, by: User, now: datetime) -> bool:
    """Saves new wording. Returns whether a review was lost: it was of the old words."""
    before = Guidance.objects.select_for_update().get(pk=guidance.pk)
    is_reworded = any(getattr(before, name) != getattr(guidance, name) for name in WORDING)
    loses_review = is_reworded and guidance.reviewed_on is not None
    if is_reworded:
        guidance.written_on = timezone.localdate(now)
    if loses_review:
        guidance.reviewed_on, guidance.reviewed_by_role = None, ""
    with one_change(user=by.pk):
        guidance.save()
    return loses_review


@dataclass(frozen=True, slots=True)
class Shipment:
    """Slugs by what became of the text that came with the site."""

    added: tuple[str, ...]
    replaced: tuple[str, ...]
    kept: tuple[str, ...]
    """Left as people made them: edited, or reviewed."""


@transaction.atomic
def receive_shipped(*, texts: Iterable[Guidance], now: datetime) -> Shipment:
    """Adds what is missing and updates what nobody here has edited or reviewed; all else stays.

    A text that was taken down stays down.
    """
    known = {guidance.slug: guidance for guidance in Guidance.objects.select_for_update()}
    outcome: dict[str, list[str]] = {"added": [], "replaced": [], "kept": []}
    for text in texts:
        digest = digest_of(text)
        here = known.get(text.slug)
        if here is None:
            text.pk, text.shipped_digest = None, digest
            text.save(force_insert=True)
            outcome["added"].append(text.slug)
        elif digest_of(here) == digest:
            Guidance.objects.filter(pk=here.pk).exclude(shipped_digest=digest).update(shipped_digest=digest)
        elif here.reviewed_on is None and digest_of(here) == here.shipped_digest:
            shipped = {name: getattr(text, name) for name in SHIPPED}
            with one_change(decision="ship", shipped_at=now.isoformat()):
                Guidance.objects.filter(pk=here.pk).update(**shipped, shipped_digest=digest)
            outcome["replaced"].append(text.slug)
        else:
            outcome["kept"].append(text.slug)
    return Shipment(**{name: tuple(slugs) for name, slugs in outcome.items()})


def digest_of(guidance: Guidance) -> str:
    said = {name: getattr(guidance, name) for name in WORDING}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
