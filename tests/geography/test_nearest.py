import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from finder.geography.gazetteer import zip_codes
from finder.geography.nearest import nearest_zip_code
from finder.geography.position import great_circle_miles


@settings(max_examples=10, deadline=None)
@given(st.floats(26, 48), st.floats(-122, -82))
def test_no_standard_zip_code_is_nearer(latitude: float, longitude: float) -> None:
    nearest = min(
        great_circle_miles(latitude, longitude, each.latitude, each.longitude)
        for each in zip_codes()
        if each.is_standard and each.latitude is not None and each.longitude is not None
    )
    assume(nearest <= 60)  # of places further away none is promised to be the nearest
    found = nearest_zip_code(latitude, longitude)
    assert found is not None
    assert found.latitude is not None
    assert found.longitude is not None
    miles = great_circle_miles(latitude, longitude, found.latitude, found.longitude)
    assert miles == pytest.approx(nearest, abs=1e-6)


def test_a_town_with_post_office_boxes_alone_counts_where_there_is_no_other() -> None:
    found = nearest_zip_code(51.9, -177.5)
    assert found is not None
    assert found.city == "Adak"


@pytest.mark.parametrize(("latitude", "longitude"), [(51.5, -0.1), (0, 0), (90, 0), (-90, 180)])
def test_nothing_is_near_a_point_abroad(latitude: float, longitude: float) -> None:
    assert nearest_zip_code(latitude, longitude) is None
