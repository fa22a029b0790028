"""How sure a listing is, in words: short on a card, part by part on its page."""

from datetime import date, timedelta

import pytest

from finder.enums import CareCategory, StatementMethod, VerifiedPart, Voice
from finder.models import ListingIndex
from finder.upkeep.freshness import Freshness
from finder.upkeep.kept_freshness import kept
from finder.views.freshness import freshness_line, words_by_part

CONTACT, HOURS, SERVICES, AVAILABILITY = VerifiedPart
IMPORT, PHONE, SITE_VISIT, PROVIDER = StatementMethod
PUBLIC, CASE_WORKER, EDITOR, PROGRAM = Voice
TODAY = date(2026, 11, 22)
TREATMENT, GROUP = [CareCategory.BEHAVIORAL_HEALTH.value], [CareCategory.SUPPORT_GROUP.value]


def checked(part: VerifiedPart, *, days_ago: int = 3, method: str = PHONE, voice: str = EDITOR) -> Freshness:
    return Freshness(part, TODAY - timedelta(days=days_ago), method, voice)


def printed(part: VerifiedPart, year: int = 2025) -> Freshness:
    return Freshness(part, date(year, 6, 1), IMPORT, source="samhsa-su")


def row(*parts: Freshness, categories: list[str] = TREATMENT) -> ListingIndex:
    return ListingIndex(categories=categories, freshness=kept(parts))


def line(*parts: Freshness, categories: list[str] = TREATMENT) -> str:
    return freshness_line(row(*parts, categories=categories), today=TODAY)


def words(*parts: Freshness, categories: list[str] = TREATMENT) -> dict[str, str]:
    found = words_by_part(
        row(*parts, categories=categories), {"samhsa-su": "The National Directory"}, (), today=TODAY
    )
    return {each.name: each.words for each in found}


# On a card


def test_each_part_says_its_own_age() -> None:
    assert line(checked(CONTACT), printed(SERVICES)) == (
        "Phone confirmed 3 days ago by call; services and payment from a directory of 2025."
    )


def test_the_newest_check_comes_first_and_what_is_only_printed_last() -> None:
    parts = (checked(CONTACT, days_ago=40), checked(HOURS, days_ago=2, method=PROVIDER), printed(SERVICES))
    assert line(*parts) == (
        "Hours confirmed 2 days ago by the program; phone confirmed 5 weeks ago by call; "
        "services and payment from a directory of 2025."
    )


def test_what_was_checked_together_is_said_together() -> None:
    assert line(checked(CONTACT), checked(HOURS), printed(SERVICES)).startswith(
        "Phone and hours confirmed 3 days ago by call; "
    )


def test_whose_call_it_was_makes_no_sentence_of_its_own_on_a_card() -> None:
    parts = (checked(CONTACT, voice=CASE_WORKER), checked(SERVICES, voice=""))
    assert line(*parts) == "Confirmed by phone 3 days ago."


@pytest.mark.parametrize(
    ("method", "voice", "sentence"),
    [
        (PHONE, EDITOR, "Confirmed by phone 3 days ago."),
        (SITE_VISIT, EDITOR, "Confirmed by a visit 3 days ago."),
        (PROVIDER, PROGRAM, "Confirmed by the program itself 3 days ago."),
    ],
)
def test_all_that_was_checked_on_one_day_is_said_in_one_sentence(
    method: StatementMethod, voice: Voice, sentence: str
) -> None:
    parts = [checked(part, method=method, voice=voice) for part in (CONTACT, HOURS, SERVICES)]
    assert line(*parts) == sentence


def test_a_readers_word_is_told_apart() -> None:
    assert line(checked(CONTACT, voice=PUBLIC), printed(SERVICES)).startswith(
        "Phone confirmed 3 days ago by someone who called; "
    )
    assert line(checked(CONTACT, voice=PUBLIC, method=SITE_VISIT)) == (
        "Phone confirmed 3 days ago by someone who went."
    )


def test_a_directory_that_nobody_checked_is_said_to_be_one() -> None:
    assert line(printed(CONTACT, 2026), printed(SERVICES, 2026)) == (
        "From a published directory of 2026. Nobody has checked since."
    )


def test_old_is_said_to_be_old() -> None:
    assert line(printed(CONTACT, 2022), printed(SERVICES, 2022)) == (
        "From a published directory of 2022. Nobody has checked since. That is old: ask first."
    )
    assert line(checked(CONTACT), printed(SERVICES, 2022)) == (
        "Phone confirmed 3 days ago by call; services and payment from a directory of 2022 (old)."
    )
    assert line(checked(CONTACT, days_ago=800)) == ("Confirmed by phone 2 years ago. That is old: ask first.")


def test_what_nobody_ever_stated_says_so() -> None:
    assert line() == "Nobody has checked this yet."


def test_a_group_has_a_place_times_and_a_kind() -> None:
    parts = [checked(part, method=SITE_VISIT) for part in (CONTACT, HOURS)]
    assert line(*parts, printed(SERVICES), categories=GROUP) == (
        "Place and times confirmed 3 days ago by a visit; kind of meeting from a directory of 2025."
    )


# On its page


@pytest.mark.parametrize(
    ("method", "voice", "sentence"),
    [
        (PHONE, EDITOR, "Confirmed 3 days ago: one of our editors called."),
        (SITE_VISIT, EDITOR, "Confirmed 3 days ago: one of our editors went there."),
        (PHONE, CASE_WORKER, "Confirmed 3 days ago: a case worker called."),
        (SITE_VISIT, CASE_WORKER, "Confirmed 3 days ago: a case worker went there."),
        (PHONE, PUBLIC, "Confirmed 3 days ago: someone who called told us."),
        (SITE_VISIT, PUBLIC, "Confirmed 3 days ago: someone who went there told us."),
        (PROVIDER, PROGRAM, "Confirmed by the program itself 3 days ago."),
        (PROVIDER, EDITOR, "Confirmed by the program itself 3 days ago."),
        (PHONE, "", "Confirmed by phone 3 days ago."),
        (SITE_VISIT, "", "Confirmed by a visit 3 days ago."),
    ],
)
def test_the_page_says_in_what_role_someone_checked(method: str, voice: str, sentence: str) -> None:
    assert words(checked(CONTACT, method=method, voice=voice))["Phone and address"] == sentence


def test_the_page_names_the_directory_and_its_edition() -> None:
    assert words(printed(SERVICES, 2026))["Services and payment"] == (
        "From The National Directory, June 2026. Nobody has checked since."
    )


def test_the_page_says_that_old_is_old() -> None:
    assert words(printed(SERVICES, 2022))["Services and payment"].endswith("That is old: ask first.")


def test_hours_that_nobody_gave_have_no_line_and_room_that_nobody_said_has() -> None:
    assert words(checked(CONTACT)) == {
        "Phone and address": "Confirmed 3 days ago: one of our editors called.",
        "Services and payment": "Nobody has checked this yet.",
        "Room for new people": "Not known. Call.",
    }


def test_a_group_is_not_asked_for_room() -> None:
    assert "Room for new people" not in words(printed(CONTACT), categories=GROUP)
    assert "Place, link or phone" in words(printed(CONTACT), categories=GROUP)


def test_a_disputed_part_is_marked() -> None:
    disputed = row(printed(CONTACT))
    disputed.disputed = [CONTACT.value]
    assert [each.is_disputed for each in words_by_part(disputed, {}, (), today=TODAY)] == [True, False, False]
