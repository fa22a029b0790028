"""Links that open a list to whoever has them: see docs/decisions/0024-shared-links.md."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from secrets import choice, token_urlsafe

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from finder.actions.refusals import Refused
from finder.actions.reporting import SIGNS
from finder.models import ReferralList, SharedLink

TOKEN_BYTES = 18
"""144 bits, in 24 signs."""

SIGNS_OF_A_CODE, GROUP = 12, 4
"""More than 50 bits: see the decision on shared links."""

LASTS = timedelta(days=30)
MOST_LINKS = 50


@dataclass(frozen=True, slots=True)
class Secret:
    """Both open the list. They are told once, to who made the link, and kept nowhere."""

    token: str
    code: str


@transaction.atomic
def make_link(
    *, kept: ReferralList, is_paper: bool = False, lasts: timedelta = LASTS, now: datetime
) -> tuple[SharedLink, Secret]:
    ReferralList.objects.select_for_update().get(pk=kept.pk)
    if SharedLink.objects.good(now).filter(referral_list=kept).count() >= MOST_LINKS:
        raise Refused(
            _("This list has %(count)d links. Take one back before you make another.") % {"count": MOST_LINKS}
        )
    secret = Secret(token_urlsafe(TOKEN_BYTES), "".join(choice(SIGNS) for _sign in range(SIGNS_OF_A_CODE)))
    link = SharedLink.objects.create(
        referral_list=kept,
        token_hash=hash_of_token(secret.token),
        code_hash=hash_of_code(secret.code),
        is_paper=is_paper,
        made_at=now,
        expires_at=now + lasts,
    )
    return link, secret


def revoke_link(*, link: SharedLink, now: datetime) -> None:
    SharedLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=now)


def open_link(typed: str, *, now: datetime) -> SharedLink | None:
    """By its token, or by its short code however it was typed."""
    hashed = hash_of_token(typed)
    links = SharedLink.objects.good(now).select_related("referral_list")
    found = links.filter(token_hash=hashed).first()
    if found:
        return found if compare_digest(found.token_hash, hashed) else None
    code = code_of(typed)
    if not code:
        return None
    hashed = hash_of_code(code)
    found = links.filter(code_hash=hashed).first()
    return found if found and compare_digest(found.code_hash, hashed) else None


def code_of(typed: str) -> str:
    """Empty where it is none."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    return signs if len(signs) == SIGNS_OF_A_CODE and set(signs) <= set(SIGNS) else ""


def spaced(code: str) -> str:
    """As people read it out, and type it."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def hash_of_token(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def hash_of_code(code: str) -> str:
    """Keyed: it is short enough that whoever had the hashes alone might try them all."""
    return salted_hmac("finder.list_links.code", code, algorithm="sha256").hexdigest()
