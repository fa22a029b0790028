import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from finder.actions.indexing import index_listings
from finder.enums import EditorialStatus
from finder.models import ListingIndex, ServiceAtLocation, Statement, TaxonomyTerm, Verification
from tests.admin.conftest import desk_of
from tests.factories import ListingFactory, SourceFactory, make_listing

pytestmark = pytest.mark.django_db

LIST = "admin:finder_serviceatlocation_changelist"


def page(listing: ServiceAtLocation, name: str) -> str:
    return reverse(f"admin:finder_serviceatlocation_{name}", args=[listing.pk])


def status_of(listing: ServiceAtLocation) -> str:
    return ServiceAtLocation.objects.get(pk=listing.pk).editorial_status


def test_archiving_asks_for_a_reason(editor: User) -> None:
    listing = make_listing()
    client = desk_of(editor)
    assert b"Why?" in client.get(page(listing, "archive")).content
    assert b"Say why" in client.post(page(listing, "archive"), {"reason": ""}).content
    assert status_of(listing) == EditorialStatus.PUBLISHED


def test_a_listing_is_archived_with_its_reason(editor: User) -> None:
    listing = make_listing()
    index_listings([listing.pk])
    desk_of(editor).post(page(listing, "archive"), {"reason": "Closed"})
    listing.refresh_from_db()
    assert (listing.archived_reason, listing.archived_by) == ("Closed", editor)
    assert not ListingIndex.objects.exists()


def test_many_are_archived_with_one_reason(editor: User) -> None:
    listings = [make_listing(), make_listing()]
    client = desk_of(editor)
    chosen = {"action": "archive_selected", "_selected_action": [str(listing.pk) for listing in listings]}
    assert b"Why?" in client.post(reverse(LIST), chosen).content
    client.post(reverse(LIST), {**chosen, "reason": "One program moved"})
    assert [status_of(listing) for listing in listings] == [EditorialStatus.ARCHIVED] * 2


def test_what_is_ready_is_published_and_the_rest_is_named(editor: User) -> None:
    ready, bare = make_listing(draft=True), ListingFactory(draft=True, service__name="Bare")
    chosen = {"action": "publish_selected", "_selected_action": [str(ready.pk), str(bare.pk)]}
    html = desk_of(editor).post(reverse(LIST), chosen, follow=True).content.decode()
    assert (status_of(ready), status_of(bare)) == (EditorialStatus.PUBLISHED, EditorialStatus.DRAFT)
    assert "Bare: Not published. Missing: a phone number or an online address" in html


def test_a_refused_listing_says_what_is_missing(editor: User) -> None:
    bare = ListingFactory(draft=True)
    html = desk_of(editor).post(page(bare, "decide"), {"verb": "publish"}, follow=True).content.decode()
    assert "Not published. Missing: a phone number or an online address" in html


def test_an_archived_listing_is_restored_as_a_draft(editor: User) -> None:
    listing = ListingFactory(archived=True)
    desk_of(editor).post(page(listing, "decide"), {"verb": "restore"})
    assert status_of(listing) == EditorialStatus.DRAFT


def test_a_link_alone_decides_nothing(editor: User) -> None:
    listing = make_listing(draft=True)
    assert desk_of(editor).get(page(listing, "decide"), {"verb": "publish"}).status_code == 403
    assert status_of(listing) == EditorialStatus.DRAFT


def test_a_case_worker_decides_nothing(case_worker: User) -> None:
    listing = make_listing(draft=True)
    client = desk_of(case_worker)
    assert client.post(page(listing, "decide"), {"verb": "publish"}).status_code == 403
    assert client.post(page(listing, "archive"), {"reason": "Closed"}).status_code == 403
    assert status_of(listing) == EditorialStatus.DRAFT


@pytest.fixture
def checked() -> ServiceAtLocation:
    SourceFactory(slug="staff")
    SourceFactory(slug="provider")
    return make_listing(no=["medicaid"], yes=["spanish"])


