"""My due listings as a table, and the corrections in it that come back: shown first, then proposed."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django import forms
from django.core import signing
from django.http import HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from finder.actions.correction_lines import Correction, Line
from finder.actions.corrections import Fault, Read, read_lines, receive_lines
from finder.actions.refusals import Refused
from finder.admin.shown import field_words, said
from finder.admin.signing_in import SignedIn
from finder.admin.site import desk
from finder.enums import CareCategory, QueueReason
from finder.exporters.due_listings import due_csv
from finder.importers.corrections import MOST_BYTES, Table, read_corrections
from finder.models import QueueItem
from finder.models.queue import QueueItemQuerySet
from finder.permissions import area_of, may_work_queue

KEPT_AT_ONCE = 100
"""So many rows are written down in one request; the rest waits for one more tap."""
HOLDS_FOR = 24 * 60 * 60
"""Seconds between the preview and the yes."""
SHOWN = 300
TITLE = gettext_lazy("Corrections from a table")


class Difference(NamedTuple):
    field: str
    now: str
    proposed: str


class Shown(NamedTuple):
    """A row that was understood, as people read it."""

    number: int
    listing: Any
    differences: list[Difference]
    outcome: Any
    right: str


@desk.page("queue/due.csv", name="queue_csv", is_for=may_work_queue)
@require_safe
def queue_csv(request: SignedIn) -> HttpResponse:
    items = chosen_items(request.GET).within(area_of(request.user)).with_listings().most_pressing_first()
    owned = ("phones", "service__phones", "location__phones", "schedules__how_to_join")
    return HttpResponse(
        due_csv(items.prefetch_related(*(f"listing__{name}" for name in owned))),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="due-listings.csv"'},
    )


def chosen_items(asked: QueryDict) -> QueueItemQuerySet:
    """By the filters of the whole queue; unless told, what is due for a check."""
    items = QueueItem.objects.not_put_off(timezone.now())
    reason = asked.get("reason", QueueReason.DUE.value)
    if reason in QueueReason.values:
        items = items.filter(reasons__contains=[reason])
    if asked.get("category") in CareCategory.values:
        items = items.filter(listing__service__categories__contains=[asked["category"]])
    if asked.get("state"):
        items = items.filter(listing__location__state_province=asked["state"])
    return items


class TableForm(forms.Form):
    table = forms.FileField(
        label=gettext_lazy("The table"),
        help_text=gettext_lazy("CSV, as you got it here, with what you found out filled in."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_table(self) -> Table:
        sent = self.cleaned_data["table"]
        if sent.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is too large. Send it in parts of two megabytes at most.")
            )
        try:
            return read_corrections(sent.read())
        except Refused as why:
            raise forms.ValidationError(str(why)) from None


@desk.page("queue/corrections/", name="queue_corrections", is_for=may_work_queue)
@require_http_methods(["GET", "HEAD", "POST"])
def queue_corrections(request: SignedIn) -> HttpResponse:
    """A table is shown first; the yes to it comes with the same rows, signed."""
    if "rows" in request.POST:
        return kept(request)
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    if not form.is_valid():
        return page(request, form=form)
    table: Table = form.cleaned_data["table"]
    read = read_lines(lines=table.lines, by=request.user)
    return page(request, read=read, faults=read.faults, untouched=table.untouched, unknown=table.unknown)


def kept(request: SignedIn) -> HttpResponse:
    try:
        lines = list(unsigned(request.POST["rows"], request.user.pk))
    except signing.BadSignature:
        form = TableForm()
        return page(request, form=form, notice=_("This page is too old. Send the table again."))
    now, later = lines[:KEPT_AT_ONCE], lines[KEPT_AT_ONCE:]
    done = receive_lines(lines=now, by=request.user, now=timezone.now())
    rest = read_lines(lines=later, by=request.user)
    faults = [*done.faults, *rest.faults]
    return page(request, read=rest, faults=faults, kept=len(done.corrections), was_kept=True)


def signed(lines: Sequence[Line], person: int) -> str:
    rows = [[line.number, dict(line.cells)] for line in lines]
    return signing.dumps(rows, salt=f"corrections of {person}", compress=True)


def unsigned(rows: str, person: int) -> Iterator[Line]:
    for number, cells in signing.loads(rows, salt=f"corrections of {person}", max_age=HOLDS_FOR):
        yield Line(number, cells)


def page(
    request: SignedIn,
    *,
    form: TableForm | None = None,
    read: Read | None = None,
    faults: Sequence[Fault] = (),
    **more: Any,
) -> HttpResponse:
    corrections = read.corrections if read else []
    context = {
        **desk.each_context(request),
        "title": TITLE,
        "form": form or TableForm(),
        "is_read": read is not None,
        "rows": [shown(correction) for correction in corrections[:SHOWN]],
        "total": len(corrections),
        "faults": faults,
        "signed_rows": signed([correction.line for correction in corrections], request.user.pk),
        "at_once": KEPT_AT_ONCE,
        "untouched": 0,
        "unknown": [],
        "kept": 0,
        "was_kept": False,
        "notice": "",
        **more,
    }
    return TemplateResponse(request, "admin/queue_corrections.html", context)


def shown(correction: Correction) -> Shown:
    differences = [
        Difference(field_words(field), said(field, correction.replaced[field]), said(field, value))
        for field, value in correction.values.items()
    ]
    right = ", ".join(str(part.label) for part in correction.right)
    outcome = correction.outcome.label if correction.outcome else ""
    return Shown(correction.line.number, correction.listing, differences, outcome, right)
