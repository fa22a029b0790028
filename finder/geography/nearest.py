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

Grid = dict[tuple[int, int], tuple[ZipCode, ...]]


def nearest_zip_code(latitude: float, longitude: float) -> ZipCode | None:
    """The nearest centroid of a STANDARD ZIP Code, else of any; None if none is within about 60 miles."""
    return _nearest(_grid(True), latitude, longitude) or _nearest(_grid(False), latitude, longitude)


def _nearest(grid: Grid, latitude: float, longitude: float) -> ZipCode | None:
    for reach in (1, 2, 4):
        near = [
            (great_circle_miles(latitude, longitude, each.latitude or 0.0, each.longitude or 0.0), each)
            for each in _around(grid, latitude, longitude, reach)
        ]
        highest = min(abs(latitude) + reach * _CELL, 90)
        sure = reach * _CELL * _MILES_PER_DEGREE * math.cos(math.radians(highest))
        if near and (min(near)[0] <= sure or reach == 4):
            return min(near)[1]
    return None


def _around(grid: Grid, latitude: float, longitude: float, reach: int) -> Iterator[ZipCode]:
    row, column = _cell(latitude, longitude)
    for down in range(-reach, reach + 1):
        for across in range(-reach, reach + 1):
            yield from grid.get((row + down, (column + across) % _COLUMNS), ())


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return math.floor(latitude / _CELL), math.floor(longitude / _CELL) % _COLUMNS


@cache
def _grid(standard: bool) -> Grid:
    cells: defaultdict[tuple[int, int], list[ZipCode]] = defaultdict(list)
    for each in zip_codes():
        if each.is_standard is standard and each.latitude is not None and each.state not in MILITARY:
            cells[_cell(each.latitude, each.longitude or 0.0)].append(each)
    return {cell: tuple(members) for cell, members in cells.items()}
