"""What the letters say. The caller has chosen the reader's language."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.enums import AskKind, LocationType
from finder.letters.letter import Entry, Letter
from finder.letters.links import LASTS, Purpose, address_of, link_to
from finder.models import Ask, AskedListing, Claim, ServiceAtLocation


def claim_letter(claim: Claim, *, key: str) -> Letter:
    name = claim.listing.service.name
    return Letter(
        key=key,
        subject=_("Your listing: %(name)s") % {"name": name},
        opening=(_("Someone gave us this address, to keep this listing right:"),),
        entries=(entry_of(claim.listing, link_to(Purpose.CODE, claim.pk)),),
        closing=(
            _(
                "Next, one of us calls the phone number that the listing shows, and reads out a code of six "
                "digits. Type the code on the page that the link opens. The link works for %(days)d days."
            )
            % {"days": LASTS[Purpose.CODE].days},
            _("You did not ask for this? Then do nothing. Without the code, nothing happens."),
        ),
    )


def asking_letter(ask: Ask, asked: Sequence[AskedListing]) -> Letter:
    """Once for all listings of a program that are due."""
    is_reminder = ask.kind == AskKind.REMINDER
    return Letter(
        key=f"ask-{ask.pk}",
        subject=subject_of(len(asked), is_reminder=is_reminder),
        opening=(
            _("We wrote to you some weeks ago, and nobody has answered yet.")
            if is_reminder
            else _("People who look for help call the number that they find with us."),
            ngettext(
                "Please check that what we show is still right. It takes a minute, and no account.",
                "Please check that what we show is still right. Each takes a minute, and no account.",
                len(asked),
            ),
        ),
        entries=entries_of(asked),
        closing=closing_words(),
        stop_url=link_to(Purpose.STOP, ask.contact_id),
    )


def wanted_letter(asked: AskedListing) -> Letter:
    """To whoever asked for a link to a listing of theirs."""
    return Letter(
        key=f"link-{asked.pk}",
        subject=_("Your listing: %(name)s") % {"name": asked.listing.service.name},
        opening=(
            _("Here is your link. It opens what we show of this listing, and you can change it there."),
        ),
        entries=entries_of([asked]),
        closing=closing_words(),
        stop_url=link_to(Purpose.STOP, asked.ask.contact_id),
    )


def colleague_letter(asked: AskedListing, *, token: str, key: str) -> Letter:
    """With the very link of the letter that was sent on: it lasts no longer by that."""
    return Letter(
        key=key,
        subject=_("Can you check this listing? %(name)s") % {"name": asked.listing.service.name},
        opening=(
            _("A colleague who gets our letters says that you know this listing best."),
            _("People who look for help call the number that they find with us. Is it still right?"),
        ),
        entries=(entry_of(asked.listing, address_of(Purpose.LISTING, token)),),
        closing=(*closing_words(), _("We have not kept your address, and will not write to you again.")),
    )


def subject_of(listings: int, *, is_reminder: bool) -> str:
    said = ngettext("Is your listing still right?", "Are your %(count)d listings still right?", listings) % {
        "count": listings
    }
    return _("Reminder: %(subject)s") % {"subject": said} if is_reminder else said


def closing_words() -> tuple[str, ...]:
    return (
        _(
            "Each link is about one listing and works for %(days)d days. Opening it changes nothing: on the "
            "page you say that all is right, or what has changed."
        )
        % {"days": LASTS[Purpose.LISTING].days},
    )


def entries_of(asked: Sequence[AskedListing]) -> tuple[Entry, ...]:
    return tuple(entry_of(each.listing, link_to(Purpose.LISTING, each.pk)) for each in asked)


def entry_of(listing: ServiceAtLocation, url: str) -> Entry:
    return Entry(name=listing.service.name, where=where(listing), url=url)


def where(listing: ServiceAtLocation) -> str:
    """Mail is no secret: of a confidential address not even the city."""
    location = listing.location
    if location.location_type == LocationType.VIRTUAL:
        return _("Online or by phone")
    nearest = location.city if location.address_is_public else location.region
    return ", ".join(part for part in (nearest, location.state_province) if part)
