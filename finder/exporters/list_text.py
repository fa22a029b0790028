"""A list as plain text: whole, or as short as a text message wants it."""

from collections.abc import Iterator

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.referral.shown import ShownItem, ShownList

CONTENT_TYPE = "text/plain; charset=utf-8"
MOST_SIGNS = 900
"""Of the short form. It goes into an address, where each may take three signs and some apps stop at 2,000."""

ONE_MESSAGE, EACH_OF_MANY = 160, 153
ONE_MESSAGE_IN_UNICODE, EACH_OF_MANY_IN_UNICODE = 70, 67
ALSO_BASIC = set("\n\r£¥èéùìòÇØøÅåÆæßÉÄÖÑÜ§¿äöñüà¡")
NOT_BASIC = set("`")


def list_as_text(shown: ShownList) -> str:
    return "\n".join([*head(shown), *body(shown), *foot(shown)]) + "\n"


def head(shown: ShownList) -> Iterator[str]:
    yield shown.title
    as_of = {"date": date_format(shown.as_of), "time": time_format(shown.as_of)}
    yield _("As of %(date)s, %(time)s") % as_of
    if any(item.is_demo for item in shown.items):
        yield _("These are made-up examples.") + " " + _("They show how the site works. Do not call them.")


def body(shown: ShownList) -> Iterator[str]:
    number = 0
    for section in shown.sections:
        heading = ": ".join(filter(None, (section.title, section.start)))
        yield from ("", heading.upper()) if heading else ()
        for item in section.items:
            number += 1
            yield ""
            yield f"{number}. {item.name}"
            yield from (f"   {line}" for line in lines_of(item))


def lines_of(item: ShownItem) -> Iterator[str]:
    yield from item.changes
    if item.is_gone:
        yield _("Not listed any more.")
    else:
        yield from lines_of_listed(item)
    if item.note:
        yield _("Note: %(note)s") % {"note": item.note}


def lines_of_listed(item: ShownItem) -> Iterator[str]:
    if item.is_demo:
        yield _("This is a made-up example. Do not call it.")
    yield " · ".join(filter(None, (", ".join(word for _code, word in item.categories), item.where)))
    for phone in item.phones:
        number = _("Call %(number)s") % {"number": phone.number}
        yield f"{number} ({phone.description})" if phone.description else number
    if item.address:
        yield ", ".join(item.address)
    yield from item.limits
    if item.facts:
        yield " · ".join(item.facts)
    yield from item.times
    yield from item.doubts
    if item.checked:
        yield item.checked
    yield item.url


def foot(shown: ShownList) -> Iterator[str]:
    yield ""
    yield from (f"{line.name}: {line.how}" for line in shown.crisis)
    if shown.link:
        yield ""
        yield _("This list on the web: %(link)s") % {"link": shown.link}
    if shown.code:
        yield _("Or type this code: %(code)s") % {"code": shown.code}
    if shown.expires:
        yield shown.expires


def list_as_short_text(shown: ShownList) -> str:
    """Names, numbers and towns, and no link: who gets it learns what is on the list, and cannot open it."""
    rows = [row for number, item in enumerate(shown.items, start=1) if (row := short_row(number, item))]
    last = _("In danger: 911. In a crisis: call or text 988.")
    kept: list[str] = []
    for row in rows:
        if len("\n".join([shown.title, *kept, row, last])) > MOST_SIGNS:
            left = len(rows) - len(kept)
            kept.append(ngettext("And %(count)d more.", "And %(count)d more.", left) % {"count": left})
            break
        kept.append(row)
    return "\n".join([shown.title, *kept, last])


def short_row(number: int, item: ShownItem) -> str:
    if item.is_gone or item.is_demo:
        return ""
    phone = item.phones[0].number if item.phones else ""
    when = "" if phone or not item.times else item.times[0]
    return f"{number}. {', '.join(filter(None, (item.name, phone or when, item.where)))}"


def text_messages(text: str) -> int:
    """How many a phone makes of it: letters outside the basic set, as á, leave room for less than half."""
    is_basic = all(sign in ALSO_BASIC or (sign.isascii() and sign not in NOT_BASIC) for sign in text)
    one, each = (ONE_MESSAGE, EACH_OF_MANY) if is_basic else (ONE_MESSAGE_IN_UNICODE, EACH_OF_MANY_IN_UNICODE)
    return 1 if len(text) <= one else -(-len(text) // each)
