"""The pages on which editors work through the queue: one listing at a time."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from finder.actions.queue_bulk import Deed, Order, carry_out
from finder.actions.refusals import Refused
from finder.actions.working import LeaseLost, claim, claim_next, finish, keep_claim, name_of, release
from finder.admin.queue import WorkWaiting, work_waiting
from finder.admin.signing_in import SignedIn
from finder.admin.site import desk
from finder.admin.work_form import CHANGED, WorkForm
from finder.admin.work_page import edit_url, work_context
from finder.enums import QueueOutcome, QueueReason
from finder.models import QueueItem
from finder.permissions import area_of, may_work_queue, may_work_this, methods_of

PASSED_OVER = "queue_passed_over"
MOST_PASSED_OVER = 200
TITLE = gettext_lazy("Queue")


@desk.page("queue/", name="queue", is_for=may_work_queue, title=TITLE)
@require_safe
def queue(request: SignedIn) -> HttpResponse:
    now, area = timezone.now(), area_of(request.user)
    items = QueueItem.objects.within(area)
    counted = Counter(
        reason
        for reasons in items.open().order_by("pk").values_list("reasons", flat=True)
        for reason in reasons
    )
    context = {
        **desk.each_context(request),
        "title": TITLE,
        "work": work_waiting(request.user) or WorkWaiting(0, 0),
        "held": items.held_by(request.user.pk, now).with_listings().first(),
        "put_off": items.open().filter(not_before__gt=now).count(),
        "reasons": [
            (reason.label, counted[reason.value], overview_url(reason=reason.value))
            for reason in QueueReason
            if counted[reason.value]
        ],
        "area": area,
        "overview_url": overview_url(),
    }
    return TemplateResponse(request, "admin/queue.html", context)


def overview_url(**query: str) -> str:
    return f"{reverse('admin:finder_queueitem_changelist')}?{urlencode(query)}"


@desk.page("queue/next/", name="queue_next", is_for=may_work_queue)
@require_POST
def queue_next(request: SignedIn) -> HttpResponse:
    """Pressed anew, what was skipped is offered again."""
    request.session.pop(PASSED_OVER, None)
    return next_item(request)


def next_item(request: SignedIn) -> HttpResponse:
    passed_over = request.session.get(PASSED_OVER, [])
    item = claim_next(by=request.user, now=timezone.now(), passing_over=passed_over)
    if item:
        return redirect("admin:queue_item", item.pk)
    said = _("Nothing else waits: you skipped the rest.") if passed_over else _("Nothing waits for you.")
    messages.info(request, said)
    return redirect("admin:queue")


@desk.page("queue/<int:pk>/", name="queue_item", is_for=may_work_queue)
@require_http_methods(["GET", "HEAD", "POST"])
def queue_item(request: SignedIn, pk: int) -> HttpResponse:
    item = item_for(request, pk)
    form = WorkForm(
        request.POST if request.method == "POST" else None,
        methods=methods_of(request.user),
        was_corrected="corrected" in request.GET,
    )
    if not form.is_valid():
        return page(request, item, form)
    try:
        return kept(request, item, form)
    except LeaseLost as why:
        form.add_error(None, _("%(why)s What you chose and wrote is still below.") % {"why": why})
        return page(request, item_for(request, pk), form, status=409)
    except Refused as why:
        form.add_error(None, str(why))
        return page(request, item, form)


def item_for(request: SignedIn, pk: int) -> QueueItem:
    item = get_object_or_404(QueueItem.objects.with_listings().select_related("claimed_by"), pk=pk)
    if not may_work_this(request.user, item.listing):
        raise PermissionDenied
    return item


def kept(request: SignedIn, item: QueueItem, form: WorkForm) -> HttpResponse:
    """On to the next, unless something of this one is left to do."""
    now = timezone.now()
    if form.cleaned_data["result"] == CHANGED:
        claim(item=item, by=request.user, now=now)
        return redirect(edit_url(item))
    done = finish(item=item, found=form.found, by=request.user, now=now)
    if done.claimed_by_id == request.user.pk:
        messages.warning(request, _("Kept. Something is still to be decided here: see “What waits”."))
        return redirect("admin:queue_item", item.pk)
    said = _("%(name)s: %(result)s.") % {"name": item.listing, "result": form.found.result.label}
    messages.success(request, said)
    if not done.closed_at:
        pass_over(request, item)
    return next_item(request)


def pass_over(request: SignedIn, item: QueueItem) -> None:
    """By this person, until they start anew; for others it is free."""
    passed_over = [pk for pk in request.session.get(PASSED_OVER, []) if pk != item.pk]
    request.session[PASSED_OVER] = [*passed_over, item.pk][-MOST_PASSED_OVER:]


def page(request: SignedIn, item: QueueItem, form: WorkForm, status: int = 200) -> HttpResponse:
    now = timezone.now()
    is_taken = bool(item.claimed_until and item.claimed_until > now)
    is_mine = item.claimed_by_id == request.user.pk
    context = {
        **desk.each_context(request),
        **work_context(item, now=now),
        "form": form,
        "is_open": not item.closed_at,
        "is_mine": is_mine and not item.closed_at,
        "taken_by": name_of(item.claimed_by) if is_taken and not is_mine else "",
        "ended_as": QueueOutcome(item.outcome).label if item.outcome else "",
        "shows_form": (is_mine and not item.closed_at) or form.is_bound,
    }
    return TemplateResponse(request, "admin/queue_item.html", context, status=status)


@desk.page("queue/<int:pk>/claim/", name="queue_claim", is_for=may_work_queue)
@require_POST
def queue_claim(request: SignedIn, pk: int) -> HttpResponse:
    """`take` this one, `keep` it twenty minutes more, or `skip` it."""
    item, now = item_for(request, pk), timezone.now()
    verb = request.POST.get("verb", "")
    if verb == "skip":
        release(item=item, by=request.user, now=now)
        pass_over(request, item)
        return next_item(request)
    try:
        if verb != "keep" or not keep_claim(item=item, by=request.user, now=now):
            claim(item=item, by=request.user, now=now)
    except LeaseLost as why:
        messages.error(request, str(why))
    return redirect("admin:queue_item", item.pk)


@desk.page("queue/<int:pk>/resolve/", name="queue_resolve", is_for=may_work_queue)
@require_POST
def queue_resolve(request: SignedIn, pk: int) -> HttpResponse:
    """What callers found wrong was looked into."""
    item = item_for(request, pk)
    (done,) = carry_out(items=[item], order=Order(Deed.RESOLVE), by=request.user, now=timezone.now())
    messages.add_message(request, messages.SUCCESS if done.happens else messages.ERROR, done.words)
    return redirect("admin:queue_item", item.pk)
