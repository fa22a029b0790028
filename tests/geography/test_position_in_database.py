from collections.abc import Iterator

import pytest
from django.db import connection, models

from finder.geography.position import ChordDistance, CubeField, chord, great_circle_miles, miles, unit_vector

pytestmark = pytest.mark.django_db

ASHEVILLE = (35.5951, -82.5515)
PLACES = {
    "Asheville": ASHEVILLE,
    "Charlotte": (35.2271, -80.8431),
    "Raleigh": (35.7796, -78.6382),
    "West of the date line": (51.9, 179.9),
    "East of the date line": (51.9, -179.9),
}


class Town(models.Model):  # noqa: DJ008
    name = models.TextField()
    position = CubeField(null=True)

    class Meta:
        app_label = "position_tests"
        managed = False


@pytest.fixture(autouse=True)
def towns() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS cube")
        cursor.execute(
            "CREATE TEMPORARY TABLE position_tests_town (id serial PRIMARY KEY, name text, position cube)"
        )
        cursor.execute("CREATE INDEX town_position ON position_tests_town USING gist (position)")
    Town.objects.bulk_create(Town(name=name, position=unit_vector(*at)) for name, at in PLACES.items())
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE position_tests_town")


def test_a_position_comes_back_as_it_was_stored() -> None:
    assert Town.objects.get(name="Asheville").position == unit_vector(*ASHEVILLE)


def test_an_unknown_position_comes_back_as_none() -> None:
    town = Town.objects.create(name="Somewhere", position=None)
    assert Town.objects.get(pk=town.pk).position is None


def test_the_database_measures_what_python_measures() -> None:
    towns = Town.objects.annotate(chord=ChordDistance("position", unit_vector(*ASHEVILLE))).order_by("pk")
    measured = {town.name: miles(town.chord) for town in towns}
    assert measured == pytest.approx({n: great_circle_miles(*ASHEVILLE, *at) for n, at in PLACES.items()})


def test_the_nearest_come_first_across_the_date_line() -> None:
    here = unit_vector(51.9, 179.8)
    names = Town.objects.order_by(ChordDistance("position", here), "pk").values_list("name", flat=True)
    assert list(names[:2]) == ["West of the date line", "East of the date line"]


@pytest.mark.parametrize(("radius", "names"), [(90, ["Asheville"]), (105, ["Asheville", "Charlotte"])])
def test_within_keeps_to_the_radius(radius: float, names: list[str]) -> None:
    near = Town.objects.filter(position__within=(unit_vector(*ASHEVILLE), chord(radius))).order_by("name")
    assert [town.name for town in near] == names


def test_the_corners_of_the_box_are_not_within() -> None:
    Town.objects.create(name="Corner", position=(0.6, 0.6, 0.6))
    inside = Town.objects.filter(position__within=((0.5, 0.5, 0.5), 0.11))
    assert not inside.exists()


def test_the_index_serves_both_the_order_and_the_radius() -> None:
    here = unit_vector(*ASHEVILLE)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    nearest = Town.objects.annotate(chord=ChordDistance("position", here)).order_by("chord").explain()
    within = Town.objects.filter(position__within=(here, chord(50))).explain()
    assert "town_position" in nearest
    assert "Order By" in nearest
    assert "town_position" in within


def test_a_stored_position_can_be_rewritten() -> None:
    Town.objects.filter(name="Raleigh").update(position=unit_vector(*ASHEVILLE))
    assert Town.objects.get(name="Raleigh").position == unit_vector(*ASHEVILLE)
