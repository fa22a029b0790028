"""A referral list on paper: what `ShownList` says and nothing else, in the list's own language."""

import re
from itertools import count
from urllib.parse import urlsplit

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from finder.exporters.qr import picture
from finder.exporters.typesetting import sheet, typeset
from finder.referral.shown import ShownItem, ShownList, ShownSection

HOUR = re.compile(r"(?<=\d) (?=[ap]\.?\s?m)")


def list_as_pdf(shown: ShownList, *, large_type: bool = False) -> bytes:
    """`large_type`: 18 points and more. The date is said in the time zone that `as_of` is in."""
    with override(shown.language):
        common = sheet(shown.title, language=shown.language, crisis=shown.crisis, large_type=large_type)
        said = common | list_words(shown)
    return typeset("list", data=said, pictures={"qr": picture(shown.link).svg} if shown.link else {})


def list_words(shown: ShownList) -> dict[str, object]:
    numbers = count(1)
    places = sum(1 for _item in shown.items)
    return {
        "as_of": _("As of %(date)s") % {"date": date_format(shown.as_of, "DATE_FORMAT")},
        "places": ngettext("%(count)s place", "%(count)s places", places) % {"count": places},
        "none": _("No place is on this list yet."),
        "before": _("Call before you go. Hours, rules and free beds change."),
        "sections": [section_words(section, numbers) for section in shown.sections if section.items],
        "opens": opening_words(shown),
        "legend_title": _("What the words mean"),
        "legend": legend(shown),
    }


def section_words(section: ShownSection, numbers: "count[int]") -> dict[str, object]:
    return {
        "title": section.title,
        "start": section.start,
        "items": [item_words(item, next(numbers)) for item in section.items],
    }


def item_words(item: ShownItem, number: int) -> dict[str, object]:
    if item.is_gone:
        return gone_words(item, number)
    return {
        "number": number,
        "name": item.name,
        "href": item.url,
        "gone": [],
        "demo": _("Made-up example. Do not call it.") if item.is_demo else "",
        "kinds": [word for _code, word in item.categories],
        "where": item.where,
        "address": item.address,
        "phones": [
            {"number": phone.number, "href": phone.href, "description": phone.description}
            for phone in item.phones
        ],
        "marks": [
            *({"sign": pgettext("a place on paper", "Changed"), "says": change} for change in item.changes),
            *({"sign": _("Careful"), "says": doubt} for doubt in item.doubts),
        ],
        "limits": {"sign": _("Before you go"), "lines": item.limits},
        "times": {"sign": _("When"), "lines": [*map(unbroken, item.times)]},
        "facts": {"sign": _("Good to know"), "lines": item.facts},
        "note": note_words(item),
        "checked": item.checked,
    }


def gone_words(item: ShownItem, number: int) -> dict[str, object]:
    """It keeps its name and number, so that an older print can be compared."""
    gone = item.changes or (_("Not listed any more. It may have closed or moved: try the next one."),)
    return {"number": number, "name": item.name, "href": "", "gone": gone, "note": note_words(item)}


def note_words(item: ShownItem) -> dict[str, str]:
    return {"sign": _("Note for you"), "says": item.note}


def unbroken(times: str) -> str:
    """ "5:00 pm" stays on its line."""
    return HOUR.sub("\u00a0", times)


def opening_words(shown: ShownList) -> dict[str, str] | None:
    if not shown.link:
        return None
    address = urlsplit(shown.link)
    door = f"{address.netloc}{address.path.rstrip('/').rpartition('/')[0]}/"
    plain = f"{address.netloc}{address.path}"
    return {
        "title": _("See what changed since you printed this"),
        "scan": _("Point a phone’s camera at the square."),
        "type": _("Or open this page and type the code:") if shown.code else _("Or open this page:"),
        "address": door if shown.code else plain,
        "href": shown.link,
        "code": shown.code,
        "expires": shown.expires,
        "picture": _("QR code that opens this list: %(address)s") % {"address": shown.link},
    }


def legend(shown: ShownList) -> list[dict[str, str]]:
    """Only the words that this list uses."""
    items = [item for item in shown.items if not item.is_gone]
    changed = {
        "sign": pgettext("a place on paper", "Changed"),
        "says": _("This is different from when the list was shared."),
    }
    careful = {"sign": _("Careful"), "says": _("We are not sure about this place. Call first.")}
    return [
        *([changed] if any(item.changes for item in items) else []),
        *([careful] if any(item.doubts for item in items) else []),
    ]
