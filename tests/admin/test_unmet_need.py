import csv
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.urls import reverse

from finder.models import UnmetNeed
from tests.admin.conftest import desk_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

PAGES = ("admin:unmet_need", "admin:unmet_need_csv")
DETOX, GROUP = "withdrawal_management", "support_group"


@pytest.fixture(autouse=True)
def november() -> Any:
    with time_machine.travel("2026-11-22 12:00Z", tick=False):
        yield


def counted(count: int, day: date = date(2026, 11, 5), **where: str) -> None:
    row = {"state_province": "NC", "county": "Buncombe County", "category": DETOX, "need": "medicaid"} | where
    UnmetNeed.objects.create(date=day, count=count, **row)


def page(user: User, query: str = "", status: int = 200) -> str:
    response = desk_of(user).get(f"{reverse('admin:unmet_need')}?{query}")
    assert response.status_code == status
    return unescape(response.content.decode())


def table(user: User, query: str = "") -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", page(user, query), re.DOTALL)
    return [cells for row in rows if (cells := re.findall(r"<td>(.*?)</td>", row))]


def downloaded(user: User, query: str = "") -> list[list[str]]:
    response = desk_of(user).get(f"{reverse('admin:unmet_need_csv')}?{query}")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == 'attachment; filename="unmet-need.csv"'
    return list(csv.reader(response.content.decode().splitlines()))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("role", "status"), [("case_worker", 403), ("editor", 403), ("administrator", 200), ("superuser", 200)]
)
def test_only_administrators_see_it(
    name: str, role: str, status: int, request: pytest.FixtureRequest
) -> None:
    assert desk_of(request.getfixturevalue(role)).get(reverse(name)).status_code == status


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_is_asked_to_sign_in(name: str) -> None:
    assert desk_of(None).get(reverse(name)).headers["Location"].startswith(reverse("admin:login"))


@pytest.mark.parametrize("name", PAGES)
def test_it_is_only_read(name: str, administrator: User) -> None:
    assert desk_of(administrator).post(reverse(name)).status_code == 405


def test_the_desk_leads_there_and_only_for_those_who_may(administrator: User, editor: User) -> None:
    address = reverse("admin:unmet_need")
    assert address == "/desk/unmet-need/"
    assert address in desk_of(administrator).get(reverse("admin:index")).content.decode()
    assert address not in desk_of(editor).get(reverse("admin:index")).content.decode()


def test_no_list_of_the_rows_themselves_is_at_the_desk(superuser: User) -> None:
    assert desk_of(superuser).get("/desk/finder/unmetneed/").status_code == 404


def test_a_number_below_ten_is_nowhere_on_it(administrator: User) -> None:
    counted(7)
    counted(23, category=GROUP, need="")
    assert table(administrator) == [
        ["2026-11", "North Carolina", "Buncombe County", "Support group", "(the kind of help itself)", "23"],
        ["2026-11", "North Carolina", "Buncombe County", "Detox", "Medicaid", "fewer than 10"],
    ]
    assert "What is shown makes 23." in page(administrator)


def test_the_file_hides_what_the_page_hides(administrator: User) -> None:
    counted(7)
    counted(1200, category=GROUP, need="")
    assert downloaded(administrator) == [
        ["period", "state_province", "county", "category", "need", "need_name", "count"],
        ["2026-11", "NC", "Buncombe County", GROUP, "", "", "1,200"],
        ["2026-11", "NC", "Buncombe County", DETOX, "medicaid", "Medicaid", "fewer than 10"],
    ]


def test_days_of_a_month_count_together(administrator: User) -> None:
    counted(6, date(2026, 11, 1))
    counted(6, date(2026, 11, 2))
    assert [row[-1] for row in table(administrator)] == ["12"]


def test_one_state_can_be_looked_at(administrator: User) -> None:
    counted(20)
    counted(30, state_province="TN", county="Knox County")
    assert [row[1] for row in table(administrator, "state=TN")] == ["Tennessee"]


def test_a_period_holds_both_its_months(administrator: User) -> None:
    for month in (8, 9, 10, 11):
        counted(20, date(2026, month, 1))
    periods = [row[0] for row in table(administrator, "since=2026-09&until=2026-10&sort=period")]
    assert periods == ["2026-09", "2026-10"]


def test_a_month_of_a_quarter_brings_the_quarter_whole(administrator: User) -> None:
    for month in (6, 7, 8, 9, 10):
        counted(20, date(2026, month, 30))
    assert [row[::5] for row in table(administrator, "span=quarter&since=2026-08&until=2026-08")] == [
        ["2026-Q3", "60"]
    ]


def test_a_year_without_a_word_is_shown_at_first(administrator: User) -> None:
    counted(20, date(2025, 11, 30))
    counted(20, date(2025, 12, 1))
    assert [row[0] for row in table(administrator)] == ["2025-12"]


def test_counties_make_a_state(administrator: User) -> None:
    counted(20)
    counted(30, county="Madison County")
    assert [row[1:3] + row[5:] for row in table(administrator, "extent=state")] == [
        ["North Carolina", "(all)", "50"]
    ]


def test_a_heading_puts_the_table_in_its_order_and_says_so(administrator: User) -> None:
    counted(20, county="Madison County")
    counted(30)
    html = page(administrator, "sort=county")
    assert [row[2] for row in table(administrator, "sort=county")] == ["Buncombe County", "Madison County"]
    assert [row[2] for row in table(administrator, "sort=-county")] == ["Madison County", "Buncombe County"]
    assert html.count("aria-sort=") == 1
    heading = re.search(r'<th scope="col" aria-sort="ascending">\s*<a href="([^"]+)">County', html)
    assert heading
    assert "sort=-county" in heading[1]


def test_many_rows_are_on_pages_and_in_one_file(administrator: User) -> None:
    for number in range(101):
        counted(20, need=f"need_{number}")
    assert len(table(administrator)) == 100
    assert len(table(administrator, "page=2")) == 1
    assert len(downloaded(administrator)) == 102


@pytest.mark.parametrize(
    "query", ["span=day", "state=XX", "since=1999-01", "sort=secret", "since=2026-11&until=2026-10"]
)
def test_what_is_not_understood_shows_nothing(query: str, administrator: User) -> None:
    counted(20, date(2026, 10, 1))
    assert "<td>" not in page(administrator, query, status=400)
    assert desk_of(administrator).get(f"{reverse('admin:unmet_need_csv')}?{query}").status_code == 400


def test_an_empty_period_says_so(administrator: User) -> None:
    assert "Nothing was counted in this period." in page(administrator)


def test_the_page_says_what_the_number_means(administrator: User) -> None:
    assert "Times that a search or plan found nothing." in page(administrator)
