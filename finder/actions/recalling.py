"""What was known of listings before an import, for the import that is taken back."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from pghistory.models import Context

from finder.actions.composing import A_PERSONS_FIELD, Difference, Values
from finder.enums import ChangeOrigin, ReviewStatus
from finder.models import ChangeRequest, ImportRun, ServiceAtLocation
from finder.models.history import events_of


class Recalled(NamedTuple):
    """Of some listings, by listing."""

    said_before: Mapping[UUID, Sequence[Values]] = MappingProxyType({})
    """What sources said at some time: a person who wrote something else is not asked about it again."""
    taken: Collection[tuple[UUID, str]] = frozenset()
    """Fields in which a person took a source's value: they are the person's now."""

    def base_of(self, listing: ServiceAtLocation) -> Values:
        """What an import compares with, see `settled`."""
        persons = {field: A_PERSONS_FIELD for pk, field in self.taken if pk == listing.pk}
        return {**listing.imported, **persons}

    def is_news(self, listing: UUID, difference: Difference) -> bool:
        field, proposed = difference.field, difference.proposed
        said_before = self.said_before.get(listing, ())
        was_said = any(field in said and said[field] == proposed for said in said_before)
        return not was_said or (listing, difference.field) in self.taken


Recall = Callable[[Sequence[UUID]], Recalled]


def nothing_recalled(_listing_ids: Sequence[UUID]) -> Recalled:
    """Of an import as it comes in: whatever a source says anew is news."""
    return Recalled()


def before_run(run: ImportRun) -> Recall:
    def recall(listing_ids: Sequence[UUID]) -> Recalled:
        said_before: dict[UUID, list[Values]] = defaultdict(list)
        earlier = events_of(ServiceAtLocation).filter(pgh_obj__in=listing_ids)
        for listing, imported in earlier.values_list("pgh_obj", "imported"):
            if imported not in said_before[listing]:
                said_before[listing].append(imported)
        taken = ChangeRequest.objects.filter(
            listing__in=listing_ids,
            origin=ChangeOrigin.IMPORT,
            status=ReviewStatus.ACCEPTED,
            decided_at__gte=run.started_at,
        )
        return Recalled(said_before, frozenset(taken.values_list("listing", "field")))

    return recall


def changes_by(run: ImportRun, model: type[Any]) -> "QuerySet[Any]":
    """What the model's rows were before the run changed them."""
    contexts = Context.objects.filter(metadata__import_run=run.pk).values("pk")
    return events_of(model).filter(pgh_context__in=contexts)
