"""A program's page of one listing, opened by the link of a letter. To read it changes nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from finder.actions.refusals import Refused
from finder.actions.replying import SeenBefore, proposed, serves
from finder.actions.seen import mark_of
from finder.letters.links import LinkFault, LinkIsOld, Purpose, pk_of
from finder.letters.posting import NotSent
from finder.models import AskedListing
from finder.views.link_gone import link_gone
from finder.views.own_forms import sent_from_here
from finder.views.program_answers import CHANGES, VERBS, NotTaken, nothing_said
from finder.views.program_page import change_context, program_context


@sent_from_here
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
def program(request: HttpRequest, token: str) -> HttpResponse:
    try:
        asked = asked_by(token)
    except LinkFault as fault:
        return link_gone(request, fault)
    if request.method == "POST":
        return answer(request, asked, token)
    subject = request.GET.get("change", "").upper()
    if subject in CHANGES:
        return change_page(request, asked, subject, CHANGES[subject](asked.listing))
    return whole_page(request, asked)


def asked_by(token: str) -> AskedListing:
    found = AskedListing.objects.with_parts().filter(pk=pk_of(Purpose.LISTING, token)).first()
    if found is None or not serves(found):
        raise LinkIsOld
    return found


def answer(request: HttpRequest, asked: AskedListing, token: str) -> HttpResponse:
    verb = request.POST.get("verb", "")
    try:
        VERBS.get(verb, nothing_said)(asked, request.POST, token)
    except NotTaken as refused:
        return look_again(request, asked, refused)
    except SeenBefore as why:
        return seen_before(request, asked, str(why))
    except Refused as why:
        return whole_page(request, asked, problem=str(why), status=400)
    except NotSent:
        problem = _("We cannot send mail at the moment, so nothing was kept. Please try again later.")
        return whole_page(request, asked, problem=problem, status=503)
    if verb == "not_us":
        return render(request, "program_left.html", {"listing": asked.listing})
    return HttpResponseRedirect(f"{request.path}#{request.POST.get('subject', '').lower()}")


def look_again(request: HttpRequest, asked: AskedListing, refused: NotTaken) -> HttpResponse:
    if refused.subject in CHANGES:
        return change_page(request, asked, refused.subject, refused.form, status=400)
    return whole_page(request, asked, forms={refused.subject: refused.form}, status=400)


def seen_before(request: HttpRequest, asked: AskedListing, problem: str) -> HttpResponse:
    """As it stands now. What was typed stays, where it says more than waits already."""
    fresh = AskedListing.objects.with_parts().get(pk=asked.pk)
    subject = request.POST.get("subject", "")
    if request.POST.get("verb") == "change" and subject in CHANGES:
        form = CHANGES[subject](fresh.listing, request.POST)
        waiting = {each.field: each.proposed_value for each in proposed(fresh.listing)}
        if not form.is_valid() or any(waiting.get(name) != said for name, said in form.values().items()):
            return change_page(request, fresh, subject, form, problem=problem, status=409)
    return whole_page(request, fresh, problem=problem, status=409)


def whole_page(
    request: HttpRequest,
    asked: AskedListing,
    *,
    forms: dict[str, Any] | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context = program_context(asked, page_url=request.path, forms=forms) | {"problem": problem}
    return render(request, "program.html", context, status=status)


def change_page(
    request: HttpRequest,
    asked: AskedListing,
    subject: str,
    form: Any,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context = change_context(asked, subject, form) | {
        "mark": mark_of(asked, subject),
        "problem": problem,
        "back_url": request.path,
    }
    return render(request, "program_change.html", context, status=status)
