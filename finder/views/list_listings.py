"""The listings that stand on a list, as far as anyone may see them, read in a few statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from finder.enums import EditorialStatus
from finder.models import ListingIndex, Phone, Schedule, Service, ServiceAtLocation
from finder.models.directory import OwnedByListing
from finder.models.history import events_of
from finder.views.heirs import MOST_STEPS

NOT_SHOWN = ("imported", *(f"index__{name}" for name in ("name", "words", "name_vector", "words_vector")))

Owned = TypeVar("Owned", bound=OwnedByListing)


@dataclass(frozen=True, slots=True)
class Found:
    """By what stands on the list: of a merged listing, the one that was kept."""

    visible: Mapping[UUID, ServiceAtLocation]
    names: Mapping[UUID, str]
    """Of those that were listed and are archived now, as they were called then. A draft has none."""

    @property
    def listings(self) -> list[ServiceAtLocation]:
        """Each once."""
        return list({listing.pk: listing for listing in self.visible.values()}.values())


def found_listings(on_list: Collection[UUID]) -> Found:
    """With phones and schedules, and with a row of the index, though it be an empty one."""
    visible = published(on_list)
    names: dict[UUID, str] = {}
    following = {pk: pk for pk in on_list if pk not in visible}
    for _step in range(MOST_STEPS):
        if not following:
            break
        gone = archived(following.values())
        names = {pk: gone[at][0] for pk, at in following.items() if at in gone} | names
        following = {pk: heir for pk, at in following.items() if at in gone and (heir := gone[at][1])}
        heirs = visible | published(heir for heir in following.values() if heir not in visible)
        visible |= {pk: heirs[heir] for pk, heir in following.items() if heir in heirs}
        following = {pk: heir for pk, heir in following.items() if heir not in heirs}
    complete(visible.values())
    return Found(visible={pk: visible[pk] for pk in on_list if pk in visible}, names=names)


def published(pks: Iterable[UUID]) -> dict[UUID, ServiceAtLocation]:
    wanted = list(pks)
    if not wanted:
        return {}
    rows = ServiceAtLocation.objects.published().with_parts().select_related("index").defer(*NOT_SHOWN)
    return {listing.pk: listing for listing in rows.filter(pk__in=wanted)}


def archived(pks: Iterable[UUID]) -> dict[UUID, tuple[str, UUID | None]]:
    """Its name when it was taken out, and what it was merged into. Of what was never public there is none."""
    was_public = events_of(ServiceAtLocation).filter(
        pgh_obj=OuterRef("pk"), editorial_status=EditorialStatus.PUBLISHED
    )
    renamed = events_of(Service).filter(
        pgh_obj=OuterRef("service"), pgh_created_at__gt=OuterRef("archived_at")
    )
    rows = ServiceAtLocation.objects.filter(
        Exists(was_public), pk__in=list(pks), editorial_status=EditorialStatus.ARCHIVED
    ).annotate(known_as=Coalesce(Subquery(renamed.values("name")[:1]), F("service__name")))
    return {pk: (name, heir) for pk, name, heir in rows.values_list("pk", "known_as", "redirect__listing")}


def complete(listings: Iterable[ServiceAtLocation]) -> None:
    once = list({listing.pk: listing for listing in listings}.values())
    phones = owned(Phone.objects.order_by("position", "pk"), once)
    schedules = owned(Schedule.objects.order_by("kind", "pk"), once)
    for listing in once:
        listing.speaking_phones = speaking(phones, listing)
        listing.speaking_schedules = speaking(schedules, listing)
        if not hasattr(listing, "index"):
            listing.index = ListingIndex(
                listing=listing, categories=listing.service.categories, yes=[], no=[]
            )
        listing.index.listing = listing


def owned(rows: "QuerySet[Owned]", listings: Collection[ServiceAtLocation]) -> dict[UUID, list[Owned]]:
    """By the listing, service or location that they belong to."""
    of_any = (
        Q(listing__in=[listing.pk for listing in listings])
        | Q(service__in=[listing.service_id for listing in listings])
        | Q(location__in=[listing.location_id for listing in listings])
    )
    found: dict[UUID, list[Owned]] = defaultdict(list)
    for row in rows.filter(of_any) if listings else ():
        owner = row.listing_id or row.service_id or row.location_id
        assert owner
        found[owner].append(row)
    return found


def speaking(owned: Mapping[UUID, list[Owned]], listing: ServiceAtLocation) -> list[Owned]:
    """By the rule of `ServiceAtLocation.speaking_phones`."""
    owners = (listing.pk, listing.service_id, listing.location_id)
    return next((owned[pk] for pk in owners if pk in owned), [])
