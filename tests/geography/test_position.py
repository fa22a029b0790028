import math

import pytest
from django.db import connection, models
from hypothesis import given
from hypothesis import strategies as st

from finder.geography.position import (
    EARTH_RADIUS_MILES,
    ChordDistance,
    CubeField,
    chord,
    great_circle_miles,
    miles,
    unit_vector,
)

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)
positions = st.builds(unit_vector, latitudes, longitudes)


@given(st.floats(0, math.pi * EARTH_RADIUS_MILES * 0.999))
def test_a_distance_survives_the_way_to_a_chord_and_back(distance: float) -> None:
    assert miles(chord(distance)) == pytest.approx(distance, rel=1e-6, abs=1e-9)


@given(st.floats(0, 6000), st.floats(0.01, 6000))
def test_a_longer_way_has_a_longer_chord(distance: float, more: float) -> None:
    assert chord(distance) < chord(distance + more)


def test_no_chord_is_longer_than_the_diameter() -> None:
    assert chord(1e9) == 2.0
    assert miles(2.0000001) == pytest.approx(math.pi * EARTH_RADIUS_MILES)


@given(latitudes, longitudes)
def test_every_position_is_on_the_unit_sphere(latitude: float, longitude: float) -> None:
    assert math.hypot(*unit_vector(latitude, longitude)) == pytest.approx(1)


@given(latitudes, longitudes, latitudes, longitudes)
def test_there_and_back_is_as_far(lat: float, lon: float, other_lat: float, other_lon: float) -> None:
    there = great_circle_miles(lat, lon, other_lat, other_lon)
    assert there == pytest.approx(great_circle_miles(other_lat, other_lon, lat, lon))


@given(latitudes, longitudes, latitudes, longitudes)
def test_the_distance_agrees_with_the_haversine_formula(
    lat: float, lon: float, other_lat: float, other_lon: float
) -> None:
    half_lat, half_lon = math.radians(other_lat - lat) / 2, math.radians(other_lon - lon) / 2
    cosines = math.cos(math.radians(lat)) * math.cos(math.radians(other_lat))
    root = math.sqrt(math.sin(half_lat) ** 2 + cosines * math.sin(half_lon) ** 2)
    expected = 2 * EARTH_RADIUS_MILES * math.asin(min(1, root))
    assert great_circle_miles(lat, lon, other_lat, other_lon) == pytest.approx(expected, abs=0.01)


def test_a_degree_of_a_meridian_is_about_sixty_nine_miles() -> None:
    assert great_circle_miles(35, -82, 36, -82) == pytest.approx(69.09, abs=0.01)


def test_both_sides_of_the_date_line_are_near() -> None:
    assert great_circle_miles(52, 179.9, 52, -179.9) == pytest.approx(8.5, abs=0.1)


@given(positions)
def test_a_position_is_written_and_read_without_loss(position: tuple[float, float, float]) -> None:
    field: CubeField = CubeField()
    assert field.to_python(field.get_prep_value(position)) == position
    assert field.from_db_value(field.get_prep_value(position), None, connection) == position


def test_the_spaced_form_of_postgresql_is_read() -> None:
    assert CubeField().from_db_value("(0.5, -1e-17, 1)", None, connection) == (0.5, -1e-17, 1.0)


def test_no_position_stays_none() -> None:
    field: CubeField = CubeField(null=True)
    assert field.from_db_value(None, None, connection) is None
    assert field.get_prep_value(None) is None
    assert field.to_python("") is None


def test_a_migration_can_write_the_field() -> None:
    _, path, arguments, keywords = CubeField(null=True, editable=False).deconstruct()
    assert (path, arguments) == ("finder.geography.position.CubeField", [])
    assert keywords == {"null": True, "editable": False}


class Spot(models.Model):  # noqa: DJ008
    position = CubeField(null=True)

    class Meta:
        app_label = "position_tests"
        managed = False


def test_a_fixture_carries_the_position() -> None:
    spot = Spot(position=(0.25, 0.5, -1.0))
    field = Spot._meta.get_field("position")
    assert field.value_to_string(spot) == "(0.25,0.5,-1.0)"
    assert field.to_python(field.value_to_string(spot)) == (0.25, 0.5, -1.0)
    assert field.value_to_string(Spot()) == ""


def test_nearest_first_compiles_to_the_operator_that_an_index_serves() -> None:
    sql, parameters = Spot.objects.order_by(
        ChordDistance("position", (1.0, 0.0, 0.0)), "pk"
    ).query.sql_with_params()
    assert 'ORDER BY ("position_tests_spot"."position" <-> %s::cube) ASC' in sql
    assert parameters == ("(1.0,0.0,0.0)",)


def test_within_compiles_to_an_indexed_box_and_an_exact_distance() -> None:
    query = Spot.objects.filter(position__within=((1.0, 0.0, 0.0), 0.5)).query
    sql, parameters = query.sql_with_params()
    column = '"position_tests_spot"."position"'
    assert f"({column} <@ cube_enlarge(%s::cube, %s, 3) AND ({column} <-> %s::cube) <= %s)" in sql
    assert parameters == ("(1.0,0.0,0.0)", 0.5, "(1.0,0.0,0.0)", 0.5)
