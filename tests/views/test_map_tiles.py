from django.test import Client
from pytest_django import Settings


def policy(client: Client) -> str:
    return client.get("/healthz").headers["Content-Security-Policy"]


def test_without_a_tile_server_pictures_are_ours(client: Client, settings: Settings) -> None:
    settings.MAP_TILES_URL = ""
    assert "img-src 'self' data:;" in policy(client)


def test_pictures_may_come_from_the_operators_tile_server(client: Client, settings: Settings) -> None:
    settings.MAP_TILES_URL = "https://tiles.example.org/{z}/{x}/{y}.png"
    assert "img-src 'self' data: https://tiles.example.org;" in policy(client)
