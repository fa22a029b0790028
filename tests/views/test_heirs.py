"""Old addresses of merged listings, which people keep and print."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from finder.actions.indexing import index_listings
from finder.actions.merging import KEPT, accept_merge, differences
from finder.actions.parting import undo_merge
from finder.models import Merge, ServiceAtLocation
from tests.factories import ScheduleFactory, make_listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def listed(name: str) -> ServiceAtLocation:
    listing = make_listing(name=name)
    ScheduleFactory(listing=listing)
    index_listings([listing.pk])
    return listing


def merged(duplicate: ServiceAtLocation, into: ServiceAtLocation) -> Merge:
    merge = Merge.objects.create(listing=into, duplicate=duplicate, reason="Same", proposed_at=NOW)
    by, _ = User.objects.get_or_create(username="eddie")
    accept_merge(merge=merge, choices={each.part: KEPT for each in differences(merge)}, by=by, now=NOW)
    return merge


def where(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 301, answer.status_code
    return answer.headers["Location"]


def test_every_address_of_the_duplicate_leads_to_the_kept_one(client: Client) -> None:
    kept, duplicate = listed("Riverside"), listed("Riverside Two")
    schedule = duplicate.schedules.get().pk
    old, new = duplicate.get_absolute_url(), kept.get_absolute_url()
    merged(duplicate, kept)
    assert where(client, old) == new
    assert where(client, f"/es{old}") == f"/es{new}"
    assert where(client, f"/listings/{duplicate.pk}/contact.vcf") == f"/listings/{kept.pk}/contact.vcf"
    assert where(client, f"/listings/{duplicate.pk}/calendar.ics") == f"/listings/{kept.pk}/calendar.ics"
    of_meeting = f"/listings/{duplicate.pk}/{schedule}/calendar.ics"
    assert where(client, of_meeting) == f"/listings/{kept.pk}/calendar.ics"
    assert client.get(new).status_code == 200


def test_it_leads_through_later_merges(client: Client) -> None:
    first, second, third = listed("First"), listed("Second"), listed("Third")
    old = first.get_absolute_url()
    merged(first, second)
    merged(second, third)
    assert where(client, old) == third.get_absolute_url()


def test_parted_it_is_itself_again(client: Client) -> None:
    kept, duplicate = listed("Riverside"), listed("Riverside Two")
    undo_merge(merge=merged(duplicate, kept), by=User.objects.get(), now=NOW)
    assert client.get(duplicate.get_absolute_url()).status_code == 200


def test_what_was_never_listed_is_absent(client: Client) -> None:
    assert client.get(f"/listings/{uuid4()}/x/").status_code == 404
    draft = make_listing(draft=True)
    assert client.get(draft.get_absolute_url()).status_code == 404
