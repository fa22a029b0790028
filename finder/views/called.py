""" "I called", "I went": what came of it, told without an account, and what to do next."""

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from finder.actions.calling import WENT, outcomes_of, tell_outcome
from finder.actions.refusals import Refused
from finder.actions.reporters import voice_of
from finder.enums import CareCategory, LocationType, Outcome, Voice
from finder.models import ServiceAtLocation
from finder.models.vocabulary import in_reader_language
from finder.views.addresses import search_address
from finder.views.cards import county_of
from finder.views.heirs import heir_of
from finder.views.listing import published_listing
from finder.views.own_forms import carried, is_trapped, network_behind, sent_from_here, signed_in
from finder.views.tell_forms import CalledForm

GOOD = (Outcome.ANSWERED, Outcome.MET)
WHAT_NEXT = {
    Outcome.ANSWERED: _("Others now see that someone got through."),
    Outcome.NO_ANSWER: _("Programs are often busy. Try again at another hour, and call the next one now."),
    Outcome.WRONG_NUMBER: _("We will look for the right number. Call the next one now."),
    Outcome.NOT_TAKING: _("Others now see it. Ask about a waiting list, and call the next one now."),
    Outcome.NO_BED: _("Others now see it. Ask about a waiting list, and call the next one now."),
    Outcome.NEEDS_REFERRAL: _("A doctor, a clinic or another program can often refer you. Ask them who can."),
    Outcome.CLOSED: _("We will look into it. Call the next one now."),
    Outcome.MET: _("Others now see that it met."),
    Outcome.NOBODY_THERE: _("We are sorry that you went for nothing. We will look into it."),
    Outcome.WRONG_PLACE_OR_TIME: _("We are sorry that you went for nothing. We will look into it."),
    Outcome.LINK_DEAD: _("We will look into it. There are other meetings online."),
}


class Feedback(NamedTuple):
    """Where a group's own list hears of mistakes."""

    name: str
    href: str
    address: str
    """Shown where it is an e-mail address: not everyone's phone opens one."""


@dataclass(frozen=True, slots=True)
class Thanks:
    outcome: str
    what_next: str
    others_url: str
    is_detox: bool
    is_good: bool
    is_group: bool


@sent_from_here
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
def called(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asks, keeps the answer, and then thanks under the same address: `?told=NO_BED`."""
    found = listing_told_of(pk)
    outcomes = outcomes_of(found)
    if not outcomes:
        return redirect("report", found.pk)
    told = request.GET.get("told", "")
    if request.method != "POST" and told in outcomes:
        return render(request, "called_thanks.html", thanks_context(found, Outcome(told)))
    form = CalledForm(request.POST if request.method == "POST" else None, outcomes=outcomes)
    if not form.is_valid():
        return answer(request, found, form, status=400 if form.is_bound else 200)
    if not is_trapped(request):
        try:
            keep(request, found, form)
        except Refused as why:
            form.add_error(None, str(why))
            return answer(request, found, form, status=429)
    query = urlencode({"told": form.cleaned_data["outcome"]})
    return redirect(f"{reverse('called', args=[found.pk])}?{query}")


def listing_told_of(pk: UUID) -> ServiceAtLocation:
    """Merged meanwhile, it is the one that was kept: a redirect would lose what was typed."""
    try:
        return published_listing(pk)
    except Http404:
        heir = heir_of(pk)
        if heir is None:
            raise
        return published_listing(heir.pk)


def keep(request: HttpRequest, found: ServiceAtLocation, form: CalledForm) -> None:
    tell_outcome(
        listing=found,
        outcome=Outcome(form.cleaned_data["outcome"]),
        wait_days=form.cleaned_data["wait_days"],
        by=signed_in(request),
        network=network_behind(request),
        now=timezone.now(),
    )


def answer(request: HttpRequest, found: ServiceAtLocation, form: CalledForm, *, status: int) -> HttpResponse:
    voice = voice_of(signed_in(request))
    context = {
        "listing": found,
        "form": form,
        "feedback": feedback_of(found),
        "voice": "" if voice == Voice.PUBLIC else voice.label,
        "carried": carried(request, form),
    }
    return render(request, "called.html", context, status=status)


def thanks_context(found: ServiceAtLocation, outcome: Outcome) -> dict[str, object]:
    is_good = outcome in GOOD
    categories = found.service.categories
    thanks = Thanks(
        outcome=str(outcome.label),
        what_next=str(WHAT_NEXT[outcome]),
        others_url="" if is_good else others_like(found, outcome),
        is_detox=not is_good and CareCategory.WITHDRAWAL_MANAGEMENT in categories,
        is_good=is_good,
        is_group=outcome in WENT,
    )
    feedback = [] if is_good else feedback_of(found)
    return {"listing": found, "thanks": thanks, "feedback": feedback}


def others_like(found: ServiceAtLocation, outcome: Outcome) -> str:
    """A search for the next one: near a public address, in the county of a private one."""
    if outcome in WENT:
        category = CareCategory.SUPPORT_GROUP.value
        return f"{reverse('next')}?{urlencode({'near': near(found), 'category': category})}"
    care = [each for each in found.service.categories if each != CareCategory.SUPPORT_GROUP]
    return search_address((("near", near(found)), *(("category", each) for each in care)))


def near(found: ServiceAtLocation) -> str:
    location = found.location
    if location.location_type == LocationType.VIRTUAL:
        return "online"
    if not location.address_is_public:
        return county_of(found)
    return location.postal_code or ", ".join(filter(None, (location.city, location.state_province)))


def feedback_of(found: ServiceAtLocation) -> list[Feedback]:
    """Of a support group: its own list can mend it for everyone, and gets to hear of it first."""
    if CareCategory.SUPPORT_GROUP not in found.service.categories:
        return []
    records = [record for record in found.source_records.all() if record.missing_since is None]
    sources = {record.source_id: record.source for record in records if not record.source.opted_out_at}
    return [
        Feedback(
            name=in_reader_language(source.name, source.name_es),
            href=source.feedback_url or f"mailto:{source.feedback_email}",
            address="" if source.feedback_url else source.feedback_email,
        )
        for _slug, source in sorted(sources.items())
        if source.feedback_url or source.feedback_email
    ]
