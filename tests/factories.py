"""Rows for tests. Traits say the state a test is about: `ListingFactory(detox=True, archived=True)`."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

import factory
from django.contrib.auth.models import User
from factory.django import DjangoModelFactory

from finder.enums import CareCategory, EditorialStatus, FactGroup, LocationType, StatementMethod
from finder.geography import gazetteer
from finder.models import (
    Guidance,
    HowToJoin,
    ImportRun,
    Location,
    Organization,
    Phone,
    SavedSearch,
    Schedule,
    Service,
    ServiceAtLocation,
    Source,
    SourceRecord,
    Statement,
    Taxonomy,
    TaxonomyTerm,
)
from finder.text import read_phone

# Beyond the ids of fixtures/vocabulary.json, so that a test may load it too.
FIRST_TERM_ID = 100_001

SOURCE_OF_METHOD = {
    StatementMethod.IMPORT: "samhsa-su",
    StatementMethod.PHONE: "staff",
    StatementMethod.SITE_VISIT: "staff",
    StatementMethod.PROVIDER: "provider",
}


class OrganizationFactory(DjangoModelFactory[Organization]):
    class Meta:
        model = Organization

    class Params:
        demo = factory.Trait(name=factory.Sequence(lambda number: f"Example Organization {number}"))

    name = factory.Sequence(lambda number: f"Carolina Recovery Partners {number}")


class ServiceFactory(DjangoModelFactory[Service]):
    class Meta:
        model = Service

    class Params:
        detox = factory.Trait(
            name=factory.Sequence(lambda number: f"Riverside Detox {number}"),
            categories=[CareCategory.WITHDRAWAL_MANAGEMENT],
        )
        treatment = factory.Trait(categories=[CareCategory.BEHAVIORAL_HEALTH])
        support_group = factory.Trait(
            name=factory.Sequence(lambda number: f"Tuesday Night Group {number}"),
            categories=[CareCategory.SUPPORT_GROUP],
        )
        demo = factory.Trait(
            name=factory.Sequence(lambda number: f"Example Program {number}"), organization__demo=True
        )

    organization = factory.SubFactory(OrganizationFactory)
    name = factory.Sequence(lambda number: f"Riverside Counseling {number}")
    categories = [CareCategory.BEHAVIORAL_HEALTH]


def known_of_zip(attribute: str) -> factory.LazyAttribute:
    """City, county, state, position and time zone follow from the ZIP Code unless a test says otherwise."""

    def read(location: Any) -> Any:
        zip_code = gazetteer.zip_code(location.postal_code) if location.postal_code else None
        missing = None if attribute in {"latitude", "longitude"} else ""
        return getattr(zip_code, attribute) if zip_code else missing

    return factory.LazyAttribute(read)


class LocationFactory(DjangoModelFactory[Location]):
    class Meta:
        model = Location

    class Params:
        confidential = factory.Trait(address_is_public=False)
        online = factory.Trait(location_type=LocationType.VIRTUAL, address_1="", postal_code="")
        unplaced = factory.Trait(latitude=None, longitude=None)

    address_1 = factory.Sequence(lambda number: f"{number + 1} Main Street")
    postal_code = "28801"
    city = known_of_zip("city")
    region = known_of_zip("county")
    state_province = known_of_zip("state")
    latitude = known_of_zip("latitude")
    longitude = known_of_zip("longitude")
    timezone = known_of_zip("timezone")


class ListingFactory(DjangoModelFactory[ServiceAtLocation]):
    """Published, unlike a listing made by a person or an import: most tests are about what readers see."""

    class Meta:
        model = ServiceAtLocation

    class Params:
        published = factory.Trait(editorial_status=EditorialStatus.PUBLISHED)
        draft = factory.Trait(editorial_status=EditorialStatus.DRAFT)
        archived = factory.Trait(
            editorial_status=EditorialStatus.ARCHIVED,
            archived_reason="Closed for good",
            archived_at=datetime(2026, 10, 1, 15, 0, tzinfo=UTC),
        )
        demo = factory.Trait(is_demo=True, service__demo=True)
        detox = factory.Trait(service__detox=True)
        treatment = factory.Trait(service__treatment=True)
        support_group = factory.Trait(service__support_group=True)
        confidential = factory.Trait(location__confidential=True)
        online = factory.Trait(location__online=True)
        unplaced = factory.Trait(location__unplaced=True)

    service = factory.SubFactory(ServiceFactory)
    location = factory.SubFactory(LocationFactory)
    editorial_status = EditorialStatus.PUBLISHED


class PhoneFactory(DjangoModelFactory[Phone]):
    class Meta:
        model = Phone

    class Params:
        of_service = factory.Trait(listing=None, service=factory.SubFactory(ServiceFactory))
        of_location = factory.Trait(listing=None, location=factory.SubFactory(LocationFactory))

    listing = factory.SubFactory(ListingFactory)
    number = factory.Sequence(lambda number: f"828-555-01{number % 100:02}")

    @factory.lazy_attribute
    def number_e164(self) -> str:
        phone = read_phone(self.number)
        return phone.number_e164 if phone else ""


class ScheduleFactory(DjangoModelFactory[Schedule]):
    """Weekdays nine to five; as a meeting, Tuesdays at seven in the evening."""

    class Meta:
        model = Schedule

    class Params:
        meeting = factory.Trait(kind="MEETING", byday="TU", opens_at=time(19), closes_at=time(20))
        online = factory.Trait(attending_type="online")
        closed_for_now = factory.Trait(is_suspended=True)
        intake = factory.Trait(kind="INTAKE", opens_at=time(8), closes_at=time(11))

    listing = factory.SubFactory(ListingFactory)
    byday = "MO,TU,WE,TH,FR"
    opens_at = time(9)
    closes_at = time(17)
    timezone = "America/New_York"


class HowToJoinFactory(DjangoModelFactory[HowToJoin]):
    class Meta:
        model = HowToJoin

    schedule = factory.SubFactory(ScheduleFactory, meeting=True)
    url = "https://meet.example.org/riverside"
    phone = "828-555-0190,,5550122#"
    notes = "Password: willow"


class SourceFactory(DjangoModelFactory[Source]):
    class Meta:
        model = Source
        django_get_or_create = ("slug",)

    slug = "samhsa-su"
    name = factory.LazyAttribute(lambda source: f"Source {source.slug}")


class SourceRecordFactory(DjangoModelFactory[SourceRecord]):
    class Meta:
        model = SourceRecord

    class Params:
        missing = factory.Trait(missing_since=date(2026, 6, 1))

    source = factory.SubFactory(SourceFactory)
    key = factory.Sequence(lambda number: f"riverside counseling {number}||{number} main street|28801")
    listing = factory.SubFactory(ListingFactory)
    edition = date(2025, 6, 1)
    content_hash = factory.Sequence(lambda number: f"{number:064x}")
    fields = factory.Dict({})
    rows = factory.List([])


class TaxonomyFactory(DjangoModelFactory[Taxonomy]):
    """Its terms constrain every category, unless a test says which."""

    class Meta:
        model = Taxonomy
        django_get_or_create = ("slug",)

    slug = "facts"
    name = factory.LazyAttribute(lambda taxonomy: taxonomy.slug.replace("_", " ").capitalize())
    categories = CareCategory.values
    group = FactGroup.ABOUT


class TaxonomyTermFactory(DjangoModelFactory[TaxonomyTerm]):
    class Meta:
        model = TaxonomyTerm
        django_get_or_create = ("slug",)

    id = factory.Sequence(lambda number: FIRST_TERM_ID + number)
    taxonomy = factory.SubFactory(TaxonomyFactory)
    slug = factory.Sequence(lambda number: f"fact_{number}")
    name = factory.LazyAttribute(lambda term: term.slug.replace("_", " ").capitalize())


def terms_of(slugs: Iterable[str]) -> list[int]:
    """The ids of these terms; one that the vocabulary does not have is made up."""
    return [TaxonomyTermFactory(slug=slug).pk for slug in slugs]


class ImportRunFactory(DjangoModelFactory[ImportRun]):
    """Of a year ago, when nothing was new."""

    class Meta:
        model = ImportRun

    format = "meeting_guide"
    file_name = "feed.json"
    file_hash = factory.Sequence(lambda number: f"{number:064x}")
    edition = date(2025, 11, 1)
    started_at = datetime(2025, 11, 1, 12, tzinfo=UTC)
    finished_at = factory.SelfAttribute("started_at")
    read = created = updated = unchanged = rejected = merged = missing = 0


class StatementFactory(DjangoModelFactory[Statement]):
    """`yes` and `no` name terms by slug and become `affirmed` and `denied`."""

    class Meta:
        model = Statement

    class Params:
        yes: tuple[str, ...] = ()
        no: tuple[str, ...] = ()
        by_phone = factory.Trait(method=StatementMethod.PHONE)
        by_visit = factory.Trait(method=StatementMethod.SITE_VISIT)
        by_provider = factory.Trait(method=StatementMethod.PROVIDER)

    listing = factory.SubFactory(ListingFactory)
    method = StatementMethod.IMPORT
    source = factory.SubFactory(
        SourceFactory,
        slug=factory.LazyAttribute(lambda source: SOURCE_OF_METHOD[source.factory_parent.method]),
    )
    stated_on = date(2026, 11, 1)
    recorded_at = factory.LazyAttribute(
        lambda statement: datetime.combine(statement.stated_on, time(12), tzinfo=UTC)
    )
    affirmed = factory.LazyAttribute(lambda statement: terms_of(statement.yes))
    denied = factory.LazyAttribute(lambda statement: terms_of(statement.no))


def make_listing(
    *,
    name: str = "Riverside Counseling",
    zip_code: str = "28801",
    city: str | None = None,
    state: str | None = None,
    categories: Iterable[CareCategory] = (CareCategory.BEHAVIORAL_HEALTH,),
    yes: Iterable[str] = (),
    no: Iterable[str] = (),
    method: StatementMethod = StatementMethod.IMPORT,
    stated_on: date = date(2026, 11, 1),
    phone: str = "828-555-0142",
    **listing: Any,
) -> ServiceAtLocation:
    """A whole listing with its phone (none when blank) and one statement; the caller indexes it.

    City and state follow from the ZIP Code. Further arguments go to `ListingFactory`, traits included.
    """
    place = {"city": city, "state_province": state}
    made = ListingFactory(
        service__name=name,
        service__categories=list(categories),
        location__postal_code=zip_code,
        **{f"location__{field}": value for field, value in place.items() if value is not None},
        **listing,
    )
    if phone:
        PhoneFactory(listing=made, number=phone)
    StatementFactory(listing=made, yes=tuple(yes), no=tuple(no), method=method, stated_on=stated_on)
    return made


class SavedSearchFactory(DjangoModelFactory[SavedSearch]):
    """Of someone with an address, last looked at a while ago."""

    class Meta:
        model = SavedSearch

    owner = factory.LazyFunction(
        lambda: User.objects.get_or_create(
            username="casey", defaults={"is_staff": True, "email": "casey@example.org"}
        )[0]
    )
    name = factory.Sequence(lambda number: f"Asheville, Medicaid ({number})")
    query = factory.Sequence(lambda number: f"near=28801&q=riverside+{number}")
    created_at = datetime(2026, 11, 1, 12, tzinfo=UTC)
    looked_at = factory.SelfAttribute("created_at")


class GuidanceFactory(DjangoModelFactory[Guidance]):
    class Meta:
        model = Guidance

    class Params:
        reviewed = factory.Trait(reviewed_on=date(2026, 11, 1), reviewed_by_role="PHYSICIAN")
        overdue = factory.Trait(review_due_on=date(2020, 1, 1))
        taken_down = factory.Trait(
            is_shown=False,
            taken_down_reason="Wrong",
            taken_down_at=datetime(2026, 11, 1, tzinfo=UTC),
            taken_down_by=factory.LazyFunction(
                lambda: User.objects.get_or_create(username="who-took-it-down")[0]
            ),
        )

    slug = factory.Sequence(lambda number: f"text-{number}")
    title = "Kratom"
    title_es = "El kratom"
    summary = "What it is."
    summary_es = "Qué es."
    core = factory.LazyFunction(
        lambda: [{"text": "Call [911](tel:911).", "text_es": "Llame al [911](tel:911)."}]
    )
    sections = factory.LazyFunction(
        lambda: [
            {"key": "known", "title": "Known", "title_es": "Sabido", "text": "", "text_es": ""},
            {"key": "do", "title": "To do", "title_es": "Hacer", "text": "- Ask.", "text_es": "- Pregunte."},
        ]
    )
    claims = factory.LazyFunction(
        lambda: [
            {"section": "known", "text": "It is a plant.", "text_es": "Es una planta.", "sources": ["book"]}
        ]
    )
    sources = factory.LazyFunction(
        lambda: [
            {
                "key": "book",
                "title": "A book",
                "url": "https://book.example/",
                "publisher": "A press",
                "publisher_es": "Una editorial",
                "dated": "May 2025",
                "dated_es": "mayo de 2025",
                "note": "Not opened.",
                "note_es": "No se abrió.",
            }
        ]
    )
    related = factory.LazyFunction(
        lambda: [{"label": "Detox", "label_es": "Desintoxicación", "query": "category=withdrawal_management"}]
    )
    triggers = factory.LazyFunction(lambda: ["kratom"])
    triggers_es = factory.LazyFunction(lambda: ["cratom"])
    routed = "Do not mix it."
    routed_es = "No lo mezcle."
    written_on = date(2026, 11, 22)
    review_due_on = date(2099, 1, 1)
