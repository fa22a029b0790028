"""Where the made-up listings are: ZIP Codes as thick on the ground as people, and a fixed tenth of them."""

import random
from collections import Counter
from collections.abc import Iterable
from functools import cache

from finder.geography.gazetteer import ZipCode, zip_code, zip_codes
from finder.geography.position import great_circle_miles
from finder.geography.states import MILITARY

Circle = tuple[str, float]
"""A ZIP Code and the miles around it."""

SEED = 20_261_122


@cache
def standard_zip_codes() -> tuple[ZipCode, ...]:
    found = (each for each in zip_codes() if each.is_standard and each.latitude is not None)
    return tuple(sorted(each for each in found if each.state not in MILITARY))


@cache
def weights() -> tuple[int, ...]:
    """The number of STANDARD ZIP Codes in the same county: a city's county has many."""
    by_county = Counter((each.state, each.county) for each in standard_zip_codes())
    return tuple(by_county[each.state, each.county] for each in standard_zip_codes())


def drawn_zip_codes(count: int) -> list[ZipCode]:
    return random.Random(SEED).choices(standard_zip_codes(), weights(), k=count)


def fixed_tenth(circles: Iterable[Circle]) -> frozenset[str]:
    """Three-digit ZIP areas that hold a tenth of all listings: first those which the circles reach."""
    shares: Counter[str] = Counter()
    for each, weight in zip(standard_zip_codes(), weights(), strict=True):
        shares[each.zip_code[:3]] += weight
    reached = areas_within(circles)
    others = sorted(set(shares) - reached)
    random.Random(SEED).shuffle(others)
    chosen: set[str] = set()
    for area in (*sorted(reached), *others):
        if area in reached or sum(shares[each] for each in (*chosen, area)) <= shares.total() / 10:
            chosen.add(area)
    return frozenset(chosen)


def areas_within(circles: Iterable[Circle]) -> set[str]:
    return {each.zip_code[:3] for code, miles in circles for each in zip_codes_within(code, miles)}


def zip_codes_within(code: str, miles: float) -> list[ZipCode]:
    center = zip_code(code)
    if center is None or center.latitude is None or center.longitude is None:
        raise ValueError(f"{code} has no position")
    return [
        each
        for each in standard_zip_codes()
        if great_circle_miles(center.latitude, center.longitude, each.latitude or 0, each.longitude or 0)
        <= miles
    ]
