import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("crisis_lines")


def test_lists_every_line_with_its_links(client: Client) -> None:
    page = client.get("/help-now/").content.decode()
    for href in ("tel:911", "tel:988", "sms:988", "sms:838255", "tel:+18002221222", "tel:+18009720590"):
        assert f'href="{href}"' in page


def test_begins_with_tonight(client: Client) -> None:
    main = client.get("/help-now/").content.decode().split("<main")[1]
    assert main.index("Need help tonight?") < main.index("<h1>")


@pytest.mark.parametrize(
    "core",
    ["Do not stop suddenly on your own", "Give naloxone", "your body can take less", "cannot be woken"],
)
def test_keeps_its_core(client: Client, core: str) -> None:
    assert core in client.get("/help-now/").content.decode()


def test_speaks_spanish(client: Client) -> None:
    page = client.get("/es/help-now/").content.decode()
    assert "No deje de golpe por su cuenta" in page
    assert "Línea Nacional de Ayuda de SAMHSA" in page
