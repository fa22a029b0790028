"""Whether a listing has room, set in two taps: open the page, tap the answer."""

from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from finder.actions.capacity import state_capacity
from finder.actions.refusals import Refused
from finder.actions.verifying import voice_of
from finder.admin.listing_decisions import SignedIn
from finder.admin.site import desk
from finder.enums import CapacityCode, CapacityUnit
from finder.models import Capacity, ServiceAtLocation
from finder.permissions import may_state_facts, may_state_of
from finder.upkeep.rooms import HOLDS_FOR, units_of
from finder.views.ages import ago_in_hours

MOST_FREE = 999


class RoomForm(forms.Form):
    """One unit's. The answer is the button that was tapped."""

    unit = forms.ChoiceField(choices=CapacityUnit.choices)
    code = forms.ChoiceField(choices=CapacityCode.choices)
    available = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_FREE,
        label=gettext_lazy("How many are free"),
        help_text=gettext_lazy("Leave it empty where nobody counts."),
    )

    def clean_unit(self) -> CapacityUnit:
        return CapacityUnit(self.cleaned_data["unit"])

    def clean_code(self) -> CapacityCode:
        return CapacityCode(self.cleaned_data["code"])


class UnitAsked(NamedTuple):
    unit: CapacityUnit
    now: str
    """What is known of it now, in words."""
    lasts: str
    """For how long readers see an answer."""
    typed: str
    faults: list[str]


@desk.page("listings/<uuid:pk>/room/", name="listing_room", is_for=may_state_facts)
@require_http_methods(["GET", "HEAD", "POST"])
def room(request: SignedIn, pk: UUID) -> HttpResponse:
    listing = get_object_or_404(ServiceAtLocation.objects.with_parts(), pk=pk)
    if not may_state_of(request.user, listing):
        raise PermissionDenied
    form = RoomForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and keep(request, listing, form):
        page = reverse("admin:finder_serviceatlocation_change", args=[listing.pk])
        return HttpResponseRedirect(page)
    context = {
        **desk.each_context(request),
        "title": _("Room now: %(name)s") % {"name": listing},
        "opts": ServiceAtLocation._meta,
        "original": listing,
        "form": form,
        "units": units_asked(listing, form),
        "answers": CapacityCode,
    }
    return TemplateResponse(request, "admin/room.html", context)


def keep(request: SignedIn, listing: ServiceAtLocation, form: RoomForm) -> bool:
    try:
        state_capacity(
            listing=listing,
            voice=voice_of(request.user),
            by=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        )
    except Refused as why:
        form.add_error("available", str(why))
        return False
    messages.success(request, _("Kept. Readers see it now."))
    return True


def units_asked(listing: ServiceAtLocation, form: RoomForm) -> list[UnitAsked]:
    said = {capacity.unit: capacity for capacity in listing.capacities.all()}
    tapped = form.data.get("unit", "")
    faults: dict[str, Any] = form.errors if form.is_bound else {}
    return [
        UnitAsked(
            unit=unit,
            now=known_words(said.get(unit)),
            lasts=lasts(unit),
            typed=form.data.get("available", "") if unit == tapped else "",
            faults=[fault for found in faults.values() for fault in found] if unit == tapped else [],
        )
        for unit in units_of(listing.service.categories)
    ]


def lasts(unit: CapacityUnit) -> str:
    days = HOLDS_FOR[unit].days
    return _("24 hours") if days == 1 else _("%(count)d days") % {"count": days}


def known_words(said: Capacity | None) -> str:
    now = timezone.now()
    if said is None:
        return _("Nobody has said yet.")
    told = {
        "answer": said.get_code_display(),
        "who": said.get_voice_display(),
        "ago": ago_in_hours(said.updated, now),
    }
    if said.expires_at <= now:
        return _("Too old to count: “%(answer)s” (%(who)s, %(ago)s).") % told
    if said.available:
        return _("%(answer)s: %(count)d (%(who)s, %(ago)s).") % {**told, "count": said.available}
    return _("%(answer)s (%(who)s, %(ago)s).") % told
