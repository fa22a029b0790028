"""What waits for a person, with the list that shows it."""

from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser, User
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from finder.enums import ClaimStatus, EditorialStatus, ReviewStatus
from finder.models import ChangeRequest, Claim, Guidance, ListingIndex, Merge, ServiceAtLocation
from finder.permissions import may_call_programs, may_decide, may_edit_listings, may_record_reviews


class Waiting(NamedTuple):
    total: int
    what: str
    url: str


def waiting(person: User | AnonymousUser) -> list[Waiting]:
    found: list[Waiting] = []
    if may_decide(person):
        proposed = {"status__exact": ReviewStatus.PROPOSED.value}
        found += [
            Waiting(
                ChangeRequest.objects.filter(status=ReviewStatus.PROPOSED).count(),
                _("differences between a source and what one of us wrote"),
                list_url("changerequest", proposed),
            ),
            Waiting(
                Merge.objects.filter(status=ReviewStatus.PROPOSED).count(),
                _("pairs of listings that may be one place"),
                list_url("merge", proposed),
            ),
        ]
    if may_call_programs(person):
        found.append(
            Waiting(
                Claim.objects.waiting_for_a_call().count(),
                _("claims waiting for a call"),
                list_url("claim", {"status__exact": ClaimStatus.ASKED.value}),
            )
        )
    if may_edit_listings(person):
        draft = EditorialStatus.DRAFT
        found += [
            Waiting(
                ServiceAtLocation.objects.filter(editorial_status=draft).count(),
                _("drafts to finish and publish"),
                list_url("serviceatlocation", {"editorial_status__exact": draft.value}),
            ),
            Waiting(
                ListingIndex.objects.filter(missing_since__isnull=False).count(),
                _("published listings that their directory dropped"),
                list_url("serviceatlocation", {"missing": "yes"}),
            ),
        ]
    if may_record_reviews(person):
        found.append(
            Waiting(
                Guidance.objects.shown().overdue(timezone.localdate()).count(),
                _("guidance texts to check again: their facts are left out"),
                list_url("guidance", {"is_shown__exact": "1", "o": "5"}),
            )
        )
    return [waiting for waiting in found if waiting.total]


def list_url(model: str, query: dict[str, str]) -> str:
    return f"{reverse(f'admin:finder_{model}_changelist')}?{urlencode(query)}"
