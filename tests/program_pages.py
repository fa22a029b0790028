"""The pages of programs, in every state that they show apart."""

from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from finder.actions.indexing import index_listings
from finder.actions.replying import confirm_part, propose, state_room
from finder.actions.seen import mark_of
from finder.enums import CapacityCode, CapacityUnit, CareCategory, VerifiedPart
from finder.models import AskedListing, ChangeRequest, ServiceAtLocation
from tests.factories import PhoneFactory, ScheduleFactory, make_listing
from tests.programs import (
    AskedListingFactory,
    ClaimFactory,
    ContactFactory,
    code_page_of,
    page_of,
    stop_page_of,
)


def kept_by_its_program() -> AskedListing:
    listing = make_listing(
        name="Riverside Hospital",
        categories=CareCategory.values,
        yes=["medicaid", "medically_supervised"],
        no=["spanish"],
        service__url="https://riverside.example.org/",
        service__description="In their own words.",
    )
    PhoneFactory(listing=listing, number="828-555-0150", extension="14", description="Spanish", position=1)
    ScheduleFactory(listing=listing)
    ScheduleFactory(listing=listing, freq="MONTHLY", byday="2SA")
    index_listings([listing.pk])
    return AskedListingFactory(listing=listing)


def program_pages() -> dict[str, str]:
    """Their addresses by what they show."""
    new = kept_by_its_program()
    taken, private = (
        make_listing(name=name, confidential=name == "Quiet House") for name in ("Taken", "Quiet House")
    )
    index_listings([taken.pk, private.pk])
    for _ in range(3):
        ClaimFactory(listing=taken)
    claims = {
        "waits": ClaimFactory(),
        "was called": ClaimFactory(code_read=True, asked_at=timezone.now()),
        "is confirmed": ClaimFactory(confirmed=True),
        "has ended": ClaimFactory(ended=True),
    }
    changes = ("contact", "hours", "services", "words")
    return {
        "a claim": reverse("claim", args=[new.listing_id]),
        "a claim of what enough people asked for": reverse("claim", args=[taken.pk]),
        "a claim without a number": reverse("claim", args=[without_number().pk]),
        **{f"a claim that {how}": code_page_of(claim) for how, claim in claims.items()},
        "a program's page": page_of(new),
        "a program's page, answered": page_of(answered()),
        "a program's page, private": page_of(AskedListingFactory(listing=private)),
        **{f"a program changes {part}": f"{page_of(new)}?change={part}" for part in changes},
        "a link of nobody": "/program/4711.1vH000.xYz/",
        "the end of letters": stop_page_of(ContactFactory()),
        "letters ended": stop_page_of(ContactFactory(stopped=True)),
    }


def without_number() -> ServiceAtLocation:
    listing = make_listing(name="Silent House", phone="")
    index_listings([listing.pk])
    return listing


def answered() -> AskedListing:
    asked = kept_by_its_program()
    AskedListing.objects.filter(pk=asked.pk).update(forwarded_at=timezone.now())
    say(confirm_part, asked, "HOURS", part=VerifiedPart.HOURS)
    new_number = [["828-555-0199", "", "+18285550199", "MAIN"]]
    values = {"phones": new_number, "service.name": "Riverside", "service.url": ""}
    say(propose, asked, "CONTACT", subject="CONTACT", values=values)
    room = {"unit": CapacityUnit.DETOX_BEDS, "code": CapacityCode.YES, "available": 3}
    say(state_room, asked, "AVAILABILITY", **room)
    decide(asked)
    return asked


def decide(asked: AskedListing) -> None:
    editor, _made = User.objects.get_or_create(username="pages")
    decided = {"decided_at": timezone.now(), "decided_by": editor}
    requests = ChangeRequest.objects.filter(listing=asked.listing)
    requests.filter(field="service.name").update(status="ACCEPTED", **decided)
    requests.filter(field="service.url").update(status="REJECTED", **decided)


def say(verb: Any, asked: AskedListing, form: str, **said: Any) -> None:
    seen = AskedListing.objects.with_parts().get(pk=asked.pk)
    verb(asked=seen, mark=mark_of(seen, form), now=timezone.now(), **said)


def refused_forms() -> dict[str, tuple[str, dict[str, str]]]:
    """What is sent, and shown again with its faults."""
    asked = kept_by_its_program()
    page = page_of(asked)
    called = ClaimFactory(code_read=True, asked_at=timezone.now())
    return {
        "a claim without an address": (reverse("claim", args=[asked.listing_id]), {}),
        "a claim": (reverse("claim", args=[asked.listing_id]), {"email": "x@example.org", "language": "en"}),
        "no code": (code_page_of(called), {}),
        "a wrong code": (code_page_of(called), {"code": "000000"}),
        "nothing": (page, {}),
        "a press of another page": (page, {"verb": "all_right"}),
        "no room": (page, {"verb": "room", "subject": "AVAILABILITY", "unit": "DETOX_BEDS"}),
        "no colleague": (page, {"verb": "colleague", "subject": "COLLEAGUE"}),
        "every how often": (page, {"verb": "cadence", "subject": "CADENCE", "days": "1"}),
        **{
            f"an empty form of {part}": (f"{page}?change=x", {"verb": "change", "subject": part.upper()})
            for part in ("contact", "hours", "services", "words")
        },
        "not us": (page, {"verb": "not_us", "subject": "NOT_US", "mark": mark_of(fresh(asked), "NOT_US")}),
        "stop": (stop_page_of(ContactFactory()), {"verb": "stop"}),
    }


def fresh(asked: AskedListing) -> AskedListing:
    return AskedListing.objects.with_parts().get(pk=asked.pk)
