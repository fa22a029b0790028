"""The shipped data: it loads into an empty directory, and the demonstration shows the whole product."""

import re
from datetime import date

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Count, F, Model, Q, QuerySet

from finder.actions.demonstration import remove_demonstration
from finder.actions.indexing import rebuild_index, untrue_rows
from finder.enums import CareCategory, EditorialStatus
from finder.models import (
    ChangeRequest,
    CrisisLine,
    HowToJoin,
    ListingIndex,
    Location,
    Merge,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    Source,
    SourceRecord,
    Statement,
    TaxonomyTerm,
)
from finder.schedules import faults
from finder.text import read_phone
from tests.factories import make_listing

pytestmark = pytest.mark.django_db

REGIONS = {
    "western North Carolina": ["NC"],
    "New York City": ["NY"],
    "El Paso and southern New Mexico": ["TX", "NM"],
}
DEMONSTRATION = (
    Organization, Service, Location, ServiceAtLocation, Phone,
    Schedule, HowToJoin, Statement, SourceRecord, ChangeRequest, Merge,
)  # fmt: skip
PEOPLE = ("PHONE", "SITE_VISIT", "PROVIDER")
LAST_CHECK_BEFORE_THE_RELEASE = date(2026, 11, 22)
ABOVE_ANY_REAL_ID = 1_000_000_000


@pytest.fixture(autouse=True)
def shipped_data(db: None) -> None:
    for name in ("sources", "vocabulary", "crisis_lines", "demo"):
        call_command("loaddata", name, verbosity=0)


def listings(**conditions: object) -> QuerySet[ServiceAtLocation]:
    return ServiceAtLocation.objects.filter(**conditions)


def stated(slug: str, *, answer: str = "affirmed", **conditions: object) -> QuerySet[Statement]:
    term = TaxonomyTerm.objects.get(slug=slug)
    return Statement.objects.filter(**{f"{answer}__contains": [term.pk]}, **conditions)


def detox_that_says_nothing_of_supervision() -> QuerySet[ServiceAtLocation]:
    said = stated("medically_supervised") | stated("medically_supervised", answer="denied")
    return listings(service__categories__contains=[CareCategory.WITHDRAWAL_MANAGEMENT]).exclude(
        statements__in=said
    )


def affirmed_by_the_provider_denied_to_staff(slug: str) -> QuerySet[Statement]:
    provider = stated(slug, source="provider").values("listing")
    return stated(slug, answer="denied", source="staff", listing__in=provider)


def mental_health_only() -> QuerySet[Statement]:
    mental_health = stated("mental_health").values("listing")
    return stated("substance_use_treatment", answer="denied", listing__in=mental_health)


def hybrid() -> QuerySet[ServiceAtLocation]:
    return listings(statements__in=stated("online")).filter(statements__in=stated("in_person"))


def test_all_rows_are_valid() -> None:
    for model in apps.get_app_config("finder").get_models():
        if model._meta.model_name.endswith("event"):
            continue
        # An import writes it, often empty; no form ever shows it.
        machine_written = {"unknown"} if model is SourceRecord else set()
        for row in model._default_manager.all():
            row.full_clean(exclude=machine_written)


def test_the_demonstration_has_about_sixty_listings() -> None:
    assert 55 <= ServiceAtLocation.objects.demonstration().count() <= 65
    assert not ServiceAtLocation.objects.real().exists()


def test_every_name_says_example() -> None:
    for model in (Organization, Service):
        assert not model._default_manager.exclude(name__startswith="Example ").exists()


def test_every_street_says_example() -> None:
    assert not Location.objects.exclude(Q(address_1="") | Q(address_1__contains=" Example ")).exists()


def test_every_phone_number_is_one_that_nobody_has() -> None:
    area_codes = r"(828|212|718|915|575)"
    for phone in Phone.objects.all():
        assert re.fullmatch(area_codes + r"-555-01\d\d", phone.number)
        assert read_phone(phone.number).number_e164 == phone.number_e164


def test_joining_leads_to_nobody() -> None:
    for way in HowToJoin.objects.all():
        assert way.url.startswith("https://meet.example.org/example-") or not way.url
        number = way.phone.removeprefix("+1-").split(",")[0]
        assert re.fullmatch(r"\d{3}-555-01\d\d", number) or not way.phone


