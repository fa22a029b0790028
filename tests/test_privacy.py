"""What must never leave: confidential addresses, unpublished listings, and who asked for what.

A new page or output adds its line to `tests.outputs`, and every test here then walks it too.
"""

import random
from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from finder.actions.indexing import index_listings, rebuild_index
from finder.enums import CareCategory, EditorialStatus
from finder.geography.gazetteer import county_centroid
from finder.geography.position import great_circle_miles
from finder.models import DirectoryWord, ListingIndex, Location, ServiceAtLocation, TaxonomyTerm, UnmetNeed
from tests.factories import HowToJoinFactory, ScheduleFactory, make_listing
from tests.outputs import SHOWING_IT, addresses, body, told
from tests.own_addresses import own_names
from tests.rolled_back import rolled_back

pytestmark = pytest.mark.django_db

HOME_ZIP, HOME_CITY, HOME_COUNTY = "28711", "Black Mountain", "Buncombe County"
HOME_LATITUDE, HOME_LONGITUDE = 35.648217, -82.298431
SECRETS = ("Hidden Hollow", "Zebra", HOME_CITY, HOME_ZIP, "35.648", "82.298", "35.65", "82.30", "170 bus")


@pytest.fixture(scope="module")
def safe_house(django_db_setup: None, django_db_blocker: Any) -> Iterator[ServiceAtLocation]:
    with rolled_back(django_db_blocker):
        call_command("loaddata", "sources", "vocabulary", "crisis_lines", "guidance", verbosity=0)
        listing = make_listing(
            name="Safe House",
            zip_code=HOME_ZIP,
            confidential=True,
            yes=["medicaid"],
            location__address_1="4711 Hidden Hollow Lane",
            location__address_2="Unit Zebra",
            location__latitude=HOME_LATITUDE,
            location__longitude=HOME_LONGITUDE,
            location__transportation="Take the 170 bus to Hidden Hollow.",
        )
        ScheduleFactory(listing=listing)
        make_listing(name="Far House", zip_code="96813")  # to compare it with
        rebuild_index()
        yield listing


def api(client: Client, query: str) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(f"/api/search?{query}").json()
    return answer


def of_safe_house(client: Client, query: str) -> dict[str, Any] | None:
    return next((found for found in api(client, query)["results"] if found["name"] == "Safe House"), None)


def test_every_public_address_is_walked(safe_house: ServiceAtLocation) -> None:
    english = {at for at in addresses(safe_house).values() if not at.startswith("/es/")}
    walked = {resolve(address.split("?")[0]).url_name for address in english}
    assert own_names() <= walked, "Add the new output to OUTPUTS."


def test_a_confidential_address_is_in_no_output(client: Client, safe_house: ServiceAtLocation) -> None:
    leaks = [
        f"{name}: {secret}"
        for name, address in addresses(safe_house).items()
        for secret in SECRETS
        if secret in told(client.get(address))
    ]
    assert not leaks, "\n".join(leaks)


def test_nor_is_it_on_a_list_that_someone_makes(client: Client, safe_house: ServiceAtLocation) -> None:
    client.post("/list/add/", {"listing": str(safe_house.pk)})
    outputs = {kind: told(client.get(f"/list/list.{kind}")) for kind in ("pdf", "txt", "csv", "ics", "vcf")}
    outputs |= {"page": told(client.get("/list/")), "link": told(client.post("/list/share/"))}
    outputs |= {"paper": told(client.post("/list/paper/", {"size": "large", "language": "es"}))}
    shown = [name for name in ("page", "pdf", "txt", "csv", "vcf", "paper") if "Safe House" in outputs[name]]
    assert len(shown) == len(outputs) - len(("link", "ics"))
    assert [f"{name}: {each}" for name, text in outputs.items() for each in SECRETS if each in text] == []


def test_a_confidential_listing_is_found_all_the_same(client: Client, safe_house: ServiceAtLocation) -> None:
    found = addresses(safe_house)
    missing = [name for name in SHOWING_IT if "Safe House" not in told(client.get(found[name]))]
    assert not missing


def test_the_api_gives_the_state_of_a_confidential_listing_and_nothing_nearer(
    client: Client, safe_house: ServiceAtLocation
) -> None:
    found = of_safe_house(client, "q=safe")
    assert found is not None
    assert (found["city"], found["postal_code"], found["state_province"]) == ("", "", "NC")


def test_its_miles_lead_to_the_middle_of_the_county(client: Client, safe_house: ServiceAtLocation) -> None:
    middle = county_centroid("NC", HOME_COUNTY)
    assert middle is not None
    assert great_circle_miles(*middle, HOME_LATITUDE, HOME_LONGITUDE) > 5
    dice = random.Random(7)
    for _ in range(40):
        center = round(35.6 + dice.uniform(-0.4, 0.4), 4), round(-82.4 + dice.uniform(-0.4, 0.4), 4)
        found = of_safe_house(client, f"near={center[0]},{center[1]}&within=200")
        assert found is not None
        assert found["miles"] == pytest.approx(great_circle_miles(*center, *middle), abs=1e-3)


