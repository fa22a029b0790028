"""What is written on the list that a reader makes: its name, its notes, and how far one of us has come."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from finder.actions.list_statuses import set_status
from finder.enums import ItemStatus, Refusal
from finder.referral.contents import noted, titled
from finder.views.list_changes import changed, item_address
from finder.views.list_forms import NoteForm, StatusForm, TitleForm
from finder.views.list_page import Typed, page_of_own_list
from finder.views.own_forms import sent_from_here
from finder.views.own_list import keeper, own_list


@sent_from_here
@require_POST
@cache_control(no_store=True)
def name_list(request: HttpRequest) -> HttpResponse:
    form = TitleForm(request.POST)
    if not form.is_valid():
        return page_of_own_list(request, Typed(title=form), status=400)
    return changed(request, lambda contents: titled(contents, form.cleaned_data["title"]))


@sent_from_here
@require_POST
@cache_control(no_store=True)
def write_note(request: HttpRequest, pk: UUID) -> HttpResponse:
    if pk not in own_list(request).contents:
        raise Http404
    form = NoteForm(request.POST, auto_id=f"note-{pk}-%s")
    if not form.is_valid():
        return page_of_own_list(request, Typed(note=(pk, form)), status=400)
    said = form.cleaned_data
    return changed(
        request,
        lambda contents: noted(contents, pk, note=said["note"], is_shown=said["note_is_shown"]),
        back=item_address(pk),
    )


@sent_from_here
@require_POST
@cache_control(no_store=True)
def say_status(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Of one of us only: what came of a call is told of the listing, too."""
    person, kept = keeper(request), own_list(request).kept
    if person is None or kept is None:
        raise Http404
    item = get_object_or_404(kept.items.select_related("listing__service", "listing__location"), listing=pk)
    form = StatusForm(request.POST, auto_id=f"status-{pk}-%s", zone=item.listing.location.timezone)
    if not form.is_valid():
        return page_of_own_list(request, Typed(status=(pk, form)), status=400)
    said = form.cleaned_data
    set_status(
        item=item,
        status=ItemStatus(said["status"]) if said["status"] else None,
        refusal=Refusal(said["refusal"]) if said["refusal"] else None,
        held_until=said["held_until"],
        by=person,
        now=timezone.now(),
    )
    return redirect(item_address(pk))
