from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from finder.actions.indexing import index_listings
from finder.actions.queueing import refresh_queue_items
from finder.actions.sampling import draw_accuracy_sample
from finder.admin import desk
from finder.enums import CapacityUnit, Outcome, ReviewStatus
from finder.models import (
    ChangeRequest,
    CrisisLine,
    DirectoryWord,
    Guidance,
    ImportRun,
    ListingReport,
    Merge,
    ServiceAtLocation,
    Source,
    StaffArea,
    Team,
)
from tests.admin.conftest import desk_of
from tests.factories import (
    GuidanceFactory,
    ListingFactory,
    ScheduleFactory,
    SourceRecordFactory,
    TaxonomyTermFactory,
    make_listing,
)
from tests.made_up_checks import told_of_room
from tests.made_up_voices import report, tell
from tests.programs import AskedListingFactory

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)

LISTS = {
    # model: who may see its list
    "serviceatlocation": {"case_worker", "editor", "administrator"},
    "organization": {"case_worker", "editor", "administrator"},
    "service": {"case_worker", "editor", "administrator"},
    "location": {"case_worker", "editor", "administrator"},
    "phone": {"case_worker", "editor", "administrator"},
    "schedule": {"case_worker", "editor", "administrator"},
    "statement": {"case_worker", "editor", "administrator"},
    "sourcerecord": {"case_worker", "editor", "administrator"},
    "verification": {"case_worker", "editor", "administrator"},
    "capacity": {"case_worker", "editor", "administrator"},
    "source": {"case_worker", "editor", "administrator"},
    "taxonomy": {"case_worker", "editor", "administrator"},
    "taxonomyterm": {"case_worker", "editor", "administrator"},
    "crisisline": {"case_worker", "editor", "administrator"},
    "guidance": {"case_worker", "editor", "administrator"},
    "changerequest": {"editor", "administrator"},
    "merge": {"editor", "administrator"},
    "listingreport": {"editor", "administrator"},
    "calloutcome": {"case_worker", "editor", "administrator"},
    "importrun": {"editor", "administrator"},
    "claim": {"editor", "administrator"},
    "contact": {"editor", "administrator"},
    "ask": {"editor", "administrator"},
    "listingindex": {"editor", "administrator"},
    "directoryword": {"editor", "administrator"},
    "accuracysample": {"administrator"},
    "queueitem": {"case_worker", "editor", "administrator"},
    "staffarea": {"administrator"},
    "team": {"administrator"},
    "accuracycheck": {"editor", "administrator"},
}

ADDING = {
    "serviceatlocation": {"editor", "administrator"},
    "organization": {"editor", "administrator"},
    "service": {"editor", "administrator"},
    "location": {"editor", "administrator"},
    "taxonomyterm": {"administrator"},
    "source": {"administrator"},
    "crisisline": {"administrator"},
    "guidance": {"administrator"},
    "statement": set(),
    "importrun": set(),
    "changerequest": set(),
    "queueitem": set(),
    "staffarea": {"administrator"},
    "team": {"administrator"},
}


@pytest.fixture
def one_of_each(vocabulary: None) -> ServiceAtLocation:
    listing = make_listing(yes=["medicaid"])
    other = ListingFactory()
    ScheduleFactory(listing=listing)
    TaxonomyTermFactory()
    SourceRecordFactory(listing=listing, rows=[{"name1": "Riverside"}])
    source = Source.objects.get(pk="samhsa-su")
    ChangeRequest.objects.create(
        listing=listing,
        source=source,
        field="location.city",
        current_value="Asheville",
        proposed_value="Arden",
        proposed_at=NOW,
    )
    Merge.objects.create(listing=listing, duplicate=other, reason="The same street", proposed_at=NOW)
    CrisisLine.objects.create(
        slug="988", name="988", description="Anyone", hours="Always", languages=["en"], ways=[]
    )
    GuidanceFactory()
    AskedListingFactory(listing=listing)
    DirectoryWord.objects.create(word="riverside", listings=1)
    tell(listing, Outcome.WRONG_NUMBER)
    report(listing)
    draw_accuracy_sample(per_category=1, seed=1, now=NOW)
    ImportRun.objects.create(
        format="samhsa",
        file_name="directory.xlsx",
        file_hash="0" * 64,
        edition=date(2026, 1, 1),
        started_at=NOW,
        finished_at=NOW,
        read=2,
        created=1,
        updated=0,
        unchanged=0,
        rejected=1,
        merged=0,
        missing=0,
        differences=1,
        rejects=[{"row_number": 7, "reason": "No name", "row": {"city": "Asheville"}}],
        warnings=["A column is new"],
    )
    index_listings([listing.pk, other.pk])
    told_of_room(listing, unit=CapacityUnit.OUTPATIENT)
    refresh_queue_items(listing_ids=[listing.pk], now=NOW)
    StaffArea.objects.create(user=User.objects.create_user("someone"), states=["NC"])
    Team.objects.create(name="North")
    return listing


