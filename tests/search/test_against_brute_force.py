"""Random searches give what a slow, separate reading of the same file gives.

With DIRECTORY_FILE set to a real SAMHSA workbook, that file is imported and searched instead of the small
made-up one: DIRECTORY_FILE=National_Directory_SA_Facilities_2022.xlsx pytest tests/search/test_against_...
"""

import os
import random
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.test import Client

from tests.brute_force import Directory, Search, random_search, read_directory
from tests.made_up_directory import write_directory

SEARCHES = 200
FACETED = 50
MOST_PAGES = 30

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory(vocabulary: None, tmp_path: Path, client: Client) -> Directory:
    given = os.environ.get("DIRECTORY_FILE")
    path = Path(given) if given else write_directory(tmp_path / "Directory_SA_2022.xlsx", facilities=400)
    call_command("import_listings", "samhsa", str(path), "--edition", "2022", "--json")
    return read_directory(path, client.get("/api/vocabulary").json()["terms"])


def ask(client: Client, parameters: list[tuple[str, str]]) -> dict[str, Any]:
    response = client.get(f"/api/search?{urlencode(parameters)}")
    assert response.status_code == 200, (parameters, response.content)
    answer: dict[str, Any] = response.json()
    return answer


def all_results(client: Client, parameters: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Of every page, or of the first thirty."""
    results: list[dict[str, Any]] = []
    for page in range(1, MOST_PAGES + 1):
        answer = ask(client, [*parameters, ("page", str(page))])
        results += answer["results"]
        if not answer["next"]:
            break
    return results


def identity(result: dict[str, Any]) -> tuple[str, str, str, str]:
    return result["name"], result["organization"], result["postal_code"], result["phone"] or ""


def compare(client: Client, directory: Directory, search: Search) -> None:
    expected = directory.answer(search)
    answer = ask(client, search.parameters)
    assert (answer["count"], answer["count_maybe"]) == (len(expected["yes"]), len(expected["maybe"])), search
    results = all_results(client, search.parameters)
    for fit in ("yes", "maybe"):
        found = [result for result in results if result["fit"] == fit]
        if len(results) == answer["count"] + answer["count_maybe"]:
            assert Counter(map(identity, found)) == Counter(row.identity for _, row in expected[fit]), search
        if search.center:
            miles = sorted(miles for miles, _ in expected[fit])[: len(found)]
            assert [result["miles"] for result in found] == pytest.approx(miles, abs=1e-5), search
    assert [result["fit"] for result in results] == sorted((r["fit"] for r in results), reverse=True)


def compare_facets(client: Client, directory: Directory, search: Search) -> int:
    compared = 0
    for facet in ask(client, search.parameters)["facets"]:
        members = {slug for slug, term in directory.terms.items() if term["taxonomy"] == facet["taxonomy"]}
        others = [pair for pair in search.parameters if pair[0] != "need" or pair[1] not in members]
        for term in facet["terms"]:
            asked = [*others, ("need", term["slug"])]
            assert ask(client, asked)["count"] == term["count"], (search, term)
            compared += 1
    return compared


def test_random_searches_match_the_file(client: Client, directory: Directory) -> None:
    dice = random.Random(2022)
    for _ in range(SEARCHES):
        compare(client, directory, random_search(directory, dice))


def test_facet_counts_are_the_counts_of_the_searches_they_stand_for(
    client: Client, directory: Directory
) -> None:
    dice = random.Random(50)
    faceted = FACETED if "DIRECTORY_FILE" in os.environ else 5
    compared = sum(compare_facets(client, directory, random_search(directory, dice)) for _ in range(faceted))
    assert compared > faceted
