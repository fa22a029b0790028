"""How upkeep goes: ages, queue, reports, imports, and the counties that have no detox near."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from finder.admin.plots import Bars, Lines, bars, lines
from finder.admin.site import desk
from finder.enums import CareCategory, QueueReason
from finder.geography.states import STATE_NAMES
from finder.models import ImportRun, ListingReport, QueueItem
from finder.permissions import may_see_upkeep
from finder.search import measures

TITLE = gettext_lazy("How upkeep goes")
WEEKS = 12
IMPORTS_SHOWN = 10
SECONDS_KEPT = 600


class StateGap(NamedTuple):
    state: str
    counties: list[str]


@desk.page("upkeep/", name="upkeep", is_for=may_see_upkeep, title=TITLE)
@require_safe
def upkeep(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    context = {
        **desk.each_context(request),
        "title": TITLE,
        "ages": ages_plot(timezone.localdate(now)),
        "queue": queue_counts(),
        "weeks": weeks_plot(now),
        "reports": measures.reports_answered(now=now),
        "disputed": measures.disputed(),
        "imports": ImportRun.objects.select_related("source")[:IMPORTS_SHOWN],
        "gaps": coverage_gaps(),
        "miles": measures.MILES_TO_DETOX,
    }
    return TemplateResponse(request, "admin/upkeep.html", context)


def ages_plot(today: date) -> Bars:
    kinds = [_("within 90 days"), _("within a year"), _("longer ago"), _("never by a person")]
    counted = measures.ages(today=today)
    return bars(kinds, [(str(CareCategory(kind).label), each) for kind, each in counted.items()])


def queue_counts() -> list[tuple[str, int]]:
    """An item with two reasons counts under each."""
    open_items = QueueItem.objects.open().order_by("pk").values_list("reasons", flat=True)
    counted = Counter(reason for reasons in open_items for reason in reasons)
    return [(str(reason.label), counted[reason.value]) for reason in QueueReason if counted[reason.value]]


def weeks_plot(now: datetime) -> Lines:
    """What came and what was done, week by week, the last one up to now."""
    starts = [now - timedelta(weeks=weeks) for weeks in range(WEEKS, 0, -1)]
    items = QueueItem.objects.order_by("pk")
    series = [
        (_("into the queue"), items.filter(opened_at__gte=starts[0]).values_list("opened_at", flat=True)),
        (_("done"), items.filter(closed_at__gte=starts[0]).values_list("closed_at", flat=True)),
        (
            _("reports"),
            ListingReport.objects.filter(proposed_at__gte=starts[0]).values_list("proposed_at", flat=True),
        ),
    ]
    labels = [f"{start:%Y-%m-%d}" for start in starts]
    return lines(labels, [(name, by_week(list(moments), starts)) for name, moments in series])


def by_week(moments: Sequence[datetime | None], starts: Sequence[datetime]) -> list[int]:
    week = timedelta(weeks=1)
    counted = Counter(int((moment - starts[0]) / week) for moment in moments if moment)
    return [counted[number] for number in range(len(starts))]


def coverage_gaps() -> list[StateGap]:
    """By state; the reckoning over every county is kept for some minutes."""
    found: list[tuple[str, str]] = cache.get_or_set("upkeep:gaps", without_detox, SECONDS_KEPT) or []
    by_state: dict[str, list[str]] = defaultdict(list)
    for state, county in found:
        by_state[STATE_NAMES.get(state, state)].append(county)
    return [StateGap(state, names) for state, names in sorted(by_state.items())]


def without_detox() -> list[tuple[str, str]]:
    return [(place.state, place.county) for place in measures.counties_without_detox()]
