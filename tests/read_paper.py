"""Paper read by other programs than the one that set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import outloud
import pikepdf
import pypdfium2
import zxingcpp

GUESSES = {
    "ORD-001",  # counts a paragraph's own words before its strong ones; `told_in_order` looks itself
    "PAG-001",  # takes "Detox · Asheville, NC" at the top of three pages for a running head
}


@contextmanager
def opened(paper: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(paper)
    try:
        yield document
    finally:
        document.close()


def pages(paper: bytes) -> list[str]:
    """What each page says, on one line, footers too."""
    with opened(paper) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def words(paper: bytes) -> str:
    return " ".join(pages(paper))


def squares_read(paper: bytes) -> list[str]:
    """What a phone's camera makes of the first page, drawn as a printer draws it."""
    with opened(paper) as document:
        picture = document[0].render(scale=150 / 72).to_pil().convert("L")
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def heights(paper: bytes) -> list[float]:
    """Of every sign on every page, footers too, in points."""
    with opened(paper) as document:
        return [
            round(top - bottom, 1)
            for page in document
            for _left, bottom, _right, top in boxes(page.get_textpage())
        ]


def boxes(text: Any) -> Iterator[tuple[float, float, float, float]]:
    for index in range(text.count_chars()):
        if text.get_text_range(index, 1).strip():
            yield text.get_charbox(index, loose=True)


def faults(paper: bytes, *, repeated: tuple[str, ...] = ()) -> list[str]:
    """What `outloud` finds against PDF/UA-1 and WCAG. `repeated`: what the footer says again, and may."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "paper.pdf")
        file.write_bytes(paper)
        found = outloud.check(str(file)).sorted_findings()
    return [
        f"{one.rule} on page {one.page}: {one.message} ({one.evidence})"
        for one in found
        if one.rule not in GUESSES
        and not (one.rule == "TAG-002" and any(line in (one.evidence or "") for line in repeated))
    ]


@contextmanager
def structure(paper: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(paper)) as document:
        yield document


def tags(node: Any) -> Iterator[pikepdf.Dictionary]:
    """The elements below, in reading order."""
    for child in node if isinstance(node, pikepdf.Array) else [node]:
        if isinstance(child, pikepdf.Dictionary):
            if "/S" in child:
                yield child
            if "/K" in child:
                yield from tags(child.K)


def told_in_order(paper: bytes) -> bool:
    """Whether a screen reader says the words of each page as they follow each other on it."""
    with structure(paper) as document:
        told = [*marked(document.Root.StructTreeRoot.K)]
    return all(before <= after for before, after in pairwise(told))


def marked(node: Any, page: Any = None) -> Iterator[tuple[int, int]]:
    """Page and number of each piece of text, in the order of the tags."""
    for child in node if isinstance(node, pikepdf.Array) else [node]:
        if isinstance(child, pikepdf.Dictionary):
            here = child.get("/Pg", page)
            if "/MCID" in child:
                yield here.objgen[0], int(child.MCID)
            elif "/K" in child:
                yield from marked(child.K, here)
        else:
            yield page.objgen[0], int(child)
