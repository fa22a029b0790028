"""Two people on one page: the second is shown what the first changed, and nothing of either is lost."""

import threading
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connections, transaction
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from finder.actions.archiving import archive_listing
from finder.enums import CareCategory, EditorialStatus
from finder.models import Location, Organization, Phone, Schedule, Service, ServiceAtLocation
from tests.actions.test_importing import HOUSE, wait_until_one_waits_for
from tests.admin.conftest import desk_of
from tests.browser_form import Fields, fields_of
from tests.factories import HowToJoinFactory, ListingFactory, PhoneFactory, ScheduleFactory
from tests.samples import NOW, import_rows, listing_named, numbers

pytestmark = pytest.mark.django_db


class Page:
    """Of one row, open in one person's browser."""

    def __init__(self, client: Client, row: Model) -> None:
        name = row._meta.model_name
        self.client, self.form_id = client, f"{name}_form"
        self.url = reverse(f"admin:finder_{name}_change", args=[row.pk])
        self.html = client.get(self.url).content.decode()
        self.form: Fields = fields_of(self.html, self.form_id)

    def type(self, **typed: Any) -> "Page":
        self.form |= {name: said if isinstance(said, list) else [said] for name, said in typed.items()}
        return self

    def save(self) -> bool:
        """True if it was taken. Otherwise the page is shown again."""
        answer = self.client.post(self.url, self.form)
        self.html = answer.content.decode()
        if answer.status_code == 200:
            self.form = fields_of(self.html, self.form_id)
        return answer.status_code == 302

    def told(self) -> list[list[str]]:
        """Field, before, theirs, yours, which of them the form has."""
        table = self.html.partition('id="meanwhile"')[2].partition("</table>")[0].partition("<tbody>")[2]
        rows = table.split("<tr>")[1:]
        return [
            [cell.partition(">")[2].partition("<")[0] for cell in row.replace("<th", "<td").split("<td")[1:]]
            for row in rows
        ]


@pytest.fixture
def listing() -> ServiceAtLocation:
    listing = ListingFactory(service__name="Riverside", location__city="Asheville")
    PhoneFactory(listing=listing, number="828-555-0142")
    HowToJoinFactory(schedule=ScheduleFactory(listing=listing, byday="TU"))
    return listing


@pytest.fixture
def desk(editor: User) -> Client:
    return desk_of(editor)


def saved(listing: ServiceAtLocation) -> ServiceAtLocation:
    return ServiceAtLocation.objects.with_parts().get(pk=listing.pk)


# Alone


def test_alone_a_page_is_saved_as_ever(listing: ServiceAtLocation, desk: Client) -> None:
    page = Page(desk, listing).type(service__name="Hillside")
    assert page.save()
    assert saved(listing).service.name == "Hillside"


def test_a_page_with_every_kind_of_field_reads_back_as_it_was_shown(
    listing: ServiceAtLocation, desk: Client
) -> None:
    """Else every save would be taken for the second of two."""
    Service.objects.update(description="Two\r\nlines & <signs>", categories=CareCategory.values)
    Schedule.objects.update(except_dates=["2026-12-25"], valid_from="2026-01-01", bymonth="9,10")
    assert Page(desk, listing).save()


def test_a_fault_of_ones_own_does_not_count_as_anothers_change(
    listing: ServiceAtLocation, desk: Client
) -> None:
    page = Page(desk, listing).type(service__name="", location__city="Arden")
    assert not page.save()
    assert page.told() == []
    assert page.type(service__name="Hillside").save()
    assert saved(listing).location.city == "Arden"


# Together


