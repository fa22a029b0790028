"""Paper is read aloud too: what PDF/UA-1 asks, checked by programs that did not write the file."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest

from finder.exporters.paper_list import list_as_pdf
from finder.referral.shown import ShownPhone, ShownSection
from tests.read_paper import faults, structure, tags, told_in_order, words
from tests.shown_lists import CRISIS, LINK, plan_list, shown_item, shown_list

HOSTILE = '#read("/etc/passwd") $x^2$ *bold* <script> \U0001f600 \u202e \x00 \ud800 \n\n\n ا希 ' + "x" * 500


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("large_type", [False, True])
def test_a_plan_is_without_fault(language: str, large_type: bool) -> None:
    written = list_as_pdf(plan_list(language=language), large_type=large_type)
    assert faults(written, repeated=tuple(line.name for line in CRISIS[language])) == []
    assert told_in_order(written)


def test_hostile_words_are_printed_and_do_no_harm() -> None:
    item = shown_item(
        name=HOSTILE,
        url="javascript:alert(1)\ud800",
        where=HOSTILE,
        address=(HOSTILE,),
        phones=(ShownPhone(HOSTILE, HOSTILE, HOSTILE),),
        note=HOSTILE,
        **dict.fromkeys(("limits", "facts", "times", "doubts", "changes"), (HOSTILE,)),
    )
    written = list_as_pdf(shown_list(item, title=HOSTILE))
    assert words(written).count('#read("/etc/passwd") $x^2$ *bold*') >= 10
    assert words(written).count("<script>") == 12
    assert faults(written, repeated=tuple(line.name for line in CRISIS["en"])) == []


def without_alternative(document: pikepdf.Pdf) -> None:
    for element in tags(document.Root.StructTreeRoot.K):
        if element.S == "/Figure":
            del element["/Alt"]


def without_title(document: pikepdf.Pdf) -> None:
    del document.Root.ViewerPreferences["/DisplayDocTitle"]


def without_tags(document: pikepdf.Pdf) -> None:
    del document.Root["/StructTreeRoot"]


@pytest.mark.parametrize("spoil", [without_alternative, without_title, without_tags])
def test_the_program_that_checks_does_find_faults(spoil: Callable[[pikepdf.Pdf], None]) -> None:
    spoiled = BytesIO()
    with structure(list_as_pdf(plan_list())) as document:
        spoil(document)
        document.save(spoiled)
    assert faults(spoiled.getvalue()) != []


@pytest.mark.parametrize("language", ["en", "es"])
def test_says_what_it_is(language: str) -> None:
    with structure(list_as_pdf(plan_list(language=language, title="¿A quién llamo?"))) as document:
        root = document.Root
        with document.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"
            assert told["dc:title"] == "¿A quién llamo?"
        assert root.Lang == language
        assert root.MarkInfo.Marked is True
        assert root.ViewerPreferences.DisplayDocTitle is True


def test_headings_lead_from_the_list_to_each_place() -> None:
    with structure(list_as_pdf(plan_list())) as document:
        named = [str(element.S) for element in tags(document.Root.StructTreeRoot.K)]
    headings = [name for name in named if name.startswith("/H")]
    assert headings == ["/H1", "/H2", "/H3", "/H3", "/H2", "/H3", "/H3", "/H2", "/H3", "/H2"]
    assert named[1] == "/P", "The crisis lines come before the title."
    assert {"/P", "/L", "/LI", "/LBody", "/Link", "/Figure"} <= {*named}


@pytest.mark.parametrize("large_type", [False, True])
def test_no_level_of_headings_is_skipped_outside_of_a_plan(large_type: bool) -> None:
    written = list_as_pdf(
        shown_list(sections=(ShownSection("", "", "", (shown_item(1), shown_item(2))),)),
        large_type=large_type,
    )
    with structure(written) as document:
        named = [str(element.S) for element in tags(document.Root.StructTreeRoot.K)]
    assert [name for name in named if name.startswith("/H")] == ["/H1", "/H2", "/H2"]
    assert faults(written, repeated=tuple(line.name for line in CRISIS["en"])) == []


def test_the_square_is_told_in_words() -> None:
    with structure(list_as_pdf(plan_list())) as document:
        pictures = [one for one in tags(document.Root.StructTreeRoot.K) if one.S == "/Figure"]
        assert [str(one.Alt) for one in pictures] == [f"QR code that opens this list: {LINK}"]


def test_names_and_addresses_are_read_in_their_own_language() -> None:
    with structure(list_as_pdf(shown_list(shown_item(), language="es"))) as document:
        spans = b"".join(page.Contents.read_bytes() for page in document.pages)
        elements = [str(one.Lang) for one in tags(document.Root.StructTreeRoot.K) if "/Lang" in one]
        assert document.Root.Lang == "es"
    assert spans.count(b"/Lang(en)") + elements.count("en") >= 3


def test_fonts_come_along() -> None:
    with structure(list_as_pdf(plan_list())) as document:
        fonts = [font for page in document.pages for font in page.Resources.Font.values()]
        carried = [{*font.DescendantFonts[0].FontDescriptor.keys()} for font in fonts]
        assert carried
        assert all(keys & {"/FontFile", "/FontFile2", "/FontFile3"} for keys in carried)
        assert all("/ToUnicode" in font for font in fonts)


def test_numbers_and_names_can_be_tapped_in_reading_order() -> None:
    with structure(list_as_pdf(plan_list())) as document:
        with_links = [page for page in document.pages if "/Annots" in page]
        assert with_links
        assert {str(page.Tabs) for page in with_links} == {"/S"}
        links = [str(link.A.URI) for page in with_links for link in page.Annots]
        assert LINK in links
        assert "tel:+18285550101" in links
        assert all("/Contents" in link for page in with_links for link in page.Annots)


def test_there_is_nothing_that_runs_or_fetches() -> None:
    written = list_as_pdf(plan_list())
    with structure(written) as document:
        assert not {"/OpenAction", "/AA", "/AcroForm"} & {*document.Root.keys()}
        assert "/Names" not in document.Root or "/JavaScript" not in document.Root.Names
