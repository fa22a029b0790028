"""Whose feed it is: credited, never overwritten, and left alone once it asked for that."""

from typing import Any

import pytest

from finder.actions.feeds import Credit, known_feed
from finder.actions.refusals import Refused
from finder.meetings.meeting import Feed
from finder.models import Source
from tests.factories import SourceFactory
from tests.meeting_samples import NOW, group, import_groups
from tests.samples import all_rows, facility, import_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

ENTITY = {"name": "Example Intergroup", "url": "https://intergroup.example.org"}


def the_source() -> Source:
    return Source.objects.get(slug="example-intergroup")


def test_the_first_feed_of_a_source_makes_it_and_credits_the_service_body() -> None:
    import_groups(group(), entity=ENTITY, timezone="America/Chicago")

    source = the_source()
    assert (source.name, source.publisher, source.url) == (
        "Example Intergroup",
        "Example Intergroup",
        ENTITY["url"],
    )
    assert (source.format, source.fellowship, source.timezone) == ("meeting_guide", "aa", "America/Chicago")
    assert "Example Intergroup" in source.attribution
    assert "Example Intergroup" in source.attribution_es


def test_without_a_service_body_the_source_is_named_after_its_slug() -> None:
    import_groups(group())

    assert the_source().name == "Example Intergroup"


def test_the_operators_name_comes_first() -> None:
    import_groups(group(), entity=ENTITY, credit=Credit("Example Area 1", "https://example.org/feed.json"))

    assert (the_source().name, the_source().feed_url) == ("Example Area 1", "https://example.org/feed.json")


def test_what_a_person_wrote_of_a_source_stays() -> None:
    import_groups(group())
    Source.objects.filter(slug="example-intergroup").update(name="By Hand", attribution="Thanks.")

    import_groups(group(), entity=ENTITY)

    assert (the_source().name, the_source().attribution, the_source().url) == (
        "By Hand",
        "Thanks.",
        ENTITY["url"],
    )


def test_a_source_keeps_its_fellowship_and_clock_for_the_next_time() -> None:
    import_groups(group(), timezone="America/Chicago")

    assert known_feed(slug="example-intergroup") == Feed("example-intergroup", "aa", "America/Chicago")


def test_what_the_operator_gives_comes_before_what_the_source_kept() -> None:
    import_groups(group(), timezone="America/Chicago")

    assert known_feed(slug="example-intergroup", timezone="America/Denver").timezone == "America/Denver"


def opted_out() -> None:
    SourceFactory(slug="example", name="Example Area", fellowship="aa", opted_out_at=NOW)


def of_another_fellowship() -> None:
    SourceFactory(slug="example", name="Example Area", fellowship="na")


def a_directory() -> None:
    import_rows(facility())


def nothing() -> None:
    pass


REFUSALS = {
    "opted out": (opted_out, {}, "“Example Area” asked not to be listed (2026-11-22): its feed is not read."),
    "of another fellowship": (
        of_another_fellowship,
        {},
        "“Example Area” lists meetings of Narcotics Anonymous: give another --source.",
    ),
    "a directory": (
        a_directory,
        {"slug": "samhsa-su"},
        "“samhsa-su” is the name of a source that is no meeting feed: choose another.",
    ),
    "no such clock": (
        nothing,
        {"timezone": "Chicago"},
        "“Chicago” is not a time zone: write it like America/New_York.",
    ),
    "a path for a clock": (
        nothing,
        {"timezone": "../etc"},
        "“../etc” is not a time zone: write it like America/New_York.",
    ),
}


@pytest.mark.parametrize(("state", "given", "sentence"), REFUSALS.values(), ids=REFUSALS)
def test_a_feed_that_cannot_be_read_is_refused_with_a_sentence(state: Any, given: Any, sentence: str) -> None:
    state()

    with pytest.raises(Refused) as refused:
        known_feed(**{"slug": "example", "fellowship": "aa"} | given)

    assert str(refused.value) == sentence


def test_a_new_source_needs_its_fellowship() -> None:
    with pytest.raises(Refused, match="--fellowship, one of aa, al-anon"):
        known_feed(slug="example")


def test_an_opt_out_that_comes_in_between_stops_the_import() -> None:
    import_groups(group())
    Source.objects.filter(slug="example-intergroup").update(opted_out_at=NOW)
    before = all_rows()

    with pytest.raises(Refused):
        import_groups(group("Example New Name"))

    assert all_rows() == before
