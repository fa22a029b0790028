"""Links in letters: signed, each for one purpose and one row, and no longer good after a while."""

from datetime import timedelta
from enum import StrEnum

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.urls import reverse

MOST_DIGITS = 18


class Purpose(StrEnum):
    """What a link opens, by the name of its page."""

    LISTING = "program"
    CODE = "claim_code"
    STOP = "stop_letters"
    ALERTS = "stop_alerts"


LASTS = {
    Purpose.LISTING: timedelta(days=45),
    Purpose.CODE: timedelta(days=30),
    Purpose.STOP: timedelta(days=400),
    Purpose.ALERTS: timedelta(days=400),
}
"""Stopping outlasts the rest: whoever finds an old letter wants no more of them."""


class LinkFault(Exception):  # noqa: N818 (it says what is wrong with a link, not that we failed)
    """Says nothing of what the link was for: whoever holds a bad one learns nothing by it."""


class LinkIsOld(LinkFault):
    """It was ours, and serves no longer."""


class LinkIsWrong(LinkFault):
    """We never wrote it like this, or wrote it for something else."""


def signer(purpose: Purpose) -> TimestampSigner:
    return TimestampSigner(sep=".", salt=f"finder.letters.{purpose}")


def token_of(purpose: Purpose, pk: int) -> str:
    return signer(purpose).sign(str(pk))


def pk_of(purpose: Purpose, token: str) -> int:
    """Of the row that the link is about."""
    try:
        text = signer(purpose).unsign(token, max_age=LASTS[purpose])
    except SignatureExpired:
        raise LinkIsOld from None
    except BadSignature:
        raise LinkIsWrong from None
    if not text.isdecimal() or len(text) > MOST_DIGITS:
        raise LinkIsWrong
    return int(text)


def address_of(purpose: Purpose, token: str) -> str:
    """The whole address, in the language of the moment."""
    return settings.SITE_URL + reverse(purpose.value, args=[token])


def link_to(purpose: Purpose, pk: int) -> str:
    return address_of(purpose, token_of(purpose, pk))
