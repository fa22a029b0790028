"""What else happened to a listing, beside changes of its fields: who checked, called, claimed and decided."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from finder.admin.history_entries import Difference, Kind, Part, Piece
from finder.admin.history_words import People
from finder.admin.shown import field_words, said, terms_in_words
from finder.enums import ReviewStatus, StatementMethod, VerifiedPart, Voice
from finder.models import (
    AccuracyCheck,
    AskedListing,
    CallOutcome,
    Capacity,
    ChangeRequest,
    Claim,
    ListingReport,
    Merge,
    QueueItem,
    ServiceAtLocation,
    Statement,
    Verification,
)
from finder.permissions import Person, may_answer_reports, may_call_programs


def life_of(listing: ServiceAtLocation, people: People, viewer: Person) -> Iterator[Piece]:
    """A reader's words are not here, nor who they were; nor an address of a program."""
    yield from checks(listing, people)
    yield from calls(listing, people)
    yield from questions(listing, people)
    yield from merges(listing, people)
    yield from work(listing, people)
    if may_answer_reports(viewer):
        yield from reports(listing, people)
    if may_call_programs(viewer):
        yield from claims(listing, people)


def at_once(at: datetime, who: str) -> tuple[str, datetime, str]:
    """What one person writes down at one moment is one entry."""
    return "at", at, who


def checks(listing: ServiceAtLocation, people: People) -> Iterator[Piece]:
    stated = Statement.objects.filter(listing=listing).exclude(method=StatementMethod.IMPORT)
    for one in stated.order_by("pk"):
        who = people.person_or_role(one.stated_by_id, source_voice(one.source_id))
        part = Part(_("Yes: %(yes)s. No: %(no)s.") % {
            "yes": terms_in_words(one.affirmed), "no": terms_in_words(one.denied)
        })  # fmt: skip
        what = _("Checked: %(how)s") % {"how": one.get_method_display()}
        yield Piece(at_once(one.recorded_at, who), one.recorded_at, Kind.CHECKS, who, what, part)
    for check in Verification.objects.filter(listing=listing).order_by("pk"):
        who = people.person_or_role(check.verified_by_id, check.voice)
        parts = ", ".join(str(VerifiedPart(part).label) for part in check.parts)
        part = Part(_("Found right: %(parts)s") % {"parts": parts})
        what = _("Checked: %(how)s") % {"how": check.get_method_display()}
        yield Piece(at_once(check.verified_at, who), check.verified_at, Kind.CHECKS, who, what, part)
    for room in Capacity.objects.filter(listing=listing).order_by("pk"):
        who = people.person_or_role(None, room.voice)
        count = f" ({room.available})" if room.available is not None else ""
        part = Part(f"{room.get_unit_display()}: {room.get_code_display()}{count}")
        yield Piece(at_once(room.updated, who), room.updated, Kind.CHECKS, who, _("Room"), part)


def source_voice(source: str) -> str:
    return Voice.PROVIDER if source == "provider" else ""


def calls(listing: ServiceAtLocation, people: People) -> Iterator[Piece]:
    for call in CallOutcome.objects.filter(listing=listing).order_by("pk"):
        who = people.person_or_role(call.reported_by_id, call.voice)
        part = Part(str(call.get_outcome_display()))
        yield Piece(
            at_once(call.reported_at, who), call.reported_at, Kind.REPORTS, who, _("Called or went"), part
        )
        if call.resolved_at:
            is_by_us = call.resolved_by_id is not None
            who = people.name(call.resolved_by_id) if is_by_us else _("The program, or time")
            what = _("Looked into a call")
            yield Piece(at_once(call.resolved_at, who), call.resolved_at, Kind.REPORTS, who, what, part)


def reports(listing: ServiceAtLocation, people: People) -> Iterator[Piece]:
    for report in ListingReport.objects.filter(listing=listing).order_by("pk"):
        part = Part(f"{report.get_kind_display()} ({report.reference})")
        who = people.person_or_role(None, Voice.PUBLIC)
        yield Piece(("report", report.pk), report.proposed_at, Kind.REPORTS, who, _("Reported"), part)
        if report.decided_at:
            who, what = people.name(report.decided_by_id), _("Answered a report: %(status)s")
            told = what % {"status": report.get_status_display()}
            yield Piece(("answer", report.pk), report.decided_at, Kind.REPORTS, who, told, part)


