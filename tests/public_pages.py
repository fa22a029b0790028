"""Every page that anyone may read, in every state that it shows apart."""

from datetime import date

from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from finder.actions.guidance import take_down
from finder.actions.indexing import index_listings
from finder.enums import CareCategory, ServiceStatus
from finder.models import Guidance
from tests.factories import ScheduleFactory, SourceRecordFactory, make_listing

SEARCHES = {
    "everything": "/search/",
    "results": "/search/?near=28801&need=medicaid&need=buprenorphine&not=methadone",
    "may fit only": "/search/?near=28801&need=spanish",
    "words that call for a text": "/search/?q=kratom+xanax",
    "corrected": "/search/?near=Ashevile&q=rivreside",
    "nothing found": "/search/?near=99501&within=5&need=medicaid",
    "every fault": "/search/?near=28899&within=0&category=x&need=x&not=x&sort=x&page=x&q=" + "x" * 201,
}
OTHERS = {
    "home": "/",
    "help now": "/help-now/",
    "about": "/about/",
    "guidance": "/guidance/",
    "a text": "/guidance/kratom-and-7-oh/",
    "a text with steps": "/guidance/how-to-call/",
    "an overdue text": "/guidance/after-detox/",
    "a text taken down": "/guidance/paying-for-it/",
    "the API": "/api/",
    "no such page": "/nowhere/",
}


def public_pages() -> dict[str, str]:
    """Their addresses by what they show, in both languages. Makes the listings that they show."""
    call_command("loaddata", "crisis_lines", "guidance", verbosity=0)
    Guidance.objects.filter(slug="after-detox").update(review_due_on=date(2020, 1, 1))
    take_down_for_pages("paying-for-it")
    pages = OTHERS | SEARCHES | listing_pages()
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
        "a bare listing": make_listing(name="Riverside Counseling", phone="", stated_on=date(2019, 1, 1)),
        "a private address": make_listing(name="Riverside House", confidential=True),
        "a meeting online": make_listing(
            name="Riverside Online", online=True, categories=[CareCategory.SUPPORT_GROUP]
        ),
        "an example": make_listing(name="Example Riverside Group", demo=True, yes=["medicaid"]),
    }
    ScheduleFactory(listing=made["a full listing"])
    ScheduleFactory(listing=made["a meeting online"], meeting=True)
    SourceRecordFactory(listing=made["a bare listing"], missing=True)
    index_listings([listing.pk for listing in made.values()])
    return {name: listing.get_absolute_url() for name, listing in made.items()}
