"""Every page that anyone may read, in every state that it shows apart."""

from datetime import date, timedelta

from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from finder.actions.guidance import take_down
from finder.actions.indexing import index_listings
from finder.enums import CapacityCode, CapacityUnit, CareCategory, Outcome, ServiceStatus, VerifiedPart
from finder.models import Guidance, ServiceAtLocation
from tests.alert_pages import alert_pages
from tests.factories import (
    HowToJoinFactory,
    ImportRunFactory,
    ScheduleFactory,
    SourceFactory,
    SourceRecordFactory,
    make_listing,
)
from tests.made_up_checks import checked, doubted, told_of_room
from tests.made_up_lists import entry, shared, taken_out
from tests.made_up_voices import voice_pages
from tests.program_pages import program_pages

SEARCHES = {
    "everything": "/search/",
    "results": "/search/?near=28801&need=medicaid&need=buprenorphine&not=methadone",
    "room now": "/search/?near=28801&available=1",
    "may fit only": "/search/?near=28801&need=spanish",
    "words that call for a text": "/search/?q=kratom+xanax",
    "corrected": "/search/?near=Ashevile&q=rivreside",
    "nothing found": "/search/?near=99501&within=5&need=medicaid",
    "a plan": "/plan/?near=28801&substance=opioids&substance=kratom&need=medicaid&situation=sleep_trouble",
    "a plan without a place": "/plan/?substance=ghb&situation=under_18&situation=for_my_child",
    "a plan of gaps": "/plan/?near=99501&substance=alcohol&need=spanish",
    "a plan, misspelt": "/plan/?near=Ashevile",
    "a plan refused": "/plan/?near=Qwxyzt&substance=x&situation=x&within=0",
    "next 24 hours": "/next/?near=28801",
    "next 24 hours online": "/next/?near=online",
    "nothing next": "/next/?near=99501&category=support_group",
    "next 24 hours, misspelt": "/next/?near=Qwxyzt",
    "every fault": "/search/?near=28899&within=0&category=x&need=x&not=x&sort=x&page=x&q=" + "x" * 201,
}
OTHERS = {
    "home": "/",
    "questions for a plan": "/plan/",
    "help now": "/help-now/",
    "next 24 hours, without a place": "/next/",
    "about": "/about/",
    "lists to print, by state": "/packs/",
    "lists to print, by county": "/packs/nc/",
    "list of a county": "/packs/nc/buncombe-county/",
    "list of a county without listings": "/packs/nc/madison-county/",
    "accuracy": "/accuracy/",
    "guidance": "/guidance/",
    "a text": "/guidance/kratom-and-7-oh/",
    "a text with steps": "/guidance/how-to-call/",
    "an overdue text": "/guidance/after-detox/",
    "a text taken down": "/guidance/paying-for-it/",
    "the API": "/api/",
    "suggesting a place": "/suggest/",
    "looking up a report": "/reports/",
    "an unknown reference": "/reports/CDFGHJKM/",
    "opening a list": "/l/",
    "a wrong code of a list": "/l/?code=K7CM-4X9P-4DTH",
    "a list that does not open": "/l/made-up/",
    "no such page": "/nowhere/",
}


def public_pages() -> dict[str, str]:
    """Their addresses by what they show, in both languages. Makes the listings that they show."""
    call_command("loaddata", "crisis_lines", "guidance", verbosity=0)
    Guidance.objects.filter(slug="after-detox").update(review_due_on=date(2020, 1, 1))
    take_down_for_pages("paying-for-it")
    pages = OTHERS | SEARCHES | listing_pages() | program_pages() | alert_pages()
    return pages | {f"{name}, in Spanish": f"/es{address}" for name, address in pages.items()}


def take_down_for_pages(slug: str) -> None:
    editor, _ = User.objects.get_or_create(username="pages")
    take_down(guidance=Guidance.objects.get(slug=slug), reason="A test", by=editor, now=timezone.now())


