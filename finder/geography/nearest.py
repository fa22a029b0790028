"""Which town a point is near."""

import math
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from finder.geography.gazetteer import ZipCode, zip_codes
from finder.geography.position import great_circle_miles
from finder.geography.states import MILITARY

_CELL = 0.5  # degrees
_COLUMNS = round(360 / _CELL)
_MILES_PER_DEGREE = 69.0


def nearest_zip_code(latitude: float, longitude: float) -> ZipCode | None:
    """The STANDARD ZIP Code with the nearest centroid; None when there is none within about 100 miles."""
    for reach in (1, 2, 4):
        near = [
            (great_circle_miles(latitude, longitude, each.latitude or 0.0, each.longitude or 0.0), each)
            for each in _around(latitude, longitude, reach)
        ]
        sure = (
            reach * _CELL * _MILES_PER_DEGREE * math.cos(math.radians(min(abs(latitude) + reach * _CELL, 90)))
        )
        if near and (min(near)[0] <= sure or reach == 4):
            return min(near)[1]
    return None


def _around(latitude: float, longitude: float, reach: int) -> Iterator[ZipCode]:
    row, column = _cell(latitude, longitude)
    for down in range(-reach, reach + 1):
        for across in range(-reach, reach + 1):
            yield from _grid().get((row + down, (column + across) % _COLUMNS), ())


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return math.floor(latitude / _CELL), math.floor(longitude / _CELL) % _COLUMNS


@cache
def _grid() -> dict[tuple[int, int], tuple[ZipCode, ...]]:
    cells: defaultdict[tuple[int, int], list[ZipCode]] = defaultdict(list)
    for each in zip_codes():
        if each.is_standard and each.latitude is not None and each.state not in MILITARY:
            cells[_cell(each.latitude, each.longitude or 0.0)].append(each)
    return {cell: tuple(members) for cell, members in cells.items()}
