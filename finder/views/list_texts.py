"""What is on a list as text, to send from one's own phone: not the link that opens it."""

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _

from finder.exporters.list_text import list_as_short_text, list_as_text, text_messages
from finder.referral.shown import ShownList


@dataclass(frozen=True, slots=True)
class ListTexts:
    whole: str
    short: str
    short_signs: int
    short_messages: int
    """How many a phone makes of it."""
    by_message: str
    by_mail: str


def texts_of(shown: ShownList) -> ListTexts:
    short = list_as_short_text(shown)
    body, subject = quote(short.replace("\n", "\r\n")), quote(_("List"))
    return ListTexts(
        whole=list_as_text(shown),
        short=short,
        short_signs=len(short),
        short_messages=text_messages(short),
        by_message=f"sms:?&body={body}",
        by_mail=f"mailto:?subject={subject}&body={body}",
    )
