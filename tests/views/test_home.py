import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_one_form_asks_where_and_what_and_searches_by_address(client: Client, vocabulary: None) -> None:
    page = client.get("/").content.decode()
    assert '<form class="card stack column" action="/search/" method="get">' in page
    assert 'name="near"' in page
    assert page.count('name="category"') == 4
    assert page.count('type="submit"') == 1


def test_offers_only_needs_that_the_vocabulary_knows(client: Client, db: None) -> None:
    assert 'name="need"' not in client.get("/").content.decode()


def test_offers_the_needs_asked_most(client: Client, vocabulary: None) -> None:
    assert 'value="medicaid"' in client.get("/").content.decode()


def test_the_form_as_a_browser_sends_it_empty_is_a_search_for_all(client: Client, vocabulary: None) -> None:
    assert client.get("/search/?near=&category=").status_code == 200
