"""The lists of large counties: each file is small enough, all together hold everything, and each says so."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from finder.exporters.pack_parts import MOST_BYTES
from finder.models import Service
from tests.made_up_county import make_county
from tests.rolled_back import rolled_back

COUNT = 3_000
PACK = "/packs/nc/buncombe-county/"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with rolled_back(django_db_blocker):
        call_command("loaddata", "sources", "vocabulary", "crisis_lines", "guidance", verbosity=0)
        make_county(COUNT)
        yield


def parts(client: Client) -> list[str]:
    chooser = client.get(PACK).content.decode()
    return re.findall(rf'href="({PACK}\?area=[^"]+)"', chooser)


def file(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_each_file_is_below_its_limit_and_all_together_hold_every_listing(
    client: Client, county: None
) -> None:
    files = [file(client, address) for address in parts(client)]
    assert len(files) > 1
    assert max(len(text.encode()) for text in files) < MOST_BYTES
    found = {int(number) for text in files for number in re.findall(r"Western Carolina (\d+)", text)}
    assert found == set(range(COUNT))


def test_no_file_is_nearly_empty_for_want_of_a_better_estimate(client: Client, county: None) -> None:
    files = [file(client, address) for address in parts(client)[:-1]]
    assert all(len(text.encode()) > MOST_BYTES / 3 for text in files)


def test_each_part_says_what_stands_in_the_others(client: Client, county: None) -> None:
    first, *others = parts(client)
    shown = file(client, first)
    assert f"Part 1 of {len(others) + 1}: ZIP codes 28701 to" in shown
    here = {
        "detox place": shown.count("Medically supervised: not stated"),
        "treatment place": shown.count("How to pay: not stated")
        - shown.count("Medically supervised: not stated"),
        "support group": shown.count('<b class="time">'),
    }
    whole = {"detox place": 100, "treatment place": 200, "support group": 2_700}
    rest = ", ".join(f"{whole[kind] - here[kind]} {kind}s" for kind in whole)
    assert f"In the other parts of this county: {rest}." in shown


@pytest.mark.parametrize("zip_code", ["28701", "28801", "28816"])
def test_a_zip_code_leads_to_the_part_that_holds_it(client: Client, county: None, zip_code: str) -> None:
    assert f", NC {zip_code}" in file(client, f"{PACK}?area={zip_code}")


@pytest.mark.parametrize("area", ["90210", "2880", "99999", "other", "28801-7", "x"])
def test_a_part_that_is_not_there_is_not_found(client: Client, county: None, area: str) -> None:
    assert client.get(f"{PACK}?area={area}").status_code == 404


def test_paper_of_the_whole_county_is_not_made(client: Client, county: None) -> None:
    assert client.get(f"{PACK}pack.pdf").status_code == 404
    first, *_ = parts(client)
    assert client.get(first.replace("?", "pack.pdf?")).content.startswith(b"%PDF-")


def test_a_file_too_large_all_the_same_leaves_out_what_can_be_asked_and_says_so(
    client: Client, county: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_ = parts(client)
    whole = file(client, first)
    monkeypatch.setattr("finder.views.packs.MOST_BYTES", len(whole.encode()) - 1)
    short = file(client, first)
    assert "there was no room for them. Ask when you call." in short
    assert "How to pay" in whole
    assert "How to pay" not in short
    assert "Medically supervised: not stated, ask" in short
    assert short.count('class="number"') == whole.count('class="number"')


def test_the_longest_names_make_no_file_too_large(client: Client, county: None) -> None:
    Service.objects.update(name="&" * 500)
    sizes = [len(file(client, address).encode()) for address in parts(client)]
    Service.objects.update(name="Riverside")
    assert max(sizes) < MOST_BYTES