def test_a_case_worker_keeps_what_was_said_on_the_phone(
    case_worker: User, checked: ServiceAtLocation
) -> None:
    medicaid = TaxonomyTerm.objects.get(slug="medicaid").pk
    sent = {"method": "PHONE", "affirmed": [medicaid]}
    assert desk_of(case_worker).post(page(checked, "checked"), sent).status_code == 302
    statement = Statement.objects.get(method="PHONE")
    assert (statement.affirmed, statement.stated_by) == ([medicaid], case_worker)
    assert medicaid in ListingIndex.objects.get(pk=checked.pk).yes


def test_a_case_worker_speaks_only_of_phone_calls(case_worker: User, checked: ServiceAtLocation) -> None:
    answer = desk_of(case_worker).post(
        page(checked, "checked"), {"method": "SITE_VISIT", "all_is_right": "on"}
    )
    assert "method" in answer.context["form"].errors
    assert not Statement.objects.exclude(method="IMPORT").exists()


def test_an_editor_confirms_all_but_one_fact(editor: User, checked: ServiceAtLocation) -> None:
    spanish, medicaid = (TaxonomyTerm.objects.get(slug=slug).pk for slug in ("spanish", "medicaid"))
    sent = {"method": "SITE_VISIT", "all_is_right": "on", "affirmed": [medicaid]}
    desk_of(editor).post(page(checked, "checked"), sent)
    index = ListingIndex.objects.get(pk=checked.pk)
    assert (index.yes, index.no) == (sorted([spanish, medicaid]), [])


def test_the_parts_that_were_found_right_are_kept_beside_the_facts(
    case_worker: User, checked: ServiceAtLocation
) -> None:
    medicaid = TaxonomyTerm.objects.get(slug="medicaid").pk
    sent = {"method": "PHONE", "affirmed": [medicaid], "parts": ["CONTACT", "HOURS"]}
    desk_of(case_worker).post(page(checked, "checked"), sent)
    kept = Verification.objects.order_by("pk").values_list("parts", "voice", "method", "verified_by")
    assert list(kept) == [
        (["SERVICES"], "CASE_WORKER", "PHONE", case_worker.pk),
        (["CONTACT", "HOURS"], "CASE_WORKER", "PHONE", case_worker.pk),
    ]


def test_parts_alone_are_enough_and_state_no_fact(editor: User, checked: ServiceAtLocation) -> None:
    sent = {"method": "SITE_VISIT", "parts": ["CONTACT"]}
    assert desk_of(editor).post(page(checked, "checked"), sent).status_code == 302
    assert Verification.objects.get().parts == ["CONTACT"]
    assert not Statement.objects.exclude(method="IMPORT").exists()


def test_of_a_refused_check_nothing_is_kept(editor: User, checked: ServiceAtLocation) -> None:
    Statement.objects.all().delete()
    sent = {"method": "PHONE", "all_is_right": "on", "parts": ["CONTACT"]}
    answer = desk_of(editor).post(page(checked, "checked"), sent)
    assert b"says nothing yet that could be confirmed" in answer.content
    assert not Verification.objects.exists()


def test_services_are_checked_fact_by_fact(editor: User, checked: ServiceAtLocation) -> None:
    answer = desk_of(editor).post(page(checked, "checked"), {"method": "PHONE", "parts": ["SERVICES"]})
    assert "parts" in answer.context["form"].errors


def test_saying_nothing_is_refused(editor: User, checked: ServiceAtLocation) -> None:
    answer = desk_of(editor).post(page(checked, "checked"), {"method": "PHONE"})
    assert b"Name at least one fact." in answer.content


def test_terms_are_offered_as_they_are_typed(case_worker: User, checked: ServiceAtLocation) -> None:
    answer = desk_of(case_worker).get(reverse("admin:finder_serviceatlocation_terms"), {"term": "medic"})
    assert [result["text"] for result in answer.json()["results"]] == ["Facts: Medicaid"]
