"""The button beside each difference in the history: this field again as it was."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from finder.actions.refusals import Refused
from finder.actions.reverting import REVERTIBLE, revert_field, revert_removal
from finder.admin.listing_decisions import SignedIn
from finder.admin.site import desk
from finder.models import HowToJoin, Schedule
from finder.models.history import events_of
from finder.permissions import Person, area_of, may_edit_listings

OWNERS = ("listing_id", "service_id", "location_id")
MODELS = {str(model._meta.model_name): model for model in REVERTIBLE}


@desk.page("put-back/", name="put_back", is_for=may_edit_listings)
@require_POST
def put_back(request: SignedIn) -> HttpResponse:
    model = MODELS.get(request.POST.get("model", ""))
    event, field = request.POST.get("event", ""), request.POST.get("field", "")
    try:
        if model is None or not event.isdecimal():
            raise Refused(_("This change is not known."))
        if not is_theirs(request.user, model, int(event)):
            raise PermissionDenied
        told: dict[str, Any] = {
            "model": model,
            "event": int(event),
            "by": request.user,
            "now": timezone.now(),
        }
        if field:
            revert_field(field=field, seen=request.POST.get("seen", ""), **told)
        else:
            revert_removal(**told)
        messages.success(request, _("Put back. Readers see it now."))
    except Refused as why:
        messages.error(request, str(why))
    return HttpResponseRedirect(page_before(request))


def is_theirs(person: Person, model: type[Model], event: int) -> bool:
    """By the rule of the page on which the row is edited; how to join is edited with its time."""
    before = events_of(model).filter(pk=event).first()
    if before is None or area_of(person) is None:
        return True
    if model is HowToJoin:
        model, before = Schedule, Schedule.objects.filter(pk=before.schedule_id).first()
    if before is None:
        return False
    row = model(pk=before.pgh_obj_id if hasattr(before, "pgh_obj_id") else before.pk)
    for owner in OWNERS:
        setattr(row, owner, getattr(before, owner, None))
    page: Any = desk.get_model_admin(model)
    return bool(page.is_within_area(person, row))


def page_before(request: SignedIn) -> str:
    back = request.POST.get("back", "")
    is_own = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_own else reverse("admin:index")
