"""Questions that an import withdrew are open again once the import is taken back."""

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from finder.actions.composing import current_values
from finder.actions.indexing import batches
from finder.actions.owned import SCHEDULES_WITH_JOINING, without_joining
from finder.actions.recalling import changes_by
from finder.enums import ChangeOrigin, ReviewStatus
from finder.models import ChangeRequest, ImportRun, ServiceAtLocation

BATCH = 500
COLUMNS = ("listing_id", "source_id", "field", "current_value", "proposed_value", "origin", "proposed_at")


def reopen_questions(run: ImportRun, listing_ids: Collection[UUID]) -> None:
    """Where source and person still differ as they did, and nothing else is asked of that field."""
    waiting = {"status": ReviewStatus.PROPOSED, "origin": ChangeOrigin.IMPORT}
    for ids in batches(sorted(listing_ids), BATCH):
        withdrawn = changes_by(run, ChangeRequest).filter(**waiting, pgh_label="delete", listing__in=ids)
        asked = set(ChangeRequest.objects.filter(**waiting, listing__in=ids).values_list("listing", "field"))
        still_differing = set(differing({question.listing_id for question in withdrawn}))
        ChangeRequest.objects.bulk_create(
            ChangeRequest(pk=question.id, **{column: getattr(question, column) for column in COLUMNS})
            for question in withdrawn
            if (question.listing_id, question.field) not in asked
            and (question.listing_id, question.field, repr(question.proposed_value)) in still_differing
        )


def differing(listing_ids: Collection[UUID]) -> Iterator[tuple[UUID, str, str]]:
    """Fields in which a listing says something else than its sources, with what these say."""
    listings = ServiceAtLocation.objects.with_parts().prefetch_related("phones", SCHEDULES_WITH_JOINING)
    for listing in listings.filter(pk__in=listing_ids).order_by("pk"):
        current: dict[str, Any] = current_values(listing, listing.phones.all(), listing.schedules.all())
        for field, value in listing.imported.items():
            if value is not None and current[field] != value:
                yield listing.pk, field, repr(without_joining(field, value))
