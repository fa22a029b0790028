import pytest

from finder.admin.shown import said
from tests.factories import TaxonomyTermFactory


@pytest.mark.django_db
def test_times_are_told_as_their_source_has_them() -> None:
    term = TaxonomyTermFactory(name="Example women's meeting")
    time = {"kind": "MEETING", "byday": "TU", "opens_at": "19:00:00", "terms": [term.pk], "source_slug": "a"}

    assert said("schedules", [time]) == "TU, 19:00:00, a, Example women's meeting"
    assert said("schedules", []) == "–"
