import pytest
from django.http import QueryDict

from finder.views.filter_form import form_of_faults, miles_choices

pytestmark = pytest.mark.usefixtures("vocabulary")


def test_an_unusual_distance_is_offered_beside_the_usual_ones() -> None:
    assert miles_choices("60") == [
        ("5", False),
        ("10", False),
        ("25", False),
        ("50", False),
        ("60", True),
        ("100", False),
    ]


def test_a_distance_that_cannot_be_read_leaves_the_usual_one_chosen() -> None:
    assert [miles for miles, is_chosen in miles_choices("far") if is_chosen] == ["25"]


def test_the_needs_that_are_known_stay_asked_beside_one_that_is_not() -> None:
    form = form_of_faults(QueryDict("need=medicaid&need=unicorns&not=methadone"), {"need": ["?"]})
    assert form.kept == [("need", "medicaid"), ("not", "methadone")]
    assert form.is_faulty


def test_a_form_without_a_fault_stays_folded() -> None:
    assert not form_of_faults(QueryDict(""), {}).is_faulty


def test_times_that_cannot_be_read_stay_to_be_mended_and_an_unseen_zone_goes() -> None:
    typed = form_of_faults(QueryDict("from=6pm&zone=Mars"), {"from": ["?"], "zone": ["?"]}).typed
    assert typed["from"] == "6pm"
    assert "zone" not in typed


def test_ways_to_attend_and_fellowships_stay_asked_beside_a_fault() -> None:
    query = QueryDict("attend=hybrid&attend=x&fellowship=al_anon&fellowship=y&within=0")
    assert form_of_faults(query, {"within": ["?"]}).kept == [("fellowship", "al_anon"), ("attend", "hybrid")]


def test_room_stays_asked_beside_a_fault_and_is_not_offered_for_groups_alone() -> None:
    assert form_of_faults(QueryDict("available=1&within=0"), {"within": ["?"]}).has_room
    assert not form_of_faults(QueryDict("available=x"), {"available": ["?"]}).has_room
    assert form_of_faults(QueryDict("category=support_group&category=behavioral_health"), {}).offers_room
    assert not form_of_faults(QueryDict("category=support_group"), {}).offers_room
    assert form_of_faults(QueryDict("category=support_group&available=1"), {}).offers_room
