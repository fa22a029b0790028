"""Whatever goes wrong is said in JSON, in one form."""

import pytest
from django.test import Client

ADDRESSES = ["/api/search", "/api/vocabulary", "/api/openapi.json"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_only_reads(address: str, method: str) -> None:
    answered = getattr(Client(enforce_csrf_checks=True), method)(address)
    assert answered.status_code == 405
    assert answered.headers["Allow"] == "GET, HEAD"
    assert answered.json() == {"errors": {"request": ["The API only reads: use GET."]}}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_answers_a_head_request_without_a_body(client: Client, address: str) -> None:
    answered = client.head(address)
    assert answered.status_code == 200
    assert answered.content == b""


@pytest.mark.parametrize("address", ["/api/nothing", "/api/search/", "/api/listings/1"])
def test_an_address_that_is_not_there_is_said_in_json(client: Client, address: str) -> None:
    answered = client.get(address)
    assert answered.status_code == 404
    sentence = "There is no such address. The API is described at /api/."
    assert answered.json() == {"errors": {"request": [sentence]}}


@pytest.mark.django_db
def test_whoever_accepts_only_something_else_gets_json(client: Client) -> None:
    answered = client.get("/api/search", headers={"Accept": "text/html"})
    assert answered.status_code == 200
    assert answered.headers["Content-Type"] == "application/json"


@pytest.mark.django_db
def test_the_answer_is_for_every_reader_alike(client: Client) -> None:
    answered = client.get("/api/search", headers={"Authorization": "Bearer x"})
    assert not answered.cookies
    assert "Cookie" not in answered.headers.get("Vary", "")
    assert "Allow" not in answered.headers
