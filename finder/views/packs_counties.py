"""The counties that a pack can be made of, and how the list of each is split into files."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from django.utils.html import escape
from django.utils.text import slugify

from finder.enums import CareCategory, LocationType
from finder.exporters.pack_parts import Part, Row, is_zip_code, part_called, part_nearest_in_number, parts_of
from finder.geography import gazetteer
from finder.geography.states import STATE_NAMES
from finder.models import ListingIndex
from finder.models.pack_queries import PackQuerySet

BYTES_OF_A_PLACE = 1_100
BYTES_OF_A_MEETING = 260
"""Beside names and addresses: what the page writes of a typical one."""
DAYS_A_WEEK = 7


class County(NamedTuple):
    state: str
    name: str
    real: int
    examples: int

    @property
    def slug(self) -> str:
        return slugify(self.name)

    @property
    def is_demo(self) -> bool:
        """It has made-up listings only: these are never mixed with real ones."""
        return not self.real and self.examples > 0

    @property
    def listed(self) -> int:
        return self.real or self.examples

    @property
    def label(self) -> str:
        return f"{self.name}, {self.state}"

    @property
    def listings(self) -> PackQuerySet:
        found = PackQuerySet(ListingIndex).of_published()
        return found.demonstration() if self.is_demo else found.real()

    @property
    def own_listings(self) -> PackQuerySet:
        return self.listings.in_county(self.state, self.name)


def states() -> list[str]:
    return [state for state in PackQuerySet(ListingIndex).states() if state in STATE_NAMES]


def counties_of(state: str) -> list[County]:
    return [County(*row) for row in PackQuerySet(ListingIndex).in_state(state).counted_by_county()]


def county_called(state: str, slug: str) -> County | None:
    """`state` in any case: nc or NC. One without listings too: it has lines to call, and a nearest detox."""
    listed = (each for each in counties_of(state.upper()) if each.slug == slug)
    known = (County(each.state, each.name, 0, 0) for each in gazetteer.counties(slug, state.upper()))
    return next(listed, None) or next((each for each in known if each.slug == slug), None)


def split(county: County) -> list[Part]:
    """Of what is running: a closed place is on no paper."""
    return parts_of(rows_of(county.own_listings.of_active()))


def rows_of(listings: PackQuerySet) -> Iterator[Row]:
    meetings = meeting_lines(listings)
    columns = (
        "pk",
        "categories",
        "listing__service__name",
        "listing__location__location_type",
        "listing__location__address_is_public",
        *(f"listing__location__{field}" for field in ("address_1", "address_2", "city", "postal_code")),
    )
    for pk, categories, name, kind, is_public, *address in listings.order_by("pk").values_list(*columns):
        is_shown = is_public and kind != LocationType.VIRTUAL
        said = len(escape("".join((name, *(address if is_shown else ())))).encode())
        places = sum(category != CareCategory.SUPPORT_GROUP for category in categories)
        lines = max(meetings[pk], 1) if CareCategory.SUPPORT_GROUP in categories else 0
        room = places * (BYTES_OF_A_PLACE + said) + lines * (BYTES_OF_A_MEETING + said)
        yield Row(pk, address[-1] if is_shown else "", name, tuple(categories), room)


def meeting_lines(listings: PackQuerySet) -> Counter[UUID]:
    """A meeting stands once under each of its days."""
    found: Counter[UUID] = Counter()
    for owner in ("listing", "service", "location"):
        for pk, byday in listings.meetings_of(owner):
            found[pk] += len(byday.split(",")) if byday else DAYS_A_WEEK
    return found


def part_of(parts: list[Part], county: County, area: str) -> Part | None:
    """`area`: what a file is called, or any ZIP Code of the county."""
    called = part_called(parts, area)
    if called or not area:
        return called
    known = gazetteer.zip_code(area) if is_zip_code(area) else None
    is_of_county = known and (known.state, known.county) == (county.state, county.name)
    return part_nearest_in_number(parts, area) if is_of_county else None
