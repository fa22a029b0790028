"""A letter as it is mailed: plain text, and the same in plain HTML without a picture, color or script."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Entry:
    """One listing in a letter, and the link that is about it alone."""

    name: str
    where: str
    url: str


@dataclass(frozen=True, slots=True)
class Letter:
    """In the language of whoever reads it. `key` makes its Message-ID: the same letter sent twice is one."""

    key: str
    subject: str
    opening: tuple[str, ...]
    entries: tuple[Entry, ...]
    closing: tuple[str, ...]
    stop_url: str = ""


def mail_of(letter: Letter, *, to: str) -> EmailMultiAlternatives:
    context = {"letter": letter, "language": get_language(), "site": settings.SITE_URL}
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=text_of(letter),
        to=[to],
        headers=headers_of(letter),
    )
    mail.attach_alternative(render_to_string("letters/letter.html", context), "text/html")
    return mail


def plain_mail_of(letter: Letter, *, to: str) -> EmailMessage:
    """The text alone."""
    return EmailMessage(subject=letter.subject, body=text_of(letter), to=[to], headers=headers_of(letter))


def text_of(letter: Letter) -> str:
    entries = (
        "\n".join(part for part in (each.name, each.where, each.url) if part) for each in letter.entries
    )
    stop = [f"{_('Stop these letters:')}\n{letter.stop_url}"] if letter.stop_url else []
    signature = f"-- \nRecovery Finder\n{settings.SITE_URL}"
    return "\n\n".join([*letter.opening, *entries, *letter.closing, *stop, signature]) + "\n"


def headers_of(letter: Letter) -> dict[str, str]:
    """No machine answers it (RFC 3834); a mail program can stop more of its kind at once (RFC 8058)."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    headers = {
        "Message-ID": f"<{letter.key}@{host}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": get_language() or settings.LANGUAGE_CODE,
    }
    if letter.stop_url:
        headers["List-Unsubscribe"] = f"<{letter.stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
