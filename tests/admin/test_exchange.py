from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from finder.models import ChangeRequest, ImportRun
from tests.admin.conftest import desk_of
from tests.factories import SourceFactory, SourceRecordFactory, make_listing

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def run() -> ImportRun:
    counts = dict.fromkeys(("updated", "unchanged", "merged", "missing"), 0)
    return ImportRun.objects.create(
        format="samhsa",
        file_name="directory.xlsx",
        file_hash="0" * 64,
        edition=date(2026, 1, 1),
        started_at=NOW,
        finished_at=NOW,
        read=12_176,
        created=12_165,
        rejected=1,
        differences=1,
        rejects=[{"row_number": 3302, "reason": "No street and no phone", "row": {"name1": "Hillside"}}],
        warnings=["The column TELE is new."],
        **counts,
    )


def page(run: ImportRun, user: User) -> str:
    url = reverse("admin:finder_importrun_change", args=[run.pk])
    return desk_of(user).get(url).content.decode()


@pytest.mark.parametrize("said", ["12,165", "3302", "No street and no phone", "Hillside", "TELE"])
def test_an_import_shows_its_counts_rejects_and_warnings(said: str, run: ImportRun, editor: User) -> None:
    assert said in page(run, editor)


def test_an_import_leads_to_the_questions_it_left(run: ImportRun, editor: User) -> None:
    ChangeRequest.objects.create(
        listing=make_listing(name="Riverside"),
        source=SourceFactory(),
        field="location.city",
        current_value="Asheville",
        proposed_value="Arden",
        proposed_at=run.started_at,
    )
    html = page(run, editor)
    assert "Riverside" in html
    listed = desk_of(editor).get(
        reverse("admin:finder_changerequest_changelist"), {"proposed_at__exact": run.started_at.isoformat()}
    )
    assert len(listed.context["cl"].result_list) == 1
    assert "?proposed_at__exact=2026-11-20T12%3A00%3A00%2B00%3A00" in html


def test_an_import_is_not_edited(run: ImportRun, administrator: User) -> None:
    url = reverse("admin:finder_importrun_change", args=[run.pk])
    assert desk_of(administrator).post(url, {"file_name": "other.xlsx"}).status_code == 403


def test_a_listing_shows_the_untouched_rows_it_came_from(editor: User) -> None:
    listing = make_listing()
    SourceRecordFactory(listing=listing, rows=[{"name1": "HILLSIDE CTR", "MD": "1"}])
    url = reverse("admin:finder_serviceatlocation_change", args=[listing.pk])
    assert "HILLSIDE CTR" in desk_of(editor).get(url).content.decode()
