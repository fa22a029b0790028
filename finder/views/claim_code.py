"""Where a claim stands, and where its code is typed in: opened by the link of a letter."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from finder.actions.claiming import DIGITS, MOST_WRONG, Typed, first_link, is_over, type_code
from finder.enums import ClaimStatus
from finder.letters.links import LinkFault, LinkIsOld, Purpose, pk_of, token_of
from finder.models import Claim
from finder.views.link_gone import link_gone
from finder.views.own_forms import sent_from_here
from finder.views.phones import in_order_to_call
from finder.views.plain_form import PlainForm
from finder.views.too_many import at_most_per_minute

MOST_TRIES = 10
"""From one network in a minute: each costs the time that hashing takes."""


class CodeForm(PlainForm):
    code = forms.CharField(
        max_length=20,
        label=gettext_lazy("The code that we read out to you"),
        help_text=gettext_lazy("Six digits."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        code = "".join(sign for sign in self.cleaned_data["code"] if sign not in " -")
        if not (code.isascii() and code.isdigit() and len(code) == DIGITS):
            raise forms.ValidationError(_("The code has six digits. This was not counted as a try."))
        return code


@sent_from_here
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
def claim_code(request: HttpRequest, token: str) -> HttpResponse:
    try:
        claim = claim_of(token)
    except LinkFault as fault:
        return link_gone(request, fault)
    if request.method == "POST" and claim.status == ClaimStatus.CODE_READ:
        return typed(request, claim)
    return code_page(request, claim, CodeForm())


def claim_of(token: str) -> Claim:
    rows = Claim.objects.select_related("listing__service", "listing__location", "contact")
    found = rows.filter(pk=pk_of(Purpose.CODE, token), contact__unsubscribed_at__isnull=True).first()
    if found is None:
        raise LinkIsOld
    return found


@at_most_per_minute(MOST_TRIES)
def typed(request: HttpRequest, claim: Claim) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return code_page(request, claim, form, status=400)
    now = timezone.now()
    if type_code(claim=claim, code=form.cleaned_data["code"], now=now) == Typed.RIGHT:
        return redirect("program", token=token_of(Purpose.LISTING, first_link(claim=claim, now=now).pk))
    claim.refresh_from_db()
    if claim.status == ClaimStatus.CODE_READ:
        form.add_error("code", wrong_words(MOST_WRONG - claim.attempts))
    return code_page(request, claim, form, status=400)


def wrong_words(left: int) -> str:
    return _("This is not the code we read out. Tries left: %(count)d.") % {"count": left}


def code_page(request: HttpRequest, claim: Claim, form: CodeForm, *, status: int = 200) -> HttpResponse:
    is_awaited = claim.status == ClaimStatus.CODE_READ and not is_over(claim, timezone.now())
    context = {
        "listing": claim.listing,
        "form": form if is_awaited else None,
        "is_waiting": claim.status == ClaimStatus.ASKED,
        "confirmed_at": claim.confirmed_at if claim.status == ClaimStatus.CONFIRMED else None,
        "numbers": in_order_to_call(claim.listing.speaking_phones),
    }
    return render(request, "claim_code.html", context, status=status)