@pytest.mark.parametrize("place", [HOME_ZIP, "Black Mountain, NC", f"{HOME_LATITUDE},{HOME_LONGITUDE}"])
def test_a_circle_around_its_door_does_not_hold_it(
    client: Client, safe_house: ServiceAtLocation, place: str
) -> None:
    assert of_safe_house(client, f"near={place}&within=3") is None


def test_a_circle_holds_it_only_with_the_middle_of_the_county(
    client: Client, safe_house: ServiceAtLocation
) -> None:
    middle = county_centroid("NC", HOME_COUNTY)
    assert middle is not None
    miles = great_circle_miles(35.2, -82.2, *middle)
    assert of_safe_house(client, f"near=35.2,-82.2&within={miles - 0.01:.4f}") is None
    assert of_safe_house(client, f"near=35.2,-82.2&within={miles + 0.01:.4f}") is not None


@pytest.mark.parametrize(
    "words", ["hollow", "hidden hollow", "zebra", "4711", HOME_ZIP, "black mountain", "bus"]
)
def test_words_of_its_address_do_not_find_it(
    client: Client, safe_house: ServiceAtLocation, words: str
) -> None:
    assert of_safe_house(client, f"q={words}") is None


@pytest.mark.parametrize(
    "place", [HOME_ZIP, "Black Mountain, NC", "28801", f"{HOME_LATITUDE},{HOME_LONGITUDE}"]
)
def test_no_comparison_says_how_far_it_is(client: Client, safe_house: ServiceAtLocation, place: str) -> None:
    """From three places one could tell where it is."""
    address = addresses(safe_house)["a comparison"].replace("28801", place)
    page = body(client.get(address)).decode()
    assert "Not shown: the address is kept private" in page
    assert "Buncombe County, NC" in page
    assert "mile" in page  # the other's
    assert "Less than 1 mile" not in page
    for secret in ("Hidden Hollow", "Zebra", "170 bus"):
        assert secret not in page


def test_nothing_changes_for_readers_when_it_moves_inside_its_county(
    client: Client, safe_house: ServiceAtLocation
) -> None:
    walked = addresses(safe_house)
    with time_machine.travel(timezone.now(), tick=False):  # a list says of what moment it is
        before = {name: body(client.get(address)) for name, address in walked.items()}
        Location.objects.filter(pk=safe_house.location_id).update(
            address_1="1 Elsewhere", city="Arden", postal_code="28704", latitude=35.46, longitude=-82.52
        )
        index_listings([safe_house.pk])
        after = {name: body(client.get(address)) for name, address in walked.items()}
    assert [name for name in before if before[name] != after[name]] == []


def test_a_confidential_listing_in_no_known_county_is_near_nothing(
    client: Client, safe_house: ServiceAtLocation
) -> None:
    Location.objects.filter(pk=safe_house.location_id).update(region="")
    index_listings([safe_house.pk])
    assert of_safe_house(client, "near=28801&within=500") is None
    assert of_safe_house(client, "near=NC") is not None


HIDDEN: dict[str, dict[str, Any]] = {"a draft": {"draft": True}, "archived": {"archived": True}}


@pytest.mark.parametrize("state", HIDDEN)
def test_what_is_not_published_is_in_no_output(
    client: Client, safe_house: ServiceAtLocation, state: str
) -> None:
    hidden = make_listing(name="Unseen Place", yes=["medicaid"], **HIDDEN[state])
    index_listings([hidden.pk])
    for name, address in addresses(hidden).items():
        response = client.get(address)
        assert "Unseen Place" not in told(response), name
        if name.startswith("the listing"):
            assert response.status_code == 404, name
    assert api(client, "q=unseen")["count"] == 0


def test_a_listing_archived_behind_the_index_is_not_shown(
    client: Client, safe_house: ServiceAtLocation
) -> None:
    listing = make_listing(name="Unseen Place")
    index_listings([listing.pk])
    ServiceAtLocation.objects.filter(pk=listing.pk).update(editorial_status=EditorialStatus.DRAFT)
    for name, address in addresses(listing).items():
        assert "Unseen Place" not in told(client.get(address)), name


def test_no_reader_is_given_a_cookie(client: Client, safe_house: ServiceAtLocation) -> None:
    given = [name for name, address in addresses(safe_house).items() if client.get(address).cookies]
    assert not given


def test_every_answer_says_that_nothing_is_told_to_others(
    client: Client, safe_house: ServiceAtLocation
) -> None:
    for name, address in addresses(safe_house).items():
        headers = client.get(address).headers
        assert headers["Referrer-Policy"] == "no-referrer", name
        assert headers["X-Content-Type-Options"] == "nosniff", name
        assert headers["X-Frame-Options"] == "DENY", name
        policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == "'none'", name
        assert "http" not in headers["Content-Security-Policy"], name
        assert "unsafe" not in headers["Content-Security-Policy"], name


