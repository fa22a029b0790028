"""Beside each difference in the history: put back."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from finder.models import (
    Service,
    ServiceAtLocation,
)
from finder.models.history import events_of
from tests.admin.conftest import desk_of
from tests.admin.test_listings import form_of, url_of
from tests.factories import ListingFactory, PhoneFactory

pytestmark = pytest.mark.django_db


def a_listing(name: str = "Riverside") -> ServiceAtLocation:
    """That no source speaks of."""
    return ListingFactory(service__name=name)


def page_of(listing: ServiceAtLocation) -> str:
    return reverse("admin:finder_serviceatlocation_history", args=[listing.pk])


def buttons(html: str) -> list[dict[str, str]]:
    forms = re.findall(r'<form method="post" action="[^"]*put-back/".*?</form>', html, re.DOTALL)
    return [dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)) for form in forms]


def test_each_difference_can_be_put_back(editor: User) -> None:
    listing = a_listing()
    client = desk_of(editor)
    client.post(url_of(listing), form_of(listing, service__name="Hillside", location__city="Arden"))
    sent = next(
        button
        for button in buttons(client.get(page_of(listing)).content.decode())
        if button["field"] == "name"
    )
    answer = client.post(reverse("admin:put_back"), sent, follow=True)
    assert answer.redirect_chain == [(page_of(listing), 302)]
    assert "Put back. Readers see it now." in answer.content.decode()
    saved = ServiceAtLocation.objects.with_parts().get()
    assert (saved.service.name, saved.location.city) == ("Riverside", "Arden")


def test_a_removed_number_can_be_put_back(editor: User) -> None:
    listing = a_listing()
    PhoneFactory(listing=listing, number="828-555-0177")
    listing.phones.all().delete()
    client = desk_of(editor)
    (sent,) = buttons(client.get(page_of(listing)).content.decode())
    client.post(reverse("admin:put_back"), sent)
    assert [phone.number for phone in listing.phones.all()] == ["828-555-0177"]
    assert buttons(client.get(page_of(listing)).content.decode()) == []


def test_what_says_again_what_it_said_has_no_button(editor: User) -> None:
    service = a_listing().service
    for name in ("Hillside", "Riverside"):
        Service.objects.update(name=name)
    html = desk_of(editor).get(page_of(ServiceAtLocation.objects.get())).content.decode()
    assert service.name == "Riverside"
    assert [button["field"] for button in buttons(html)] == ["name"]


def test_two_who_put_back_at_once_do_not_overwrite_each_other(editor: User) -> None:
    listing = a_listing()
    client = desk_of(editor)
    client.post(url_of(listing), form_of(listing, service__name="Hillside"))
    (sent,) = buttons(client.get(page_of(listing)).content.decode())
    Service.objects.update(name="Hilltop")
    answer = client.post(reverse("admin:put_back"), sent, follow=True)
    assert "Someone changed it since you opened this page." in answer.content.decode()
    assert Service.objects.get().name == "Hilltop"


def test_a_case_worker_sees_the_history_and_puts_nothing_back(case_worker: User, editor: User) -> None:
    listing = a_listing()
    Service.objects.update(name="Hillside")
    client = desk_of(case_worker)
    assert buttons(client.get(page_of(listing)).content.decode()) == []
    event = events_of(Service).get().pk
    sent = {"model": "service", "event": event, "field": "name"}
    assert client.post(reverse("admin:put_back"), sent).status_code == 403
    assert desk_of(editor).get(reverse("admin:put_back")).status_code == 405
    assert Service.objects.get().name == "Hillside"


@pytest.mark.parametrize("sent", [{}, {"model": "user", "event": "1"}, {"model": "service", "event": "x"}])
def test_nonsense_is_told_and_leads_nowhere_else(sent: dict[str, str], editor: User) -> None:
    answer = desk_of(editor).post(
        reverse("admin:put_back"), {**sent, "back": "https://elsewhere.example/"}, follow=True
    )
    assert answer.redirect_chain == [(reverse("admin:index"), 302)]
    assert "This change is not known." in answer.content.decode()
