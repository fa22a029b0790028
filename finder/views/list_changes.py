"""What is done to the list that a reader makes: each a POST that leads back. Nothing here needs a script."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from finder.actions.lists import listings_that_can_be_added
from finder.enums import CareCategory
from finder.plans.starts import Start
from finder.referral.contents import (
    MOST_ENTRIES,
    MOST_SIGNS_OF_A_TITLE,
    Change,
    Contents,
    ListIsFull,
    in_order,
    moved,
    of_plan,
    with_listings,
    without,
)
from finder.views.list_page import Typed, page_of_own_list
from finder.views.list_titles import title
from finder.views.own_forms import sent_from_here
from finder.views.own_list import OwnList, change_own_list, remember

UP, DOWN = "up", "down"
MOST_LEGS = 20
Legs = Sequence[tuple[str, str, Sequence[UUID]]]


@sent_from_here
@require_POST
@cache_control(no_store=True)
def add_to_list(request: HttpRequest) -> HttpResponse:
    """Back to where the button was; a script stays there, and is told what to write on it."""
    asked = uuids(request.POST.getlist("listing"))
    listings = listings_that_can_be_added(asked)
    return changed(request, lambda contents: with_listings(contents, listings))


@sent_from_here
@require_POST
@cache_control(no_store=True)
def add_plan_to_list(request: HttpRequest) -> HttpResponse:
    """All that a plan chose, its legs kept as sections."""
    legs = legs_of(request.POST.getlist("leg")[:MOST_LEGS])
    named = title_asked(request)
    return changed(request, lambda contents: of_plan(contents, legs, title=named))


@sent_from_here
@require_POST
@cache_control(no_store=True)
def take_off_list(request: HttpRequest) -> HttpResponse:
    listings = uuids(request.POST.getlist("listing"))
    return changed(request, lambda contents: without(contents, listings[0]) if listings else contents)


@sent_from_here
@require_POST
@cache_control(no_store=True)
def move_on_list(request: HttpRequest) -> HttpResponse:
    """One step by a button, or all as they were dragged."""
    listings, way = uuids(request.POST.getlist("listing")), request.POST.get("way")
    if way in (UP, DOWN) and listings:
        steps, here = -1 if way == UP else 1, listings[0]
        return changed(request, lambda contents: moved(contents, here, steps), back=item_address(here))
    return changed(request, lambda contents: in_order(contents, listings))


@sent_from_here
@require_POST
@cache_control(no_store=True)
def clear_list(request: HttpRequest) -> HttpResponse:
    return changed(request, lambda contents: Contents())


def changed(request: HttpRequest, change: Change, *, back: str = "") -> HttpResponse:
    """`back`: where to, unless the form says it."""
    try:
        own = change_own_list(request, change, title=title_asked(request), now=timezone.now())
        return remember(request, answer(request, own, back), own)
    except ListIsFull:
        return full(request)


def answer(request: HttpRequest, own: OwnList, back: str) -> HttpResponse:
    if is_by_script(request):
        return JsonResponse({"count": len(own.contents), "bar": in_bar(len(own.contents))})
    back = back or request.POST.get("back", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if is_ours else reverse("list"))


def full(request: HttpRequest) -> HttpResponse:
    said = _(
        "This list is full: it holds %(count)d places at most, and without an account fewer if notes are "
        "long. Take one off or shorten a note."
    ) % {"count": MOST_ENTRIES}
    if is_by_script(request):
        return JsonResponse({"refused": said}, status=409)
    return page_of_own_list(request, Typed(refused=said), status=409)


def item_address(listing: UUID) -> str:
    return f"{reverse('list')}#item-{listing}"


def is_by_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def in_bar(count: int) -> str:
    return ngettext("My list (%(count)d)", "My list (%(count)d)", count) % {"count": count}


def title_asked(request: HttpRequest) -> str:
    asked = " ".join(request.POST.get("title", "").split())[:MOST_SIGNS_OF_A_TITLE]
    return asked or title(today=timezone.localdate())


def uuids(texts: Sequence[str]) -> list[UUID]:
    """Without what is none."""
    found = []
    for text in texts[:MOST_ENTRIES]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def legs_of(texts: Sequence[str]) -> Legs:
    """Each as "category start uuid uuid ..."; what is not so is left out."""
    found = []
    for text in texts:
        category, start, *listings = [*text.split(), "", ""]
        if category in CareCategory.values and start in Start.values:
            found.append((category, start, listings_that_can_be_added(uuids(listings))))
    return found
