import pytest
from django.test import Client

from finder.views.robots import robots


def lines(client: Client) -> list[str]:
    answered = client.get("/robots.txt")
    assert answered.headers["Content-Type"] == "text/plain; charset=utf-8"
    return answered.content.decode().splitlines()


@pytest.mark.parametrize("path", ["/search/", "/es/search/", "/api/", "/desk/"])
def test_asks_engines_to_leave_searches_and_machines_alone(client: Client, path: str) -> None:
    assert f"Disallow: {path}" in lines(client)


def test_names_the_sitemap_by_its_whole_address(client: Client) -> None:
    assert "Sitemap: http://testserver/sitemap.xml" in lines(client)


def test_is_not_one_of_a_language(client: Client) -> None:
    assert robots.__module__ == "finder.views.robots"
    assert client.get("/es/robots.txt").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/search/", "/es/search/?near=28801", "/search/?near=qqqqqqq"])
def test_no_search_is_indexed(client: Client, address: str) -> None:
    assert client.get(address).headers["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.django_db
def test_the_first_page_is_indexed(client: Client) -> None:
    assert "X-Robots-Tag" not in client.get("/").headers