def listing_pages() -> dict[str, str]:
    made = {
        "a full listing": make_listing(
            name="Riverside Detox",
            categories=CareCategory.values,
            yes=["medicaid", "medically_supervised", "veterans_affairs", "buprenorphine"],
            no=["spanish"],
            phone="828-555-0142 ext. 14",
            service__description="In their own words.",
            service__url="https://riverside.example.org/",
            service__status=ServiceStatus.TEMPORARILY_CLOSED,
        ),
        "a disputed listing": make_listing(
            name="Riverside Withdrawal Unit", categories=[CareCategory.WITHDRAWAL_MANAGEMENT]
        ),
        "a bare listing": make_listing(name="Riverside Counseling", phone="", stated_on=date(2019, 1, 1)),
        "a private address": make_listing(name="Riverside House", confidential=True),
        "a meeting online": make_listing(
            name="Riverside Online",
            online=True,
            categories=[CareCategory.SUPPORT_GROUP],
            yes=["alcoholics_anonymous", "open_meeting", "beginners_meeting"],
            no=["in_person"],
        ),
        "a group": make_listing(
            name="Riverside Group",
            categories=[CareCategory.SUPPORT_GROUP],
            location__position_is_approximate=True,
            location__address_1="",
        ),
        "a group closed for now": make_listing(
            name="Riverside Lunch Group", categories=[CareCategory.SUPPORT_GROUP]
        ),
        "an example": make_listing(name="Example Riverside Group", demo=True, yes=["medicaid"]),
    }
    ScheduleFactory(listing=made["a full listing"])
    make_meetings(made["a meeting online"], made["a group"], made["a group closed for now"])
    SourceRecordFactory(listing=made["a bare listing"], missing=True)
    index_listings([listing.pk for listing in made.values()])
    checked(made["a full listing"], VerifiedPart.CONTACT)
    told_of_room(made["a full listing"], available=2)
    told_of_room(made["a full listing"], CapacityCode.WAITLIST, unit=CapacityUnit.OUTPATIENT)
    doubted(made["a disputed listing"], Outcome.WRONG_NUMBER)
    doubted(made["a group"], Outcome.NOBODY_THERE)
    voices = voice_pages(made["a full listing"], made["a group"])
    found = {name: listing.get_absolute_url() for name, listing in made.items()}
    shown = list(made.values())
    return voices | found | comparisons(shown) | list_pages(shown)


def list_pages(listings: list[ServiceAtLocation]) -> dict[str, str]:
    """Shared ones: as they were put together, as a plan brought them, and with nothing on it."""
    gone, changed = make_listing(name="Riverside Annex"), make_listing(name="Riverside Moved")
    index_listings([gone.pk, changed.pk])
    long_ago = timezone.now() - timedelta(days=2)
    legs = [entry(each, section=each.service.categories[0], note="Ask.", is_shown=True) for each in listings]
    starts = " ".join(f"{category}:now" for category in CareCategory.values)
    pages = {
        "a list": shared(*listings).page,
        "a list of a plan": shared(*legs, gone, changed, starts=starts, at=long_ago).page,
        "a list on paper": shared(*listings[:2], is_paper=True).page,
        "an empty list": shared().page,
    }
    taken_out(gone)
    changed.phones.update(number="828-555-0188", number_e164="+18285550188")
    by_code = shared(gone, listings[-1], at=long_ago)
    return pages | {"a list by its code": f"/l/{by_code.code}/"}


def comparisons(made: list[ServiceAtLocation]) -> dict[str, str]:
    """Of four with all that a page shows, of two, and of one, which is none."""
    keys = [f"listing={listing.pk}" for listing in made]
    return {
        "four compared": f"/list/compare/?{'&'.join(keys[:4])}&near=28801",
        "two compared": f"/list/compare/?{'&'.join(keys[4:6])}&near=Ashevile",
        "too many compared": f"/list/compare/?{'&'.join(keys)}&listing=x&{keys[0]}&near=Qwxyzt",
        "one to compare": f"/list/compare/?{keys[0]}",
        "nothing to compare": "/list/compare/",
    }


def make_meetings(online: ServiceAtLocation, group: ServiceAtLocation, closed: ServiceAtLocation) -> None:
    """Daily, so that the next 24 hours hold some on any day."""
    HowToJoinFactory(schedule=ScheduleFactory(listing=online, meeting=True, online=True, byday=""))
    ScheduleFactory(listing=online, meeting=True, online=True, opens_at=None, closes_at=None)
    ScheduleFactory(listing=group, meeting=True, byday="", name="Riverside Evening", notes="Bring tea.")
    ScheduleFactory(listing=group, meeting=True, closed_for_now=True)
    ScheduleFactory(listing=closed, meeting=True, closed_for_now=True)
    feed = SourceFactory(
        slug="river-intergroup",
        fellowship="aa",
        format="meeting_guide",
        feedback_url="https://river.example.org/mistake",
    )
    SourceRecordFactory(listing=group, source=feed)
    ImportRunFactory(source=feed, format=feed.format)
