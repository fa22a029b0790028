import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from finder.admin import review_by_rule
from finder.models import ChangeRequest, Location
from tests.admin.conftest import desk_of
from tests.samples import facility, import_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

RULE = {"source": "samhsa-su", "field": "location.city"}


@pytest.fixture
def many(vocabulary: None) -> None:
    rows = [facility(f"Example {number:02}", street1=f"{number:02} Street") for number in range(25)]
    import_rows(*rows, edition=2022)
    Location.objects.update(city="West Asheville")
    import_rows(*[row | {"city": "Arden"} for row in rows], edition=2024)


def page(client: Client, **asked: str) -> str:
    return client.get(reverse("admin:questions_by_rule"), asked).content.decode()


def post(client: Client, verb: str, **asked: object) -> str:
    up_to = ChangeRequest.objects.latest("pk").pk
    sent = {**RULE, "verb": verb, "up_to": up_to, **asked}
    return client.post(reverse("admin:questions_by_rule"), sent, follow=True).content.decode()


@pytest.mark.usefixtures("many")
def test_sources_and_fields_are_offered_with_how_many_questions(editor: User) -> None:
    html = page(desk_of(editor))
    assert "?source=samhsa-su&amp;field=location.city" in html
    assert "<td>25</td>" in html


@pytest.mark.usefixtures("many")
def test_first_it_shows_what_would_change(editor: User) -> None:
    html = page(desk_of(editor), **RULE)
    assert "25 listings say something else, as people wrote." in html
    assert len(set(re.findall(r"Example \d\d", html))) == 20
    assert html.count("<td>West Asheville</td>") == html.count("<td>Arden</td>") == 20
    assert "The first 20 of 25." in html
    assert f'name="up_to" value="{ChangeRequest.objects.latest("pk").pk}"' in html


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(("verb", "city"), [("accept", "Arden"), ("reject", "West Asheville")])
def test_then_all_of_it_is_answered_at_once(verb: str, city: str, editor: User) -> None:
    html = post(desk_of(editor), verb)
    assert "25 questions decided." in html
    assert "No import asks anything now." in html
    assert set(Location.objects.values_list("city", flat=True)) == {city}
    assert set(ChangeRequest.objects.values_list("decided_by", flat=True)) == {editor.pk}


@pytest.mark.usefixtures("many")
def test_of_very_many_the_rest_is_shown_again(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review_by_rule, "MOST_AT_ONCE", 20)
    assert "Take what the source says in 20" in page(desk_of(editor), **RULE)
    html = post(desk_of(editor), "accept")
    assert "20 questions decided." in html
    assert "5 listings say something else" in html


@pytest.mark.usefixtures("many")
def test_a_listing_that_changed_meanwhile_is_left_and_told(editor: User) -> None:
    Location.objects.filter(address_1="07 Street").update(city="Candler")
    html = post(desk_of(editor), "accept")
    assert "24 questions decided." in html
    assert "1 question is left: its listing has changed since it was asked." in html
    assert "Example 07" in html


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("sent", [{"verb": "destroy"}, {"up_to": "x"}, {"up_to": ""}, {"source": "nobody"}])
def test_nonsense_decides_nothing(sent: dict[str, str], editor: User) -> None:
    post(desk_of(editor), **{"verb": "accept", **sent})
    assert ChangeRequest.objects.filter(decided_by=None).count() == 25


@pytest.mark.usefixtures("many")
def test_a_case_worker_answers_nothing(case_worker: User) -> None:
    client = desk_of(case_worker)
    assert client.get(reverse("admin:questions_by_rule")).status_code == 403
    post(client, "accept")
    assert ChangeRequest.objects.filter(decided_by=None).count() == 25
