"""A county's list as a reader sees it."""

import re

from django.test import Client

PACK = "/packs/nc/buncombe-county/"


def page(client: Client, address: str = PACK) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    """As a reader sees them."""
    plain = re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", plain.replace("&#x27;", "'").replace("&amp;", "&")).replace(" .", ".")


def section(html: str, code: str) -> str:
    return words(html.split(f'<h2 class="{code}">')[1].split("</section>")[0])
