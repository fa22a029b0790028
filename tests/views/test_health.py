from collections.abc import Callable
from unittest.mock import patch

import pytest
from django.db import DatabaseError
from django.test import Client

from finder.models import ListingIndex
from tests.factories import ListingFactory


def test_the_process_answers_without_the_database(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_an_empty_directory_is_ready(client: Client) -> None:
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_not_ready_while_the_index_is_empty(client: Client) -> None:
    ListingFactory()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"index is empty" in response.content


def test_ready_with_an_index(client: Client, listed: Callable[..., object]) -> None:
    listed()
    assert ListingIndex.objects.exists()
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_not_ready_without_the_database(client: Client) -> None:
    with patch("finder.views.health.index_is_built", side_effect=DatabaseError):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert b"database does not answer" in response.content
