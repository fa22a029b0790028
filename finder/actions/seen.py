"""What a program's page showed, so that each answer is to what was read, and no answer counts twice.

The page carries a mark of what each of its forms is about. It changes with the listing, with what others
say, and by the answer itself: sent again, the same form is an answer to something that is no longer so.
"""

import json
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

from finder.actions.proposed_fields import ADDRESS_FIELD, HOURS, PAYMENT, PHONES, values_now
from finder.enums import ChangeOrigin, VerifiedPart
from finder.models import AskedListing, Capacity, ChangeRequest
from finder.models.answers import answers

WORDS, ALL, CADENCE, COLLEAGUE, NOT_US = "WORDS", "ALL", "CADENCE", "COLLEAGUE", "NOT_US"
CONTACT, HOURS_PART, SERVICES, AVAILABILITY = (part.value for part in VerifiedPart)
LASTING_PARTS = (VerifiedPart.CONTACT, VerifiedPart.HOURS, VerifiedPart.SERVICES)
"""What "all still right" speaks of: whether there is room is another question, of every day."""

FIELDS = {
    CONTACT: (
        "service.name",
        "organization.name",
        PHONES,
        "service.url",
        ADDRESS_FIELD,
        "service.categories",
        "service.status",
    ),
    HOURS_PART: (HOURS,),
    SERVICES: (PAYMENT,),
    WORDS: (
        "service.description",
        "service.eligibility_description",
        "service.fees_description",
        "service.application_process",
        "service.interpretation_services",
        "location.transportation",
    ),
}
"""What may be proposed of each part."""

SUBJECTS = (*FIELDS, AVAILABILITY, ALL, CADENCE, COLLEAGUE, NOT_US)


def is_as_seen(asked: AskedListing, subject: str, mark: str) -> bool:
    return subject in SUBJECTS and constant_time_compare(mark, mark_of(asked, subject))


def mark_of(asked: AskedListing, subject: str) -> str:
    """Keyed: nobody works out from it what is kept confidential."""
    said = json.dumps([asked.pk, subject, state_of(asked, subject)], default=str, sort_keys=True)
    return salted_hmac("finder.seen", said, algorithm="sha256").hexdigest()[:32]


def state_of(asked: AskedListing, subject: str) -> Any:
    listing = asked.listing
    match subject:
        case "ALL":
            return [state_of(asked, part) for part in LASTING_PARTS]
        case "AVAILABILITY":
            rows = Capacity.objects.filter(listing=listing).order_by("unit", "pk")
            return list(rows.values_list("unit", "code", "available", "updated"))
        case "CADENCE":
            return listing.cadence_days
        case "COLLEAGUE":
            return asked.forwarded_at
        case "NOT_US":
            return asked.answer
    fields = FIELDS[subject]
    proposals = ChangeRequest.objects.filter(listing=listing, origin=ChangeOrigin.PROVIDER, field__in=fields)
    return [
        values_now(listing, fields),
        facts_said(asked) if subject == SERVICES else None,
        list(proposals.order_by("pk").values_list("pk", "status")),
        subject in asked.parts,
    ]


def facts_said(asked: AskedListing) -> list[tuple[int, bool]]:
    """By term: whose word each is does not matter to whoever reads them."""
    known = answers(asked.listing.statements.all())
    return [(term, answer.is_yes) for term, answer in sorted(known.items())]