def test_the_second_is_shown_the_difference_and_nothing_is_saved(
    listing: ServiceAtLocation, desk: Client
) -> None:
    first, second = Page(desk, listing), Page(desk, listing)
    assert first.type(service__name="Hillside", location__city="Arden").save()
    assert not second.type(service__name="Hilltop", service__fees_description="Nothing").save()
    assert "Someone changed this while you had it open." in second.html
    assert second.told() == [
        ["Name", "Riverside", "Hillside", "Hilltop", "yours"],
        ["City", "Asheville", "Arden", "–", "theirs"],
    ]
    assert saved(listing).service.name == "Hillside"


def test_the_form_then_has_what_both_wrote(listing: ServiceAtLocation, desk: Client) -> None:
    first, second = Page(desk, listing), Page(desk, listing)
    first.type(service__name="Hillside", location__city="Arden").save()
    second.type(service__name="Hilltop", service__fees_description="Nothing").save()
    assert second.form["service__name"] == ["Hilltop"]
    assert second.form["location__city"] == ["Arden"]
    assert second.form["service__fees_description"] == ["Nothing"]


def test_saved_again_knowingly_it_is_taken(listing: ServiceAtLocation, desk: Client) -> None:
    first, second = Page(desk, listing), Page(desk, listing)
    first.type(service__name="Hillside", location__city="Arden").save()
    second.type(service__name="Hilltop").save()
    assert second.save()
    row = saved(listing)
    assert (row.service.name, row.location.city) == ("Hilltop", "Arden")


def test_a_third_change_between_is_told_again(listing: ServiceAtLocation, desk: Client) -> None:
    second = Page(desk, listing).type(service__name="Hilltop")
    Location.objects.update(city="Arden")
    assert not second.save()
    Location.objects.update(city="Candler")
    assert not second.save()
    assert second.told() == [["City", "Arden", "Candler", "–", "theirs"]]


def test_boxes_and_choices_are_told_by_their_names(listing: ServiceAtLocation, desk: Client) -> None:
    second = Page(desk, listing).type(service__status="inactive")
    Service.objects.update(status="temporarily closed", categories=[CareCategory.SUPPORT_GROUP])
    Location.objects.update(address_is_public=False)
    assert not second.save()
    assert second.told() == [
        ["Categories", "Treatment", "Support group", "–", "theirs"],
        ["Status", "Active", "Temporarily closed", "Inactive", "yours"],
        ["Address is public", "yes", "no", "–", "theirs"],
    ]
    assert second.form["service__categories"] == ["support_group"]
    assert "location__address_is_public" not in second.form
    assert second.form["service__status"] == ["inactive"]


# Phones and times on the same page


def test_a_number_that_they_changed_and_one_that_you_changed(
    listing: ServiceAtLocation, desk: Client
) -> None:
    other = PhoneFactory(listing=listing, number="828-555-0177", position=1)
    second = Page(desk, listing).type(**{"phones-1-description": "Evenings"})
    Phone.objects.exclude(pk=other.pk).update(number="828-555-0199", number_e164="+18285550199")
    assert not second.save()
    assert second.told() == [["Phone: Number", "828-555-0142", "828-555-0199", "–", "theirs"]]
    assert second.save()
    assert list(Phone.objects.values_list("number", "description")) == [
        ("828-555-0199", ""),
        ("828-555-0177", "Evenings"),
    ]


def test_a_number_that_they_added_stays(listing: ServiceAtLocation, desk: Client) -> None:
    second = Page(desk, listing).type(service__name="Hilltop")
    PhoneFactory(listing=listing, number="828-555-0177", position=1)
    assert not second.save()
    assert second.told()[0][0] == "Phone added"
    assert "828-555-0177" in second.told()[0][2]
    assert second.save()
    assert numbers(listing) == ["828-555-0142", "828-555-0177"]


def test_a_number_that_they_removed_goes(listing: ServiceAtLocation, desk: Client) -> None:
    second = Page(desk, listing).type(service__name="Hilltop")
    Phone.objects.all().delete()
    assert not second.save()
    assert second.told()[0][::2] == ["Phone removed", "removed", "theirs"]
    assert second.save()
    assert numbers(listing) == []


