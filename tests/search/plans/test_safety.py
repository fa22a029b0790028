"""What stands above a plan."""

import json

import pytest
from django.conf import settings
from django.core.management import call_command

from finder.models import Guidance
from finder.plans.topics import TOPICS, WHEN_NOTHING_IS_SAID
from tests.search.plans.asking import ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary", "texts")]


@pytest.fixture
def texts() -> None:
    call_command("loaddata", "guidance", verbosity=0)


def slugs(query: str) -> list[str]:
    return [text.slug for text in ask(query).safety]


def test_what_was_said_calls_for_its_texts_the_most_urgent_first() -> None:
    assert slugs("substance=kratom&substance=alcohol&situation=sleep_trouble") == [
        "alcohol-and-benzodiazepine-withdrawal",
        "overdose-and-naloxone",
        "kratom-and-7-oh",
        "melatonin-and-sleep",
    ]


def test_words_that_were_typed_call_for_theirs_too_and_none_twice() -> None:
    assert slugs("substance=cannabis&q=suicide") == ["crisis-and-suicide"]
    assert slugs("substance=kratom&q=kratom").count("kratom-and-7-oh") == 1


def test_each_has_a_title_and_words() -> None:
    assert all(text.title and text.text for text in ask("substance=opioids").safety)


def test_a_text_that_was_taken_down_is_not_shown() -> None:
    Guidance.objects.filter(slug="kratom-and-7-oh").delete()
    assert "kratom-and-7-oh" not in slugs("substance=kratom")


def test_every_topic_is_a_text_that_can_stand_above_a_plan() -> None:
    rows = json.loads((settings.BASE_DIR / "fixtures" / "guidance.json").read_text())
    routed = {row["fields"]["slug"] for row in rows if row["fields"].get("routed")}
    assert {slug for slug, _said in TOPICS} | {*WHEN_NOTHING_IS_SAID} <= routed
