"""A program says: this is our listing. See finder/actions/claiming.py."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from finder.actions.claiming import can_be_claimed, claim_listing, has_enough_claims, listed_numbers
from finder.actions.refusals import Refused
from finder.letters.posting import NotSent
from finder.models import ServiceAtLocation
from finder.views.listing import published_listing
from finder.views.own_forms import is_trapped, sent_from_here
from finder.views.phones import in_order_to_call
from finder.views.plain_form import PlainForm
from finder.views.too_many import at_most_per_minute

MOST_REQUESTS = 6
"""From one network in a minute."""


class ClaimForm(PlainForm):
    email = forms.EmailField(
        max_length=254,
        label=gettext_lazy("Your e-mail address at the program"),
        help_text=gettext_lazy("We write to it about this listing only, and show it to nobody."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    language = forms.ChoiceField(
        choices=settings.LANGUAGES, label=gettext_lazy("In which language shall we write?")
    )


@sent_from_here
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
def claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = published_listing(pk)
    if request.method == "POST" and can_be_claimed(found):
        return claimed(request, found)
    return claim_page(request, found, ClaimForm(initial={"language": get_language()}))


@at_most_per_minute(MOST_REQUESTS)
def claimed(request: HttpRequest, found: ServiceAtLocation) -> HttpResponse:
    """The same answer for every address: who it belongs to, and whether we know it, is nobody's business."""
    form = ClaimForm(request.POST)
    if not form.is_valid():
        return claim_page(request, found, form, status=400)
    said = form.cleaned_data
    try:
        if not is_trapped(request):
            claim_listing(listing=found, email=said["email"], language=said["language"], now=timezone.now())
    except Refused as why:
        return claim_page(request, found, form, problem=str(why), status=429)
    except NotSent:
        problem = _("We cannot send mail at the moment, so nothing was kept. Please try again later.")
        return claim_page(request, found, form, problem=problem, status=503)
    return render(request, "claim_sent.html", {"listing": found})


def claim_page(
    request: HttpRequest, found: ServiceAtLocation, form: ClaimForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "listing": found,
        "form": form,
        "problem": problem,
        "can_be_claimed": can_be_claimed(found),
        "has_enough": has_enough_claims(found),
        "numbers": in_order_to_call(listed_numbers(found)),
        "operator_contact": settings.OPERATOR_CONTACT,
    }
    return render(request, "claim.html", context, status=status)