def test_what_you_typed_in_a_number_that_they_removed_is_kept_as_a_new_one(
    listing: ServiceAtLocation, desk: Client
) -> None:
    second = Page(desk, listing).type(**{"phones-0-description": "Evenings"})
    Phone.objects.all().delete()
    assert not second.save()
    assert "Evenings" in second.told()[0][3]
    assert second.save()
    assert list(Phone.objects.values_list("number", "description")) == [("828-555-0142", "Evenings")]


def test_a_number_that_you_added_and_one_that_you_removed_are_not_forgotten(
    listing: ServiceAtLocation, desk: Client
) -> None:
    second = Page(desk, listing).type(
        **{
            "phones-TOTAL_FORMS": "2",
            "phones-0-DELETE": "on",
            "phones-1-number": "828-555-0188",
            "phones-1-phone_type": "MAIN",
            "phones-1-position": "5",
        }
    )
    PhoneFactory(listing=listing, number="828-555-0177", position=1)
    assert not second.save()
    assert second.save()
    assert numbers(listing) == ["828-555-0177", "828-555-0188"]


def test_times_and_how_to_join_are_compared_too(listing: ServiceAtLocation, desk: Client) -> None:
    second = Page(desk, listing).type(**{"schedules-0-join_notes": "Password: oak"})
    Schedule.objects.update(byday="WE")
    assert not second.save()
    assert second.told() == [["Schedule: Byday", "TU", "WE", "–", "theirs"]]
    assert second.save()
    schedule = Schedule.objects.get()
    assert (schedule.byday, schedule.how_to_join.notes) == ("WE", "Password: oak")


# Whoever it was


def test_an_import_counts_as_someone(desk: Client, vocabulary: None) -> None:
    import_rows(HOUSE, edition=2022)
    listing = listing_named("Example House")
    second = Page(desk, listing).type(service__name="Hilltop")
    import_rows(HOUSE | {"city": "Arden", "phone": "828-555-0199"}, edition=2024)
    assert not second.save()
    assert {row[0] for row in second.told()} == {"City", "Phone added", "Phone removed"}
    assert second.save()
    assert numbers(listing) == ["828-555-0199"]


def test_that_a_listing_was_archived_meanwhile_is_told(
    listing: ServiceAtLocation, desk: Client, editor: User
) -> None:
    second = Page(desk, listing).type(service__name="Hilltop")
    archive_listing(listing=listing, reason="Closed", by=editor, now=NOW)
    assert not second.save()
    assert second.told() == [["Status", "Published", "Archived, Closed", "–", "theirs"]]
    assert second.save()


@pytest.mark.parametrize(
    ("of", "field", "typed", "other"),
    [
        ("service", "name", "fees_description", {"name": "Hillside"}),
        ("location", "city", "transportation", {"city": "Arden"}),
        ("organization", "name", "website", {"name": "Hillside Group"}),
    ],
)
def test_the_pages_of_its_parts_keep_to_it_too(
    of: str, field: str, typed: str, other: dict[str, str], listing: ServiceAtLocation, desk: Client
) -> None:
    row = listing.service.organization if of == "organization" else getattr(listing, of)
    second = Page(desk, row).type(**{typed: "https://typed.example/"})
    type(row).objects.update(**other)
    assert not second.save()
    assert second.told()[0][2] == other[field]
    assert second.save()
    row.refresh_from_db()
    assert (getattr(row, field), getattr(row, typed)) == (other[field], "https://typed.example/")


def test_the_page_of_a_number_keeps_to_it_too(listing: ServiceAtLocation, desk: Client) -> None:
    phone = Phone.objects.get()
    second = Page(desk, phone).type(description="Evenings")
    Phone.objects.update(number="828-555-0199")
    assert not second.save()
    assert second.told() == [["Number", "828-555-0142", "828-555-0199", "–", "theirs"]]


