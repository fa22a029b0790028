import uuid

import pytest
from django.test import Client
from django.urls import reverse

from finder.models import ServiceAtLocation
from tests.factories import make_listing

pytestmark = pytest.mark.django_db


def contact_of(listing: ServiceAtLocation) -> str:
    return reverse("vcard", args=[listing.pk])


def test_is_a_contact_whose_file_name_tells_nothing(client: Client) -> None:
    answered = client.get(contact_of(make_listing(name="Riverside Detox")))
    assert answered.headers["Content-Type"] == "text/vcard; charset=utf-8"
    assert answered.headers["Content-Disposition"] == 'attachment; filename="contact.vcf"'
    assert answered.content.startswith(b"BEGIN:VCARD\r\n")


def test_leads_back_to_the_page(client: Client) -> None:
    listing = make_listing()
    card = client.get(contact_of(listing)).content.decode().replace("\r\n ", "")
    assert f"http://testserver{listing.get_absolute_url()}" in card


def test_a_made_up_one_says_so(client: Client) -> None:
    assert b"made-up example" in client.get(contact_of(make_listing(demo=True))).content


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_what_is_not_public_is_not_there(client: Client, state: str) -> None:
    assert client.get(contact_of(make_listing(**{state: True}))).status_code == 404


def test_what_never_was_is_not_there(client: Client) -> None:
    assert client.get(reverse("vcard", args=[uuid.uuid4()])).status_code == 404
