"""The work of a case worker on one page: their lists, their teams' lists, their saved searches."""

from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from finder.actions.lists import contents_of, forget_list, keep_list, share_with_team
from finder.models import ReferralList, Team
from finder.permissions import may_keep_searches
from finder.referral.contents import Contents
from finder.views.at_work import for_keepers_of_lists
from finder.views.own_forms import sent_from_here
from finder.views.own_list import COOKIE, OPEN, OwnList, contents_in, read, remember
from finder.views.search_news import searches_of
from finder.views.shown_list import shown_list

MOST_SHOWN = 200


@require_safe
@cache_control(no_store=True)
@for_keepers_of_lists
def work(request: HttpRequest, person: User) -> HttpResponse:
    lists = ReferralList.objects.newest_first().select_related("team", "owner")
    counted = lists.annotate(places=Count("items", distinct=True))
    context = {
        "own": counted.owned_by(person)[:MOST_SHOWN],
        "shared": counted.filter(pk__in=ReferralList.objects.shared_with(person).values("pk"))[:MOST_SHOWN],
        "writable": set(ReferralList.objects.writable_by(person).values_list("pk", flat=True)),
        "open": request.session.get(OPEN, ""),
        "searches": searches_of(person, now=timezone.now()) if may_keep_searches(person) else [],
        "brought": len(contents_in(read(request.COOKIES))),
    }
    return render(request, "work.html", context)


@sent_from_here
@require_POST
@for_keepers_of_lists
def open_kept_list(request: HttpRequest, person: User, pk: UUID) -> HttpResponse:
    """Work on it from now on."""
    kept = get_object_or_404(ReferralList.objects.writable_by(person), pk=pk)
    request.session[OPEN] = str(kept.pk)
    return remember(request, redirect("list"), OwnList(contents_of(kept), kept))


@sent_from_here
@require_POST
@for_keepers_of_lists
def begin_list(request: HttpRequest, person: User) -> HttpResponse:
    """The next place that is added begins a new one."""
    request.session.pop(OPEN, None)
    return remember(request, redirect("work"), OwnList(Contents()))


@sent_from_here
@require_POST
@for_keepers_of_lists
def keep_brought_list(request: HttpRequest, person: User) -> HttpResponse:
    """What was begun in this browser before signing in."""
    contents = contents_in(read(request.COOKIES))
    if not contents.entries:
        return redirect("work")
    kept = keep_list(contents=contents, by=person, now=timezone.now())
    request.session[OPEN] = str(kept.pk)
    return remember(request, redirect("list"), OwnList(contents_of(kept), kept))


@require_safe
@cache_control(no_store=True)
@for_keepers_of_lists
def read_kept_list(request: HttpRequest, person: User, pk: UUID) -> HttpResponse:
    """Of a team's list, what its readers may see: without private notes."""
    kept = get_object_or_404(ReferralList.objects.readable_by(person), pk=pk)
    now = timezone.now()
    shown = shown_list(contents_of(kept), since=None, now=now, absolute=str)
    may_change = ReferralList.objects.writable_by(person).filter(pk=kept.pk).exists()
    return render(request, "work_list.html", {"kept": kept, "shown": shown, "may_change": may_change})


@sent_from_here
@require_POST
@for_keepers_of_lists
def throw_list_away(request: HttpRequest, person: User, pk: UUID) -> HttpResponse:
    """Its owner only; with its notes and links, for good."""
    kept = get_object_or_404(ReferralList.objects.owned_by(person), pk=pk)
    forget_list(kept=kept)
    response = redirect("work")
    if request.session.get(OPEN) == str(pk):
        del request.session[OPEN]
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


@sent_from_here
@require_POST
@for_keepers_of_lists
def give_list_to_team(request: HttpRequest, person: User, pk: UUID) -> HttpResponse:
    """To one of the owner's own teams, or back to the owner alone."""
    kept = get_object_or_404(ReferralList.objects.owned_by(person), pk=pk)
    chosen = request.POST.get("team", "")
    team = get_object_or_404(Team, pk=chosen, members__user=person) if chosen.isdecimal() else None
    share_with_team(kept=kept, team=team, now=timezone.now())
    return redirect("list" if request.session.get(OPEN) == str(pk) else "work")
