"""The way from a place that someone named to the list of its county."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import slugify

from finder.geography.places import PlaceKind
from finder.geography.readings import Reading
from finder.geography.states import MILITARY


class Paper(NamedTuple):
    label: str
    url: str


def paper_of(reading: Reading | None) -> Paper | None:
    """For a ZIP Code the part of a large county that holds it."""
    if reading is None or reading.place.kind not in {PlaceKind.ZIP, PlaceKind.CITY, PlaceKind.COUNTY}:
        return None
    place = reading.place
    if not place.county or place.state in MILITARY:
        return None
    address = address_of_pack(place.state, place.county)
    area = f"?{urlencode({'area': place.zip_code})}" if place.zip_code else ""
    return Paper(place.county, f"{address}{area}")


def address_of_pack(state: str, county: str) -> str:
    return reverse("pack", args=[state.lower(), slugify(county)])
