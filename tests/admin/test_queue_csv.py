"""Due listings go out as a table, and corrections come back in it."""

import csv
import re
from collections.abc import Iterator
from html import unescape
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from finder.admin.queue_csv import HOLDS_FOR
from finder.enums import QueueReason, ReviewStatus
from finder.models import ChangeRequest, QueueItem, ServiceAtLocation, StaffArea, Verification
from tests.admin.conftest import desk_of, person
from tests.waiting import DETOX, NOW, due_item, due_listing, many_due_listings, queued, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

OUT, IN = "/desk/queue/due.csv", "/desk/queue/corrections/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def exported(client: Client, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"{OUT}?{query}")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == 'attachment; filename="due-listings.csv"'
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))


def names(rows: list[dict[str, str]]) -> list[str]:
    return [row["service_name"] for row in rows]


def as_table(rows: list[dict[str, str]], separator: str = ",") -> str:
    written = StringIO()
    writer = csv.DictWriter(written, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def send(client: Client, data: bytes) -> str:
    """The preview."""
    response = client.post(IN, {"table": SimpleUploadedFile("due.csv", data, "text/csv")})
    assert response.status_code == 200
    return unescape(response.content.decode())


def confirm(client: Client, preview: str) -> str:
    rows = re.search(r'name="rows" value="([^"]+)"', preview)
    assert rows, "nothing to confirm"
    return words(client.post(IN, {"rows": rows[1]}).content.decode())


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(html)).split())


@pytest.mark.parametrize("url", [OUT, IN])
@pytest.mark.parametrize(("role", "status"), [("case_worker", 403), ("editor", 200)])
def test_those_who_work_the_queue_have_the_tables(
    url: str, role: str, status: int, request: pytest.FixtureRequest
) -> None:
    assert desk_of(request.getfixturevalue(role)).get(url).status_code == status


# Out


def test_my_due_listings_are_those_of_my_area_in_the_order_of_the_queue(editor: User) -> None:
    StaffArea.objects.create(user=editor, counties=["Buncombe County, NC"])
    calm, doubted, far = due_listing("Calm"), due_listing("Doubted"), due_listing("Far", zip_code="28202")
    told(doubted)
    queued(calm, doubted, far)
    assert names(exported(desk_of(editor))) == ["Doubted", "Calm"]


def test_what_is_not_due_or_put_off_is_not_in_it(editor: User) -> None:
    not_due = due_listing("Not due", verification_due_date=None)
    told(not_due)
    queued(not_due, due_listing("Due"))
    QueueItem.objects.filter(pk=due_item("Put off").pk).update(not_before=NOW.replace(year=2027))
    assert names(exported(desk_of(editor))) == ["Due"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("category=withdrawal_management", ["Detox"]),
        ("state=TN", ["Knoxville"]),
        ("reason=REPORTED", ["Doubted"]),
        ("reason=DUE&state=NC&o=1", ["Detox"]),
    ],
)
def test_the_filters_of_the_list_are_kept(query: str, found: list[str], editor: User) -> None:
    doubted = due_listing("Doubted", verification_due_date=None)
    told(doubted)
    queued(doubted, due_listing("Detox", categories=[DETOX]), due_listing("Knoxville", zip_code="37902"))
    assert names(exported(desk_of(editor), query)) == found


def test_the_list_leads_to_its_table(editor: User, case_worker: User) -> None:
    due_item()
    listed = "/desk/finder/queueitem/?state=NC"
    assert f'href="{OUT}?state=NC"' in desk_of(editor).get(listed).content.decode()
    assert OUT not in desk_of(case_worker).get(listed).content.decode()


def test_a_long_table_costs_few_queries(editor: User, django_assert_max_num_queries: Any) -> None:
    queued(*many_due_listings(30))
    client = desk_of(editor)
    with django_assert_max_num_queries(16):
        assert len(exported(client)) == 30


# And in