@pytest.mark.parametrize("role", ["case_worker", "editor", "administrator"])
def test_each_role_sees_its_lists_and_their_pages(
    role: str, one_of_each: ServiceAtLocation, request: pytest.FixtureRequest
) -> None:
    client = desk_of(request.getfixturevalue(role))
    assert client.get(reverse("admin:index")).status_code == 200
    for model_class in (model for model in desk._registry if model._meta.app_label == "finder"):
        name = model_class._meta.model_name or ""
        expected = 200 if role in LISTS[name] else 403
        assert client.get(reverse(f"admin:finder_{name}_changelist")).status_code == expected, name
        row = model_class._default_manager.order_by("pk")[0]
        for page in ("change", "history"):
            url = reverse(f"admin:finder_{name}_{page}", args=[row.pk])
            assert client.get(url).status_code == expected, (name, page)


@pytest.mark.parametrize("role", ["case_worker", "editor", "administrator"])
@pytest.mark.parametrize("model", ADDING)
def test_each_role_adds_only_what_it_may(role: str, model: str, request: pytest.FixtureRequest) -> None:
    client = desk_of(request.getfixturevalue(role))
    expected = 200 if role in ADDING[model] else 403
    assert client.get(reverse(f"admin:finder_{model}_add")).status_code == expected


def test_a_stranger_is_asked_to_sign_in_everywhere(one_of_each: ServiceAtLocation) -> None:
    for model_class in desk._registry:
        opts = model_class._meta
        url = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
        assert desk_of(None).get(url).headers["Location"].startswith(reverse("admin:login"))


@pytest.mark.parametrize("role", ["case_worker", "editor", "administrator", "superuser"])
def test_nobody_deletes_what_the_directory_holds(
    role: str, one_of_each: ServiceAtLocation, request: pytest.FixtureRequest
) -> None:
    client = desk_of(request.getfixturevalue(role))
    for model_class in (model for model in desk._registry if model._meta.app_label == "finder"):
        name = model_class._meta.model_name
        if name in {"crisisline", "staffarea", "team"}:
            continue
        row = model_class._default_manager.order_by("pk")[0]
        url = reverse(f"admin:finder_{name}_delete", args=[row.pk])
        assert client.post(url, {"post": "yes"}).status_code == 403, name
        page = client.get(reverse(f"admin:finder_{name}_changelist"))
        assert b"delete_selected" not in page.content


def test_every_page_keeps_the_strict_policy_without_inline_code(
    one_of_each: ServiceAtLocation, administrator: User
) -> None:
    client = desk_of(administrator)
    urls = [
        reverse("admin:index"),
        reverse("admin:finder_serviceatlocation_changelist"),
        reverse("admin:finder_serviceatlocation_change", args=[one_of_each.pk]),
        reverse("admin:finder_serviceatlocation_checked", args=[one_of_each.pk]),
        reverse("admin:finder_serviceatlocation_archive", args=[one_of_each.pk]),
        reverse("admin:finder_guidance_change", args=[Guidance.objects.get().pk]),
        reverse("admin:listing_outcomes", args=[one_of_each.pk]),
        reverse("admin:finder_listingreport_change", args=[ListingReport.objects.get().pk]),
    ]
    for url in urls:
        page = client.get(url)
        html = page.content.decode()
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]
        assert "<script>" not in html
        assert " onclick=" not in html
        assert " style=" not in html
        assert 'src="http' not in html


def test_the_index_says_what_waits(one_of_each: ServiceAtLocation, editor: User) -> None:
    html = desk_of(editor).get(reverse("admin:index")).content.decode()
    assert "<strong>1</strong> differences between a source and what one of us wrote" in html
    assert "<strong>1</strong> pairs of listings that may be one place" in html


def test_a_decided_question_waits_no_longer(one_of_each: ServiceAtLocation, editor: User) -> None:
    ChangeRequest.objects.update(status=ReviewStatus.REJECTED, decided_by=editor, decided_at=NOW)
    html = desk_of(editor).get(reverse("admin:index")).content.decode()
    assert "differences between" not in html


def test_every_field_that_people_edit_is_explained() -> None:
    unexplained = [
        f"{model_class.__name__}.{field.name}"
        for model_class in desk._registry
        if model_class._meta.app_label == "finder"
        for field in model_class._meta.concrete_fields
        if field.editable and not field.auto_created and not field.primary_key and not field.help_text
    ]
    assert unexplained == []
