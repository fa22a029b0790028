import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_one_form_asks_for_a_plan_and_sends_it_by_post(client: Client, vocabulary: None) -> None:
    page = client.get("/").content.decode()
    form = page.split('action="/plan/"')[1].split("</form>")[0]
    assert form.startswith(' method="post"')
    for name in ("near", "substance", "situation", "need"):
        assert f'name="{name}"' in form
    assert "checked" not in form


def test_the_quick_search_stays_beside_it_and_searches_by_address(client: Client, vocabulary: None) -> None:
    page = client.get("/").content.decode()
    form = page.split('action="/search/"')[1].split("</form>")[0]
    assert form.startswith(' method="get"')
    assert 'name="near"' in form
    assert form.count('name="category"') == 4


def test_offers_only_needs_that_the_vocabulary_knows(client: Client, db: None) -> None:
    assert 'name="need"' not in client.get("/").content.decode()


def test_offers_the_needs_asked_most(client: Client, vocabulary: None) -> None:
    assert 'value="medicaid"' in client.get("/").content.decode()


def test_the_form_as_a_browser_sends_it_empty_is_a_search_for_all(client: Client, vocabulary: None) -> None:
    assert client.get("/search/?near=&category=").status_code == 200