def test_no_search_is_kept_by_a_browser_or_proxy(client: Client, safe_house: ServiceAtLocation) -> None:
    asked = (
        "search",
        "/plan",
        "/next/",
        "/how-to-join/",
        "/called/",
        "/report",
        "/suggest/",
        "/l/",
        "/compare/",
    )
    searches = {name: at for name, at in addresses(safe_house).items() if any(part in at for part in asked)}
    assert len(searches) > 20
    kept = [name for name, at in searches.items() if "no-store" not in client.get(at)["Cache-Control"]]
    assert not kept


def test_the_log_holds_nothing_of_a_search(
    client: Client, safe_house: ServiceAtLocation, capfd: pytest.CaptureFixture[str]
) -> None:
    for address in addresses(safe_house).values():
        client.get(address)
    written = "".join(capfd.readouterr())
    assert not [
        word
        for word in ("28801", "Buncombe", "medicaid", "safe house", "kratom", "Qwxyzt")
        if word in written
    ]


TYPED = {
    "near": ("28801", "Asheville, NC", "35.5951,-82.5515", "4711 Oak Street, Asheville, NC 28801", HOME_ZIP),
    "q": ("kratom", "my son will not wake up", "Riverside", "Jane Example"),
    "category": ("", "withdrawal_management", "support_group"),
    "need": ("", "medicaid", "spanish"),
    "when": ("", "fri"),
}


def test_what_is_counted_holds_nothing_that_was_typed(client: Client, safe_house: ServiceAtLocation) -> None:
    """Each column holds a word of a closed list: a day, a state, a county, a kind of help, a need."""
    for values in product(*TYPED.values()):
        asked = {name: value for name, value in zip(TYPED, values, strict=True) if value}
        client.get("/search/", asked)
    rows = list(UnmetNeed.objects.values())
    assert len(rows) > 5
    needs = set(TaxonomyTerm.objects.values_list("slug", flat=True))
    for row in rows:
        assert set(row) == {"date", "state_province", "county", "category", "need", "count"}
        assert type(row["date"]) is date
        assert (row["state_province"], row["county"]) == ("NC", "Buncombe County")
        assert row["category"] in {"", *CareCategory.values}
        assert row["need"] in {"", *needs}
    assert not [word for word in ("kratom", "Jane", "Riverside", "28801", "Oak", "35.5") if word in str(rows)]


def test_the_answer_to_one_reader_does_not_depend_on_another(
    client: Client, safe_house: ServiceAtLocation
) -> None:
    """No count of views, no place in the order for what was opened before."""
    address = addresses(safe_house)["search by ZIP"]
    before = body(client.get(address))
    make = Client(HTTP_ACCEPT_LANGUAGE="es", HTTP_USER_AGENT="another")
    for other in addresses(safe_house).values():
        make.get(other)
    assert body(client.get(address)) == before


def test_the_day_a_listing_was_checked_is_public_and_the_person_is_not(
    client: Client, safe_house: ServiceAtLocation
) -> None:
    found = of_safe_house(client, "q=safe")
    assert found is not None
    assert found["checked_date"] == date(2026, 11, 1).isoformat()
    assert not [name for name in found if name.endswith("_by")]


WAYS_IN = ("meet.example.org", "secret-room", "555-0190", "5550122", "8285550190", "willow")


@pytest.fixture
def online_group(safe_house: ServiceAtLocation) -> ServiceAtLocation:
    group = make_listing(
        name="Safe Circle",
        online=True,
        zip_code="",
        categories=[CareCategory.SUPPORT_GROUP],
        yes=["medicaid", "spanish", "online"],
    )
    meeting = ScheduleFactory(listing=group, meeting=True, online=True, byday="")
    HowToJoinFactory(schedule=meeting, url="https://meet.example.org/secret-room")
    index_listings([group.pk])
    return group


def test_how_to_join_is_in_no_output(client: Client, online_group: ServiceAtLocation) -> None:
    walked = addresses(online_group) | {
        "group by name": "/search/?q=safe+circle",
        "groups online": "/search/?near=online&category=support_group",
    }
    shown = {name: told(client.get(address)) for name, address in walked.items()}
    assert sum("Safe Circle" in page for page in shown.values()) >= 5
    assert [f"{name}: {secret}" for name, page in shown.items() for secret in WAYS_IN if secret in page] == []
    assert api(client, "q=willow")["count"] == 0


def test_how_to_join_is_neither_in_the_index_nor_among_the_words_that_mend_a_search(
    online_group: ServiceAtLocation,
) -> None:
    row = ListingIndex.objects.filter(pk=online_group.pk).values().get()
    words = set(DirectoryWord.objects.values_list("word", flat=True))
    assert not [secret for secret in WAYS_IN if secret in str(row)]
    assert not words & {"willow", "secret", "room", "5550122"}


def test_a_press_writes_nothing_of_it_into_the_log(
    client: Client, online_group: ServiceAtLocation, capfd: pytest.CaptureFixture[str]
) -> None:
    assert "secret-room" in told(client.post(f"/how-to-join/{online_group.pk}/"))
    written = "".join(capfd.readouterr())
    assert not [secret for secret in WAYS_IN if secret in written]
