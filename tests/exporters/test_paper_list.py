import re
from statistics import mode
from time import perf_counter

import pytest
from django.utils.translation import get_language, override

from finder.exporters.paper_list import list_as_pdf
from finder.referral.shown import ShownItem, ShownPhone, ShownSection
from tests.read_paper import faults, heights, opened, pages, squares_read, told_in_order, words
from tests.shown_lists import CODE, CRISIS, GROUP, LINK, plan_list, shown_item, shown_list

SECONDS_FOR_THIRTY = 3
NAMES = {language: tuple(line.name for line in lines) for language, lines in CRISIS.items()}


def in_order(text: str, *parts: str) -> bool:
    return re.search(".*".join(map(re.escape, parts)), text) is not None


def test_says_whom_to_call_and_where() -> None:
    said = words(list_as_pdf(shown_list(shown_item(7))))
    assert in_order(
        said,
        "Places to call",
        "As of Nov. 27, 2026 · 1 place",
        "Call before you go.",
        "Detox: Start now",
        "1. Example Place 7",
        "Detox · Asheville, NC",
        "828-555-0107 front desk",
        "7 Example Street Asheville, NC 28801",
        "When: Monday to Friday, 9:00 am to 5:00 pm",
        "Before you go: • Adults 18 and older • Ask if they take your insurance",
        "Good to know: • Medically supervised: yes • Medicaid: yes • Spanish: not stated",
        "Phone and address checked 3 days ago, by phone",
        "Page 1 of 1",
    )


def test_a_place_that_says_little_leaves_no_empty_labels() -> None:
    bare = shown_item(1, phones=(), address=(), limits=(), facts=(), times=(), checked="", where="Online")
    said = words(list_as_pdf(shown_list(bare)))
    assert "1. Example Place 1 Detox · Online Page 1 of 1" in said
    assert not [
        label
        for label in ("When", "Before you go", "Good to know", "Note", "What the words")
        if label in said
    ]


def test_what_cannot_be_dialed_or_opened_is_printed_all_the_same() -> None:
    item = shown_item(1, url="", phones=(ShownPhone("HELP-NOW", ""),))
    assert in_order(words(list_as_pdf(shown_list(item))), "1. Example Place 1", "HELP-NOW")


def test_a_note_is_said_where_there_is_one() -> None:
    assert "Note for you: Bring a friend." in words(
        list_as_pdf(shown_list(shown_item(note="Bring a friend.")))
    )


def test_places_are_numbered_through_all_legs() -> None:
    said = words(list_as_pdf(plan_list()))
    numbers = re.findall(r"(\d)\. Example (?:Place|Group)", said)
    assert numbers == ["1", "2", "3", "4", "5"]
    assert in_order(
        said, "Detox: Start now", "2. ", "Treatment: Right after", "3. ", "Support groups: Alongside"
    )


def test_what_changed_and_what_is_doubtful_stands_before_the_number() -> None:
    said = words(list_as_pdf(plan_list()))
    assert in_order(said, "1. Example", "Careful: Someone could not reach it 2 days ago.", "828-555-0101")
    assert in_order(said, "2. Example", "Changed: New phone: 828-555-0102. It was 828-555-0199.", "intake")


def test_of_a_place_that_is_gone_only_the_name_is_said() -> None:
    said = words(list_as_pdf(shown_list(shown_item(1, is_gone=True, note="Ask Sam."))))
    assert "1. Example Place 1 Not listed any more. It may have closed or moved: try the next one." in said
    assert "Note for you: Ask Sam." in said
    assert not re.search("828|Street|Asheville|checked", said)


def test_a_place_that_is_now_another_says_which() -> None:
    merged = shown_item(1, is_gone=True, changes=("Now listed as: Example Place 2",))
    said = words(list_as_pdf(shown_list(merged)))
    assert "1. Example Place 1 Now listed as: Example Place 2" in said
    assert "Not listed any more" not in said


def test_a_made_up_place_says_so() -> None:
    assert "Made-up example. Do not call it." in words(list_as_pdf(shown_list(shown_item(is_demo=True))))
    assert "Made-up" not in words(list_as_pdf(shown_list(shown_item())))


CHANGED = "Changed: This is different from when the list was shared."
CAREFUL = "Careful: We are not sure about this place. Call first."


@pytest.mark.parametrize(
    ("item", "meant"),
    [
        (shown_item(), ""),
        (shown_item(doubts=("d",)), f"What the words mean {CAREFUL} Page"),
        (shown_item(changes=("c",)), f"What the words mean {CHANGED} Page"),
        (shown_item(changes=("c",), doubts=("d",)), f"What the words mean {CHANGED} {CAREFUL} Page"),
        (shown_item(changes=("c",), is_gone=True), ""),
    ],
)
def test_the_legend_explains_the_words_in_use(item: ShownItem, meant: str) -> None:
    said = words(list_as_pdf(shown_list(item)))
    assert meant in said
    assert ("What the words mean" in said) == bool(meant)


def test_a_phone_reads_the_square() -> None:
    assert squares_read(list_as_pdf(plan_list())) == [LINK]
    assert squares_read(list_as_pdf(plan_list(), large_type=True)) == [LINK]


