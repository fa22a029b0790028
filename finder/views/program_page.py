"""What a program reads of its listing, part by part, and what it has said of it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from finder.actions.proposed_fields import ADDRESS_FIELD
from finder.actions.replying import may_confirm, proposed
from finder.actions.seen import (
    ALL,
    AVAILABILITY,
    CADENCE,
    COLLEAGUE,
    CONTACT,
    FIELDS,
    HOURS_PART,
    LASTING_PARTS,
    NOT_US,
    SERVICES,
    WORDS,
    mark_of,
)
from finder.enums import ChangeOrigin, ReviewStatus, ServiceStatus, VerifiedPart, Voice
from finder.models import AskedListing, Capacity, ChangeRequest, ServiceAtLocation, Verification
from finder.search.facts import facts_of
from finder.upkeep.rooms import units_of
from finder.views.cards import category_words, county_of
from finder.views.contact_form import shows_address
from finder.views.facts import Section, sections
from finder.views.phones import in_order_to_call
from finder.views.program_forms import CadenceForm, ColleagueForm, RoomForm, worded_fields
from finder.views.proposals import FIELD_NAMES, STATUS_WORDS, hours_words, words_of
from finder.views.times import Time, schedule_words


class Part(NamedTuple):
    """`said` is what the program said of it by this link; `subject` and `mark` go with its forms."""

    subject: str
    name: str
    said: str
    mark: str
    can_confirm: bool
    change_url: str


class Proposal(NamedTuple):
    name: str
    old: str
    new: str
    stands: str


class Room(NamedTuple):
    unit: str
    name: str
    said: str
    form: RoomForm


def program_context(
    asked: AskedListing, *, page_url: str, forms: Mapping[str, Any] | None = None
) -> dict[str, object]:
    """`forms` holds what was sent and could not be taken, by subject."""
    listing, bound = asked.listing, forms or {}
    facts = facts_of(listing)
    return {
        "listing": listing,
        "all": all_of(asked),
        "contact": part_of(asked, VerifiedPart.CONTACT, page_url),
        "hours": part_of(asked, VerifiedPart.HOURS, page_url),
        "services": part_of(asked, VerifiedPart.SERVICES, page_url),
        "words": Part(
            WORDS, _("In your own words"), "", mark_of(asked, WORDS), False, change_url(page_url, WORDS)
        ),
        "phones": in_order_to_call(listing.speaking_phones),
        "shows_address": shows_address(listing),
        "county": county_of(listing),
        "categories": category_words(listing.service.categories),
        "status": STATUS_WORDS[ServiceStatus(listing.service.status)],
        "times": times_of(listing),
        "sections": facts_only(sections(listing, facts, ())),
        "texts": texts_of(listing),
        "rooms": rooms_of(listing, bound),
        "room_mark": mark_of(asked, AVAILABILITY),
        "proposals": proposals_of(asked),
        "cadence": bound.get(CADENCE) or CadenceForm(initial={"days": listing.cadence_days or ""}),
        "cadence_mark": mark_of(asked, CADENCE),
        "colleague": bound.get(COLLEAGUE) or ColleagueForm(),
        "colleague_mark": mark_of(asked, COLLEAGUE),
        "not_us_mark": mark_of(asked, NOT_US),
        "asked": asked,
    }


def change_url(page_url: str, subject: str) -> str:
    return f"{page_url}?change={subject.lower()}"


def all_of(asked: AskedListing) -> Part:
    is_done = set(LASTING_PARTS) <= set(asked.parts)
    is_free = not proposed(asked.listing).exists()
    said = when_said(asked, LASTING_PARTS) if is_done else ""
    return Part(ALL, "", said, mark_of(asked, ALL), is_free and not is_done, "")


def part_of(asked: AskedListing, part: VerifiedPart, page_url: str) -> Part:
    return Part(
        subject=part.value,
        name=str(part.label),
        said=when_said(asked, [part]) if part in asked.parts else "",
        mark=mark_of(asked, part),
        can_confirm=may_confirm(asked, part),
        change_url=change_url(page_url, part.value),
    )


def when_said(asked: AskedListing, parts: Sequence[VerifiedPart]) -> str:
    checks = Verification.objects.filter(
        listing=asked.listing, voice=Voice.PROVIDER, parts__overlap=[part.value for part in parts]
    )
    newest = checks.newest_first().first()
    on = date_format(timezone.localdate(newest.verified_at if newest else asked.answered_at))
    return _("You said on %(date)s that this is right. Thank you.") % {"date": on}


def times_of(listing: ServiceAtLocation) -> list[Time]:
    return [schedule_words(each) for each in listing.speaking_schedules]


def facts_only(found: Sequence[Section]) -> list[Section]:
    """What is stated; the texts have a part of their own."""
    return [section for section in found if section.topics]


def texts_of(listing: ServiceAtLocation) -> list[tuple[str, str]]:
    owners = {"service": listing.service, "location": listing.location}
    fields = (field.partition(".") for field in worded_fields(listing))
    said = {f"{owner}.{name}": getattr(owners[owner], name) for owner, _point, name in fields}
    return [(str(FIELD_NAMES[field]), text) for field, text in said.items()]


def rooms_of(listing: ServiceAtLocation, bound: Mapping[str, Any]) -> list[Room]:
    now = timezone.now()
    standing = {row.unit: row for row in Capacity.objects.filter(listing=listing)}
    return [
        Room(
            unit.value,
            str(unit.label),
            room_words(standing.get(unit.value), now),
            bound.get(unit.value) or RoomForm(prefix=unit.value),
        )
        for unit in units_of(listing.service.categories)
    ]


def room_words(row: Capacity | None, now: datetime) -> str:
    if row is None or row.expires_at <= now:
        return _("Readers see: not known, call.")
    said = str(row.get_code_display())
    if row.available:
        said = _("%(said)s (%(count)d)") % {"said": said, "count": row.available}
    until = date_format(timezone.localtime(row.expires_at), "DATETIME_FORMAT")
    return _("Readers see: %(said)s, until %(until)s UTC.") % {"said": said, "until": until}


def proposals_of(asked: AskedListing) -> list[Proposal]:
    """What waits, and what became of the rest since this letter."""
    mine = ChangeRequest.objects.filter(listing=asked.listing, origin=ChangeOrigin.PROVIDER)
    first_day = asked.ask.sent_on
    lately = mine.filter(Q(status=ReviewStatus.PROPOSED) | Q(proposed_at__date__gte=first_day))
    shown = shown_fields(asked.listing)
    return [proposal_of(each) for each in lately.order_by("pk") if each.field in shown]


def shown_fields(listing: ServiceAtLocation) -> set[str]:
    """Nothing of the place where its address has become confidential since."""
    known = {*FIELDS[CONTACT], *FIELDS[HOURS_PART], *FIELDS[SERVICES], *worded_fields(listing)}
    return known if shows_address(listing) else known - {ADDRESS_FIELD}


def proposal_of(request: ChangeRequest) -> Proposal:
    return Proposal(
        name=str(FIELD_NAMES[request.field]),
        old=words_of(request.field, request.current_value),
        new=words_of(request.field, request.proposed_value),
        stands=how_it_stands(request),
    )


def how_it_stands(request: ChangeRequest) -> str:
    decided = date_format(on_day(request.decided_at)) if request.decided_at else ""
    match request.status:
        case ReviewStatus.ACCEPTED:
            return _("Taken on %(date)s.") % {"date": decided}
        case ReviewStatus.REJECTED:
            return _("Not taken, %(date)s. Write to us if you think that we are wrong.") % {"date": decided}
    if request.field == "phones" and request.called_back_at is None:
        return _("Waits. One of us calls the old number first, so that nobody can move your calls elsewhere.")
    return _("Waits until one of us has looked at it.")


def on_day(moment: datetime) -> date:
    return timezone.localdate(moment)


def change_context(asked: AskedListing, subject: str, form: Any) -> dict[str, object]:
    """`others` are times that the form of a week cannot hold."""
    headings = {
        CONTACT: _("Change names, numbers or the address"),
        HOURS_PART: _("Change the hours"),
        SERVICES: _("Change services or payment"),
        WORDS: _("Change your own words"),
    }
    others = form.week.others if subject == HOURS_PART else []
    return {
        "listing": asked.listing,
        "subject": subject,
        "heading": headings[subject],
        "form": form,
        "others": list(map(hours_words, others)),
        "is_private": subject == CONTACT and not asked.listing.location.address_is_public,
    }
