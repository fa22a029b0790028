"""Addresses for search engines: pages that stay, and every published listing that is not made up.

A listing's address holds its id and its name, as its page and the API do, and nothing of where it is.
"""

from datetime import date

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from finder.models import Guidance, ServiceAtLocation
from finder.models.directory import ListingQuerySet
from finder.models.guidance import GuidanceQuerySet

ADDRESSES_PER_FILE = 10_000


class Pages(Sitemap):  # type: ignore[type-arg]
    i18n = True
    alternates = True

    def items(self) -> list[str]:
        return ["home", "help_now", "guidance_index", "packs", "about"]

    def location(self, item: str) -> str:
        return reverse(item)


class Texts(Sitemap):  # type: ignore[type-arg]
    i18n = True
    alternates = True

    def items(self) -> GuidanceQuerySet:
        return Guidance.objects.shown()


class Listings(Sitemap):  # type: ignore[type-arg]
    limit = ADDRESSES_PER_FILE

    def items(self) -> ListingQuerySet:
        listings = ServiceAtLocation.objects.published().real().select_related("service", "index")
        return listings.only("service__name", "index__checked_on").order_by("pk")

    def lastmod(self, item: ServiceAtLocation) -> date | None:
        index = getattr(item, "index", None)
        return index.checked_on if index else None

    def get_latest_lastmod(self) -> None:
        """Django's own would read every listing for the list of files."""


SITEMAPS = {"pages": Pages, "guidance": Texts, "listings": Listings}