def test_every_schedule_can_be_told() -> None:
    for schedule in Schedule.objects.select_related("listing__location", "service", "location"):
        assert not faults(schedule.recurrence(schedule.timezone)), schedule


def test_websites_are_reserved_for_examples() -> None:
    links = [
        *Organization.objects.values_list("website", flat=True),
        *Service.objects.values_list("url", flat=True),
    ]
    assert {link.startswith("https://example.org/") for link in links if link} == {True}


def test_made_up_facts_are_not_laid_to_a_public_directory() -> None:
    assert set(Statement.objects.filter(method="IMPORT").values_list("source", flat=True)) == {"demo"}
    assert set(SourceRecord.objects.values_list("source", flat=True)) == {"demo"}
    assert set(Statement.objects.values_list("source", flat=True)) == {"demo", "staff", "provider"}


@pytest.mark.parametrize("states", REGIONS.values(), ids=list(REGIONS))
def test_every_region_has_every_category(states: list[str]) -> None:
    published = ServiceAtLocation.objects.published().filter(location__state_province__in=states)
    counts = {
        category: published.filter(service__categories__contains=[category]).count()
        for category in CareCategory
    }
    assert min(counts.values()) >= 4, counts


def test_the_regions_are_the_whole_of_it() -> None:
    states = {state for members in REGIONS.values() for state in members}
    assert set(Location.objects.values_list("state_province", flat=True)) == states


def test_every_state_of_a_listing_is_shown() -> None:
    shown: dict[str, QuerySet[Model]] = {
        "draft": listings(editorial_status=EditorialStatus.DRAFT),
        "archived with a reason": listings(archived_reason__gt=""),
        "temporarily closed": listings(service__status="temporarily closed"),
        "confidential address": listings(location__address_is_public=False),
        "online only": listings(location__location_type="virtual"),
        "hybrid": hybrid(),
        "approximate position": listings(location__position_is_approximate=True),
        "exact position": listings(location__position_is_approximate=False, location__latitude__isnull=False),
        "missing in the newest edition": listings(source_records__missing_since__isnull=False),
        "source codes nobody knows": SourceRecord.objects.exclude(unknown=[]),
        "long name": listings(service__name__regex=".{120}"),
        "Spanish description": listings(service__description__regex="[áéíóúñ].* (para|con|en) "),
        "two categories": listings(service__categories__len=2),
        "suite": listings(location__address_2__gt=""),
        "two listings of one service": Service.objects.alias(count=Count("listings")).filter(count__gt=1),
        "two listings at one place": Location.objects.alias(count=Count("listings")).filter(count__gt=1),
        "detox, medical supervision yes": stated("medically_supervised"),
        "detox, medical supervision no": stated("medically_supervised", answer="denied"),
        "detox, medical supervision not stated": detox_that_says_nothing_of_supervision(),
        "sources that disagree": affirmed_by_the_provider_denied_to_staff("medicaid"),
        "only the import of 2022": listings(statements__isnull=False).exclude(
            statements__stated_on__year__gt=2022
        ),
        "checked this month": Statement.objects.filter(method="PHONE", stated_on__gte=date(2026, 11, 1)),
        "checked long ago": Statement.objects.filter(method__in=PEOPLE, stated_on__lt=date(2025, 1, 1)),
        "visited": Statement.objects.filter(method="SITE_VISIT"),
        "said by the program": Statement.objects.filter(method="PROVIDER"),
        "serves only some": stated("opioid_only"),
        "sober living": stated("sober_living"),
        "opioid treatment program": stated("otp"),
        "kratom": stated("kratom"),
        "mental health only": mental_health_only(),
        "intake line with an extension": Phone.objects.filter(phone_type="INTAKE").exclude(extension=""),
        "hotline": Phone.objects.filter(phone_type="HOTLINE"),
        "phone of the service": Phone.objects.filter(service__isnull=False),
        "phone of the place": Phone.objects.filter(location__isnull=False),
        "opening hours": Schedule.objects.filter(kind="HOURS"),
        "intake window": Schedule.objects.filter(kind="INTAKE"),
        "weekly meeting": Schedule.objects.filter(kind="MEETING", freq="WEEKLY", interval=1),
        "every other week": Schedule.objects.filter(kind="MEETING", interval=2),
        "second and fourth Thursday": Schedule.objects.filter(freq="MONTHLY", byday="2TH,4TH"),
        "a meeting that one can join from home": HowToJoin.objects.all(),
        "in person and online": Schedule.objects.filter(attending_type="hybrid"),
        "a meeting with a name and notes": Schedule.objects.exclude(name="").exclude(notes=""),
        "a meeting of its own kind": Schedule.objects.exclude(terms=[]),
        "closed for now": Schedule.objects.filter(is_suspended=True),
        "past midnight": Schedule.objects.filter(closes_at__lt=F("opens_at")),
        "a change to decide": ChangeRequest.objects.filter(status="PROPOSED"),
        "a pair to join": Merge.objects.filter(status="PROPOSED"),
    }  # fmt: skip
    assert [state for state, rows in shown.items() if not rows.exists()] == []