def test_the_owner_of_a_service_is_told_by_name(listing: ServiceAtLocation, desk: Client) -> None:
    other = Organization.objects.create(name="New Owner")
    second = Page(desk, listing.service).type(name="Hilltop")
    old = listing.service.organization.name
    Service.objects.update(organization=other)
    assert not second.save()
    assert second.told() == [["Organization", old, "New Owner", "–", "theirs"]]


# Publishing and archiving


@pytest.fixture
def draft() -> ServiceAtLocation:
    listing = ListingFactory(draft=True, service__name="Riverside", service__description="Counseling")
    PhoneFactory(listing=listing, number="828-555-0142")
    return listing


def decide(page: Page, listing: ServiceAtLocation) -> str:
    url = reverse("admin:finder_serviceatlocation_decide", args=[listing.pk])
    sent = {"verb": "publish", "read": page.form["read"][0]}
    return page.client.post(url, sent, follow=True).content.decode()


def test_nothing_is_published_that_changed_unseen(draft: ServiceAtLocation, desk: Client) -> None:
    page = Page(desk, draft)
    Location.objects.update(city="Arden")
    html = decide(page, draft)
    assert "Someone changed this while you had it open (City: Asheville → Arden)." in html
    assert saved(draft).editorial_status == EditorialStatus.DRAFT
    assert "Done: Riverside" in decide(Page(desk, draft), draft)
    assert saved(draft).editorial_status == EditorialStatus.PUBLISHED


def test_the_button_to_publish_sends_what_was_seen(draft: ServiceAtLocation, desk: Client) -> None:
    assert Page(desk, draft).html.count('name="read"') == 2


def test_nothing_is_archived_that_changed_unseen(listing: ServiceAtLocation, desk: Client) -> None:
    url = reverse("admin:finder_serviceatlocation_archive", args=[listing.pk])
    html = desk.get(url).content.decode()
    read = html.partition('name="read" value="')[2].partition('"')[0]
    Service.objects.update(status="active", name="Hillside")
    answer = desk.post(url, {"reason": "Closed", "read": read}, follow=True)
    assert "Name: Riverside → Hillside" in answer.content.decode()
    assert saved(listing).editorial_status == EditorialStatus.PUBLISHED


# What is sent back


@pytest.mark.parametrize("read", ["", "nonsense", None])
def test_a_page_that_cannot_say_what_it_showed_is_shown_again(
    read: str | None, listing: ServiceAtLocation, desk: Client
) -> None:
    page = Page(desk, listing).type(service__name="Hillside")
    if read is None:
        del page.form["read"]
    else:
        page.form["read"] = [read]
    assert not page.save()
    assert page.form["service__name"] == ["Hillside"]
    assert page.save()


def test_what_one_page_showed_is_good_for_no_other(listing: ServiceAtLocation, desk: Client) -> None:
    page, other = Page(desk, listing), Page(desk, ListingFactory())
    assert not page.type(read=other.form["read"][0]).save()


def test_who_may_only_look_gets_no_such_field(listing: ServiceAtLocation, case_worker: User) -> None:
    assert 'name="read"' not in Page(desk_of(case_worker), listing).html


# At the same moment


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_is_heard_and_one_is_told(
    listing: ServiceAtLocation, desk: Client
) -> None:
    page = Page(desk, listing).type(service__name="Hilltop")
    taken: list[bool] = []

    def save() -> None:
        taken.append(page.save())
        connections.close_all()

    with transaction.atomic():
        Service.objects.update(name="Hillside")
        list(ServiceAtLocation.objects.select_for_update().values_list("pk", flat=True))
        other = threading.Thread(target=save, daemon=True)
        other.start()
        wait_until_one_waits_for("transactionid")
    other.join(timeout=20)
    assert taken == [False]
    assert page.told() == [["Name", "Riverside", "Hillside", "Hilltop", "yours"]]
    assert saved(listing).service.name == "Hillside"
