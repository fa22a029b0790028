"""A reader says that something is wrong with a listing, or unsafe, or that a place is missing."""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from finder.actions.refusals import Refused
from finder.actions.reporting import new_reference, report_listing, suggest_listing
from finder.enums import ReportKind
from finder.geography.places import Place
from finder.geography.readings import PlaceNotFound, read_place
from finder.models import ServiceAtLocation
from finder.search.similar import similar_listings
from finder.views.called import feedback_of, listing_told_of
from finder.views.cards import where
from finder.views.own_forms import carried, is_trapped, network_behind, sent_from_here
from finder.views.phones import ToCall, number_to_call
from finder.views.references import spaced
from finder.views.safety import shown_safety
from finder.views.tell_forms import ReportForm, SuggestForm, TellForm, phone_of

NONE_OF_THESE = "none_of_these"
SUGGESTED = ("name", "category", "place", "phone", "website")


class PerhapsListed(NamedTuple):
    """A listing that may be the place someone suggests, with no more than its page says."""

    name: str
    url: str
    where: str
    phone: ToCall | None


@sent_from_here
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = listing_told_of(pk)
    form = ReportForm(request.POST if request.method == "POST" else None)
    around = {"listing": found, "feedback": feedback_of(found)}
    if not form.is_valid():
        return ask(request, "report.html", form, around, status=400 if form.is_bound else 200)
    said = form.cleaned_data
    if is_trapped(request):
        return thank(request, form, new_reference(), found)
    try:
        kept = report_listing(
            listing=found,
            kind=ReportKind(said["kind"]),
            text=said["text"],
            network=network_behind(request),
            now=timezone.now(),
        )
    except Refused as why:
        form.add_error(None, str(why))
        return ask(request, "report.html", form, around, status=429)
    return thank(request, form, kept.reference, found)


@sent_from_here
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
def suggest(request: HttpRequest) -> HttpResponse:
    form = SuggestForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return ask(request, "suggest.html", form, {"similar": []}, status=400 if form.is_bound else 200)
    similar = [] if NONE_OF_THESE in request.POST else perhaps_listed(form.cleaned_data)
    if similar:
        return ask(request, "suggest.html", form, {"similar": similar}, status=200)
    if is_trapped(request):
        return thank(request, form, new_reference(), None)
    try:
        kept = suggest_listing(
            suggestion={name: form.cleaned_data[name] for name in SUGGESTED},
            text=form.cleaned_data["text"],
            network=network_behind(request),
            now=timezone.now(),
        )
    except Refused as why:
        form.add_error(None, str(why))
        return ask(request, "suggest.html", form, {"similar": []}, status=429)
    return thank(request, form, kept.reference, None)


def ask(
    request: HttpRequest, template: str, form: TellForm, around: Mapping[str, object], *, status: int
) -> HttpResponse:
    """Empty, or with all that was typed."""
    context = {**around, "form": form, "carried": carried(request, form)}
    return render(request, template, context, status=status)


def thank(
    request: HttpRequest, form: TellForm, reference: str, listing: ServiceAtLocation | None
) -> HttpResponse:
    """Not by a redirect: the words that call for a safety text are in this request, and nowhere else."""
    confirmed = ((NONE_OF_THESE, "1"),) if NONE_OF_THESE in request.POST else ()
    context = {
        "listing": listing,
        "reference": reference,
        "spaced": spaced(reference),
        "is_unsafe": form.cleaned_data.get("kind") == ReportKind.UNSAFE,
        "safety": shown_safety(form.cleaned_data["text"]),
        "carried": (*carried(request, form), *confirmed),
    }
    return render(request, "report_thanks.html", context)


def perhaps_listed(said: Mapping[str, str]) -> list[PerhapsListed]:
    phone = phone_of(said["phone"])
    found = similar_listings(
        name=said["name"],
        place=place_of(said["place"]),
        number_e164=phone.number_e164 if phone else "",
    )
    return [
        PerhapsListed(
            name=listing.service.name,
            url=listing.get_absolute_url(),
            where=where(listing),
            phone=number_to_call(listing.speaking_phones),
        )
        for listing in found
    ]


def place_of(words: str) -> Place | None:
    try:
        return read_place(words).place
    except PlaceNotFound:
        return None
