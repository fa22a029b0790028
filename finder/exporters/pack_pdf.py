"""A county pack as PDF/UA-1."""

from finder.exporters.pack import Pack, data_of
from finder.exporters.typesetting import CONTENT_TYPE, sheet, typeset
from finder.referral.shown import ShownLine

__all__ = ["CONTENT_TYPE", "pack_as_pdf"]


def pack_as_pdf(pack: Pack) -> bytes:
    crisis = [ShownLine(" ".join((line.name, *line.ways)), "") for line in pack.foot]
    around = sheet(pack.title, language=pack.language, crisis=crisis)
    return typeset("pack", data={**around, **data_of(pack)})