@pytest.mark.parametrize(("separator", "encoding"), [(",", "utf-8-sig"), (";", "cp1252"), ("\t", "utf-8")])
def test_three_rows_are_changed_in_a_spreadsheet_come_back_and_are_accepted(
    separator: str, encoding: str, editor: User
) -> None:
    listings = [due_listing(name) for name in ("First", "Second", "Third", "Fourth")]
    queued(*listings)
    client = desk_of(editor)
    rows = {row["service_name"]: row for row in exported(client)}
    rows["First"] |= {"outcome": "changed", "new_service_name": "Casa de Recuperación"}
    rows["Second"] |= {"outcome": "all right", "new_number": "828-555-0199", "found_right": "hours"}
    rows["Third"] |= {"outcome": "all right"}

    preview = send(client, as_table(list(rows.values()), separator).encode(encoding))
    assert "3 rows would be kept" in words(preview)
    assert "name: First Casa de Recuperación" in words(preview)
    assert "phone numbers: 828-555-0142 828-555-0199" in words(preview)
    assert "1 row has nothing filled in." in words(preview)
    assert not ChangeRequest.objects.exists()
    assert not Verification.objects.exists()

    assert "3 rows were kept." in confirm(client, preview)
    for question in ChangeRequest.objects.all():
        decide = reverse("admin:finder_changerequest_decide", args=[question.pk])
        client.post(decide, {"verb": "accept"})
    first, second, third, fourth = (ServiceAtLocation.objects.get(pk=each.pk) for each in listings)
    assert first.service.name == "Casa de Recuperación"
    assert second.phones.get().number == "828-555-0199"
    assert set(Verification.objects.values_list("listing", flat=True)) == {second.pk, third.pk}
    left = QueueItem.objects.open().values_list("listing", "reasons")
    assert dict(left) == {first.pk: [QueueReason.DUE], fourth.pk: [QueueReason.DUE]}
    assert set(ChangeRequest.objects.values_list("status", flat=True)) == {ReviewStatus.ACCEPTED}


def test_rows_that_are_not_understood_are_named_with_their_reason(editor: User) -> None:
    queued(due_listing("First"), due_listing("Second"))
    client = desk_of(editor)
    rows = exported(client)
    rows[0] |= {"outcome": "fine"}
    rows[1] |= {"outcome": "all right"}
    shown = words(send(client, as_table(rows).encode()))
    assert "Row 2: We do not know the outcome “fine”." in shown
    assert "1 row would be kept" in shown


def test_a_column_that_nobody_knows_is_named(editor: User) -> None:
    due_item()
    client = desk_of(editor)
    rows = [{**exported(client)[0], "new_fax": "828-555-0199", "outcome": "all right"}]
    assert "since we do not know them: new_fax" in words(send(client, as_table(rows).encode()))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The submitted file is empty."),
        (b"name\r\nA\r\n", "Missing: id, version."),
        (b"x" * 2_000_001, "too large"),
    ],
)
def test_a_file_that_is_no_table_says_why(data: bytes, said: str, editor: User) -> None:
    assert said in words(send(desk_of(editor), data))


def test_a_table_that_was_sent_by_nobody_is_asked_for(editor: User) -> None:
    assert "This field is required." in desk_of(editor).post(IN).content.decode()


def ready(client: Client) -> str:
    """A preview with one row to keep."""
    rows = exported(client)
    rows[0] |= {"outcome": "all right"}
    return send(client, as_table(rows).encode())


def test_what_changed_between_preview_and_yes_is_refused(editor: User) -> None:
    item = due_item()
    client = desk_of(editor)
    preview = ready(client)
    item.listing.service.name = "Riverside House"
    item.listing.service.save()
    told = confirm(client, preview)
    assert "Row 2: It was changed since the table was made." in told
    assert not Verification.objects.exists()


def test_the_yes_of_another_person_or_of_yesterday_counts_for_nothing(
    editor: User, clock: time_machine.Traveller
) -> None:
    due_item()
    client = desk_of(editor)
    preview = ready(client)
    assert "This page is too old." in confirm(desk_of(person("erin", "editor")), preview)
    clock.shift(HOLDS_FOR + 1)
    assert "This page is too old." in confirm(desk_of(editor), preview)
    assert not Verification.objects.exists()


def test_what_was_tampered_with_counts_for_nothing(editor: User) -> None:
    due_item()
    client = desk_of(editor)
    told = client.post(IN, {"rows": "W10:xyz"})
    assert "This page is too old." in told.content.decode()


def test_a_long_table_is_kept_in_parts(editor: User) -> None:
    queued(*many_due_listings(130))
    client = desk_of(editor)
    rows = [row | {"outcome": "nobody answered"} for row in exported(client)]
    preview = send(client, as_table(rows).encode())
    assert "130 rows would be kept" in words(preview)
    assert "Keep the first 100" in preview
    marked = re.search(r'name="rows" value="([^"]+)"', preview)
    assert marked
    rest = unescape(client.post(IN, {"rows": marked[1]}).content.decode())
    assert "100 rows were kept." in words(rest)
    assert "30 rows would be kept" in words(rest)
    assert "30 rows were kept." in confirm(client, rest)
    assert QueueItem.objects.filter(tries=1).count() == 130
