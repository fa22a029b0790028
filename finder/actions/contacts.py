"""Who wants letters and who does not; and nobody's address is kept for nothing."""

from datetime import datetime, timedelta

from django.db import transaction

from finder.actions.claiming import end_claims
from finder.models import Ask, Claim, Contact

KEPT_FOR_NOTHING = timedelta(days=180)
"""Long enough to see who tries again and again to take a listing over."""


@transaction.atomic
def stop_letters(*, contact: Contact, now: datetime) -> None:
    """Its claims end with it: without letters it keeps no listing right."""
    Contact.objects.subscribed().filter(pk=contact.pk).update(unsubscribed_at=now)
    open_claims = Claim.objects.open().filter(contact=contact).values_list("pk", flat=True)
    end_claims(claim_ids=list(open_claims), reason="It wants no more letters.", now=now)
    contact.refresh_from_db()


@transaction.atomic
def allow_letters(*, contact: Contact) -> None:
    """It may claim again; what ended stays ended."""
    Contact.objects.filter(pk=contact.pk).update(unsubscribed_at=None)
    contact.refresh_from_db()


@transaction.atomic
def forget_contacts(*, now: datetime) -> int:
    """Addresses that never confirmed anything and asked for nothing lately. One that wants no letters is
    kept, or it would get some again. Returns how many.
    """
    idle = Contact.objects.subscribed().filter(created_at__lte=now - KEPT_FOR_NOTHING)
    idle = idle.exclude(claims__confirmed_at__isnull=False)
    idle = idle.exclude(claims__in=Claim.objects.open())
    idle = idle.exclude(claims__ended_at__gt=now - KEPT_FOR_NOTHING).exclude(asks__in=Ask.objects.all())
    gone = list(idle.values_list("pk", flat=True))
    Claim.objects.filter(contact__in=gone).delete()
    Contact.objects.filter(pk__in=gone).delete()
    return len(gone)
