"""A search that a case worker keeps: saved from its results, and the page that says what is new there."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from finder.actions.refusals import Refused
from finder.actions.searches import (
    choose_rhythm,
    forget_search,
    mark_looked,
    rename_search,
    save_search,
)
from finder.enums import AlertRhythm
from finder.filters import question_of
from finder.models import SavedSearch
from finder.models.history import settled_until
from finder.models.saved_searches import LONGEST_NAME
from finder.permissions import may_keep_searches
from finder.search.question import SearchQuestion
from finder.views.addresses import pairs_of
from finder.views.at_work import for_keepers_of_searches
from finder.views.own_forms import sent_from_here, signed_in
from finder.views.search_names import suggested_name
from finder.views.search_news import shown_news


class NameForm(forms.Form):
    name = forms.CharField(
        max_length=LONGEST_NAME,
        label=_("Name"),
        help_text=_("What is searched for. Never write for whom."),
        widget=forms.TextInput(attrs={"class": "field", "autocomplete": "off"}),
    )


class RhythmForm(forms.Form):
    rhythm = forms.ChoiceField(
        choices=AlertRhythm.choices,
        label=_("E-mail me its news"),
        help_text=_("Only when there is some. The letter names listings."),
        widget=forms.Select(attrs={"class": "field"}),
    )


@sent_from_here
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
@for_keepers_of_searches
def save(request: HttpRequest, by: User) -> HttpResponse:
    """The question comes as the page of results wrote it; whoever comes back from the door starts anew."""
    question = question_of(request.POST.get("query", "")) if request.method == "POST" else None
    if question is None:
        return redirect("search")
    try:
        kept = save_search(
            query=kept_query(question),
            name=suggested_name(question),
            language=get_language() or "en",
            by=by,
            now=settled_until(timezone.now()),
        )
    except Refused as why:
        return render(request, "search_not_saved.html", {"why": str(why)}, status=400)
    return redirect("saved_search", pk=kept.pk)


def kept_query(question: SearchQuestion) -> str:
    return urlencode(pairs_of(question))


def saving(request: HttpRequest, question: SearchQuestion) -> dict[str, str] | None:
    """What the form below a search sends; none for readers."""
    person = signed_in(request)
    if person is None or not may_keep_searches(person):
        return None
    return {"query": kept_query(question), "name": suggested_name(question)}


@sent_from_here
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
@for_keepers_of_searches
def saved_search(request: HttpRequest, by: User, pk: int) -> HttpResponse:
    """Of others' searches nobody learns that they are there."""
    kept = get_object_or_404(SavedSearch.objects.kept_by(by), pk=pk)
    if request.method != "POST":
        return page(request, kept)
    try:
        return done(request, kept, by)
    except Refused as why:
        return page(request, kept, faults=[str(why)])


def done(request: HttpRequest, kept: SavedSearch, by: User) -> HttpResponse:
    now = timezone.now()
    match request.POST.get("verb"):
        case "looked":
            seen_at = moment_of(request.POST.get("as_of", "")) or now
            mark_looked(search=kept, seen_at=seen_at, by=by, now=now)
        case "rename":
            rename_search(search=kept, name=request.POST.get("name", ""), by=by)
        case "rhythm":
            form = RhythmForm(request.POST)
            if not form.is_valid():
                return page(request, kept, faults=[str(fault) for fault in form.errors["rhythm"]])
            choose_rhythm(search=kept, rhythm=AlertRhythm(form.cleaned_data["rhythm"]), by=by)
        case "delete":
            forget_search(search=kept, by=by)
            return redirect(address_of(kept))
    return redirect("saved_search", pk=kept.pk)


def moment_of(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None


def page(request: HttpRequest, kept: SavedSearch, *, faults: Sequence[str] = ()) -> HttpResponse:
    now, question = timezone.now(), question_of(kept.query)
    as_of = settled_until(now)
    context = {
        "search": kept,
        "address": address_of(kept),
        "as_of": as_of.isoformat(),
        "faults": faults,
        "news": shown_news(question, since=kept.looked_at, now=now) if question else None,
        "name_form": NameForm(initial={"name": kept.name}),
        "rhythm_form": RhythmForm(initial={"rhythm": kept.rhythm}),
        "has_email": bool(kept.owner.email),
    }
    return render(request, "saved_search.html", context, status=400 if faults else 200)


def address_of(kept: SavedSearch) -> str:
    return reverse("search") + ("?" + kept.query if kept.query else "")