def test_hands_can_type_the_code() -> None:
    said = words(list_as_pdf(plan_list()))
    assert in_order(
        said,
        "See what changed since you printed this",
        "Or open this page and type the code: finder.example.org/en/l/",
        CODE,
        "The link ends on January 26, 2027.",
    )
    assert LINK not in said


def test_without_a_code_the_whole_address_stands_there() -> None:
    assert "Or open this page: finder.example.org/en/l/K7QM2X9P4DTH/" in words(
        list_as_pdf(plan_list(code=""))
    )


def test_a_list_that_is_not_shared_has_no_square() -> None:
    unshared = list_as_pdf(plan_list(link="", code=""))
    assert squares_read(unshared) == []
    assert "See what changed" not in words(unshared)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("large_type", [False, True])
def test_crisis_lines_and_the_page_stand_on_every_page(language: str, large_type: bool) -> None:
    shown = shown_list(*map(shown_item, range(1, 31)), language=language)
    said = pages(list_as_pdf(shown, large_type=large_type))
    assert len(said) > 5
    for page in said:
        assert [line.name in page and line.how in page for line in shown.crisis] == [True] * len(shown.crisis)
    assert said[0].startswith(shown.crisis[0].name)


def test_pages_are_counted() -> None:
    said = pages(list_as_pdf(shown_list(*map(shown_item, range(1, 31)))))
    assert [page.endswith(f"Page {number} of {len(said)}") for number, page in enumerate(said, 1)] == [
        True
    ] * len(said)


def test_is_in_the_language_of_the_list_whoever_prints_it() -> None:
    with override("en"):
        said = words(
            list_as_pdf(shown_list(shown_item(), language="es", title="¿A quién llamo? Desintoxicación"))
        )
        assert get_language() == "en"
    assert in_order(
        said, "Llame al 988", "¿A quién llamo? Desintoxicación", "27 de noviembre de 2026", "Cuándo:"
    )


def test_the_date_is_that_of_the_place_where_it_was_printed() -> None:
    """Half past seven in the evening is the next day already in Greenwich."""
    assert "Nov. 27, 2026" in words(list_as_pdf(shown_list()))


def test_paper_is_letter_size() -> None:
    with opened(list_as_pdf(plan_list())) as document:
        assert {page.get_size() for page in document} == {(612, 792)}


def test_large_type_is_half_as_large_again_and_numbers_are_larger_still() -> None:
    usual, large = (heights(list_as_pdf(plan_list(), large_type=wish)) for wish in (False, True))
    assert mode(large) / mode(usual) == pytest.approx(1.5, abs=0.02)
    assert max(large) / max(usual) == pytest.approx(1.5, abs=0.02)
    assert max(usual) / mode(usual) > 1.4


def test_nothing_is_drawn_over_the_margin() -> None:
    """A word of 500 signs, wherever a word may stand."""
    wide = shown_item(
        name="W" * 500,
        address=("M" * 500,),
        where="W" * 500,
        note="W" * 500,
        facts=("W" * 500,),
        limits=("W" * 500,),
        times=("W" * 500,),
        doubts=("W" * 500,),
        phones=(ShownPhone("8" * 200, "tel:8", "W" * 500),),
    )
    for large_type in (False, True):
        with opened(list_as_pdf(shown_list(wide, title="W" * 500), large_type=large_type)) as document:
            for page in document:
                text = page.get_textpage()
                rights = [text.get_charbox(index)[2] for index in range(text.count_chars())]
                assert max(rights) < 612 - 40


def test_a_place_longer_than_a_page_loses_nothing() -> None:
    facts = tuple(f"fact number {number}" for number in range(300))
    for large_type in (False, True):
        said = words(list_as_pdf(shown_list(shown_item(facts=facts)), large_type=large_type))
        assert re.findall(r"fact number (\d+)", said) == [str(number) for number in range(300)]


@pytest.mark.parametrize("large_type", [False, True])
def test_a_place_is_not_torn_from_its_number(large_type: bool) -> None:
    said = pages(list_as_pdf(shown_list(*map(shown_item, range(1, 31))), large_type=large_type))
    for number in range(1, 31):
        page = next(page for page in said if f"{number}. Example Place {number} " in page)
        assert f"828-555-01{number:02}" in page


@pytest.mark.parametrize("many", [0, 1, 30, 100])
@pytest.mark.parametrize("large_type", [False, True])
def test_lists_of_any_length_are_without_fault(many: int, large_type: bool) -> None:
    written = list_as_pdf(shown_list(*map(shown_item, range(1, many + 1))), large_type=large_type)
    assert words(written).count(" Example Place ") == many
    assert ("No place is on this list yet." in words(written)) == (many == 0)
    assert faults(written, repeated=NAMES["en"]) == []
    assert told_in_order(written)


def test_an_empty_leg_is_left_out() -> None:
    sections = (ShownSection(GROUP[0], "Support groups", "Alongside", ()),)
    said = words(list_as_pdf(shown_list(sections=sections)))
    assert "Support groups" not in said
    assert "No place is on this list yet." in said


def test_thirty_places_take_less_than_three_seconds() -> None:
    list_as_pdf(shown_list())
    before = perf_counter()
    list_as_pdf(shown_list(*map(shown_item, range(1, 31)), title="Thirty"))
    assert perf_counter() - before < SECONDS_FOR_THIRTY