def test_some_published_listing_has_no_phone() -> None:
    assert any(not listing.speaking_phones for listing in ServiceAtLocation.objects.published())


def test_meetings_of_several_fellowships() -> None:
    fellowships = TaxonomyTerm.objects.filter(taxonomy="fellowship")
    named = {
        term.slug for term in fellowships if Statement.objects.filter(affirmed__contains=[term.pk]).exists()
    }
    assert len(named) >= 8, named


def test_every_fact_belongs_to_the_kind_of_help_it_is_said_of() -> None:
    kinds = {term.pk: set(term.taxonomy.categories) for term in TaxonomyTerm.objects.in_order()}
    for statement in Statement.objects.select_related("listing__service"):
        for term in (*statement.affirmed, *statement.denied):
            assert kinds[term] & set(statement.listing.service.categories), (statement.listing, term)


def test_nothing_is_dated_after_the_release() -> None:
    assert Statement.objects.latest("stated_on").stated_on <= LAST_CHECK_BEFORE_THE_RELEASE


def test_loading_never_overwrites_a_real_row() -> None:
    for model in (Phone, Schedule, HowToJoin, Statement, SourceRecord, ChangeRequest, Merge):
        assert not model._default_manager.filter(pk__lt=ABOVE_ANY_REAL_ID).exists()


def test_loading_again_changes_nothing() -> None:
    before = {model: list(model._default_manager.order_by("pk").values()) for model in DEMONSTRATION}
    call_command("loaddata", "demo", verbosity=0)
    assert before == {model: list(model._default_manager.order_by("pk").values()) for model in DEMONSTRATION}


def test_the_index_takes_all_that_is_published() -> None:
    assert rebuild_index() == ServiceAtLocation.objects.published().count()
    assert untrue_rows() == []
    assert not ListingIndex.objects.filter(position__isnull=True, is_online=False).exists()


def test_the_demonstration_goes_and_the_rest_stays() -> None:
    real = make_listing(name="Riverside Counseling")
    terms, lines = TaxonomyTerm.objects.count(), CrisisLine.objects.count()

    remove_demonstration(now=real.statements.get().recorded_at)

    assert ServiceAtLocation.objects.get() == real
    left = {model.__name__: model._default_manager.count() for model in DEMONSTRATION}
    assert left == {
        "Organization": 1, "Service": 1, "Location": 1, "ServiceAtLocation": 1, "Phone": 1,
        "Schedule": 0, "HowToJoin": 0, "Statement": 1, "SourceRecord": 0, "ChangeRequest": 0, "Merge": 0,
    }  # fmt: skip
    assert (TaxonomyTerm.objects.count(), CrisisLine.objects.count()) == (terms, lines)


def test_every_source_is_credited_in_both_languages() -> None:
    expected = {"samhsa-su", "samhsa-mh", "findtreatment-su", "findtreatment-mh", "staff", "provider", "demo"}
    assert set(Source.objects.values_list("slug", flat=True)) == expected
    for source in Source.objects.all():
        assert all((source.name, source.name_es, source.attribution, source.attribution_es)), source


def test_every_published_source_names_its_license() -> None:
    for source in Source.objects.exclude(slug__in=["staff", "provider", "demo"]):
        assert all((source.publisher, source.url, source.license_name, source.license_url)), source
