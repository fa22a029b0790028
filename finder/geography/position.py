"""Positions on the unit sphere, stored as PostgreSQL `cube`: true nearest-neighbor order without PostGIS.

The chord between two points on the unit sphere grows with the great-circle distance between them,
so ordering by chord is ordering by distance, at the antimeridian and the poles too.
"""

import math
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler

Position = tuple[float, float, float]

EARTH_RADIUS_MILES = 3958.8

if TYPE_CHECKING:
    _PositionField = models.Field[Position | str | None, Position | None]
    _Lookup = models.Lookup[Any]
else:
    _PositionField = models.Field
    _Lookup = models.Lookup


def unit_vector(latitude: float, longitude: float) -> Position:
    phi, lam = math.radians(latitude), math.radians(longitude)
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)


def chord(miles: float) -> float:
    """The straight line on the unit sphere under an arc of so many miles; 2 for half the globe and more."""
    return 2 * math.sin(min(miles / (2 * EARTH_RADIUS_MILES), math.pi / 2))


def miles(chord: float) -> float:
    """The arc over a chord; rounding may carry a computed chord just past 2."""
    return 2 * EARTH_RADIUS_MILES * math.asin(min(chord / 2, 1.0))


def great_circle_miles(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> float:
    here = unit_vector(latitude, longitude)
    there = unit_vector(other_latitude, other_longitude)
    return miles(math.dist(here, there))


def position_literal(position: Position) -> str:
    """PostgreSQL's text form of a point; `repr` of a float loses nothing."""
    x, y, z = position
    return f"({float(x)!r},{float(y)!r},{float(z)!r})"


def position_from_literal(text: str) -> Position:
    x, y, z = (float(part) for part in text.strip().strip("()").split(","))
    return x, y, z


class CubeField(_PositionField):
    """A point on the unit sphere. Index it with GiST; needs PostgreSQL's `cube` extension."""

    description = "Position on the unit sphere"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "cube"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Position | None:
        return None if value is None else position_from_literal(value)

    def to_python(self, value: Any) -> Position | None:
        if value is None or value == "":
            return None
        if isinstance(value, str):
            return position_from_literal(value)
        x, y, z = value
        return x, y, z

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        if value is None or isinstance(value, str):
            return value
        return position_literal(value)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else position_literal(value)


class ChordDistance(models.Func):
    """`expression <-> position`: ordering by it walks a GiST index nearest first."""

    arg_joiner = " <-> "
    template = "(%(expressions)s::cube)"
    arity = 2

    def __init__(self, expression: str | Combinable, position: Position, **extra: Any) -> None:
        extra.setdefault("output_field", models.FloatField())
        super().__init__(expression, models.Value(position, output_field=CubeField()), **extra)


@CubeField.register_lookup
class Within(_Lookup):
    """`position__within=(position, chord)`: the box is what the index answers, the chord makes it exact."""

    lookup_name = "within"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        column, parameters = self.process_lhs(compiler, connection)
        position, chord = self.rhs
        point = position_literal(position)
        sql = f"({column} <@ cube_enlarge(%s::cube, %s, 3) AND ({column} <-> %s::cube) <= %s)"
        return sql, (*parameters, point, chord, *parameters, point, chord)
