"""The background of the map: none, unless the operator names a tile server."""

from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings


class Tiles(NamedTuple):
    url: str
    credit: str


def tiles() -> Tiles:
    return Tiles(settings.MAP_TILES_URL, settings.MAP_TILES_CREDIT)


def tiles_host() -> str:
    """For the content security policy; empty without a server of the operator's."""
    parts = urlsplit(settings.MAP_TILES_URL)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
