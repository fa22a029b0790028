"""A county pack as PDF/UA-1."""

from finder.exporters.pack import Pack, data_of
from finder.exporters.typesetting import CONTENT_TYPE, sheet, typeset
from finder.referral.shown import ShownLine

__all__ = ["CONTENT_TYPE", "pack_as_pdf"]

LINES_IN_FOOTER = 2
"""911 and 988."""


def pack_as_pdf(pack: Pack) -> bytes:
    crisis = [ShownLine(line.name, " · ".join(line.ways[:2])) for line in pack.lines[:LINES_IN_FOOTER]]
    around = sheet(pack.title, language=pack.language, crisis=crisis)
    return typeset("pack", data={**around, **data_of(pack)})