def questions(listing: ServiceAtLocation, people: People) -> Iterator[Piece]:
    """What an import asked is told with the import."""
    for request in ChangeRequest.objects.filter(listing=listing).select_related("source").order_by("pk"):
        part = Part(_("Question"), (difference_of(request),))
        url = reverse("admin:finder_changerequest_change", args=[request.pk])
        if request.origin != "IMPORT":
            who = str(request.get_origin_display())
            yield Piece(
                ("asked", request.pk), request.proposed_at, Kind.PROGRAM, who, _("Proposed"), part, url
            )
        if request.decided_at:
            who = people.name(request.decided_by_id)
            what = (
                _("A source's value was taken")
                if request.status == ReviewStatus.ACCEPTED
                else _("A person's value was kept")
            )
            decision = "change_request", request.pk, False
            yield Piece(decision, request.decided_at, Kind.DECISIONS, who, what, part, url)


def difference_of(request: Any) -> Difference:
    return Difference(
        field_words(request.field),
        said(request.field, request.current_value),
        said(request.field, request.proposed_value),
    )


def merges(listing: ServiceAtLocation, people: People) -> Iterator[Piece]:
    own = Merge.objects.filter(listing=listing) | Merge.objects.filter(duplicate=listing)
    for merge in own.select_related("listing__service", "duplicate__service").order_by("pk"):
        other = merge.duplicate if merge.listing_id == listing.pk else merge.listing
        part = Part(_("With %(name)s") % {"name": other})
        url = reverse("admin:finder_merge_change", args=[merge.pk])
        if merge.decided_at:
            who = people.name(merge.decided_by_id)
            is_one = merge.status == ReviewStatus.ACCEPTED
            what = _("Merged with a duplicate") if is_one else _("Kept apart from a like one")
            key = "merge", merge.pk, False
            yield Piece(key, merge.decided_at, Kind.DECISIONS, who, what, part, url)
        if merge.undone_at:
            who = people.name(merge.undone_by_id)
            key = "merge", merge.pk, True
            yield Piece(key, merge.undone_at, Kind.DECISIONS, who, _("Parted from a duplicate"), part, url)


def work(listing: ServiceAtLocation, people: People) -> Iterator[Piece]:
    for item in QueueItem.objects.filter(listing=listing, closed_by__isnull=False).order_by("pk"):
        assert item.closed_at
        who, part = people.name(item.closed_by_id), Part(str(item.get_outcome_display()))
        yield Piece(at_once(item.closed_at, who), item.closed_at, Kind.CHECKS, who, _("Worked through"), part)
    for check in AccuracyCheck.objects.filter(listing=listing).done().order_by("pk"):
        assert check.checked_at
        who, what = people.name(check.checked_by_id), _("Checked for the sample of the month")
        yield Piece(at_once(check.checked_at, who), check.checked_at, Kind.CHECKS, who, what)


def claims(listing: ServiceAtLocation, people: People) -> Iterator[Piece]:
    """Without the address that the program writes from."""
    program = str(Voice.PROVIDER.label)
    for claim in Claim.objects.filter(listing=listing).order_by("pk"):
        for name, at, what in (
            ("asked", claim.asked_at, _("Asked to keep this listing")),
            ("confirmed", claim.confirmed_at, _("Typed the right code: it keeps this listing")),
        ):
            if at:
                yield Piece(("claim", claim.pk, name), at, Kind.PROGRAM, program, what)
        if claim.code_made_at:
            who, what = people.name(claim.called_by_id), _("Read a code out to the listed number")
            yield Piece(("claim", claim.pk, "code"), claim.code_made_at, Kind.PROGRAM, who, what)
        if claim.ended_at:
            part = Part(claim.ended_reason) if claim.ended_reason else None
            what = _("The claim ended")
            yield Piece(("claim", claim.pk, "end"), claim.ended_at, Kind.PROGRAM, program, what, part)
    for asked in AskedListing.objects.filter(listing=listing).select_related("ask").order_by("pk"):
        if asked.answered_at:
            part, what = Part(str(asked.get_answer_display())), _("Answered our letter")
            yield Piece(("asked", asked.pk, "answer"), asked.answered_at, Kind.PROGRAM, program, what, part)
