"""How often this directory is right, measured by calling a sample of it; and how old it is."""

from typing import NamedTuple

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from finder.enums import CareCategory
from finder.search import measures
from finder.upkeep.accuracy import Share

SECONDS_KEPT = 600


class RateRow(NamedTuple):
    kind: str
    exact: str
    functional: str
    called: int


class AgeRow(NamedTuple):
    """In percent of `listings`, by when a person or the program last checked them."""

    kind: str
    recent: str
    within_a_year: str
    older: str
    never: str
    listings: int


@require_safe
def accuracy(request: HttpRequest) -> HttpResponse:
    rates = measures.rates(today=timezone.localdate())
    reports = measures.reports_answered(now=timezone.now())
    context = {
        "rates": rate_rows(rates),
        "waiting": sum(each.waiting for each in rates[:-1]),
        "is_whole": rates[-1].exact is not None,
        "ages": age_rows(),
        "disputed": measures.disputed(),
        "reports": reports,
        "response": response_words(reports.median_hours),
        "days": measures.DAYS_OF_REPORTS,
    }
    return render(request, "accuracy.html", context)


def rate_rows(rates: list[measures.Rates]) -> list[RateRow]:
    """Of what was called; all together only where each kind was."""
    return [
        RateRow(
            kind=kind_words(each.category) if each.category else _("All together"),
            exact=share_words(each.exact),
            functional=share_words(each.functional),
            called=each.exact.total,
        )
        for each in rates
        if each.exact and each.functional
    ]


def share_words(share: Share) -> str:
    return _("%(share)d%% (%(low)d to %(high)d)") % {
        "share": round(share.share * 100),
        "low": round(share.low * 100),
        "high": round(share.high * 100),
    }


def kind_words(category: str) -> str:
    return str(CareCategory(category).label)


def age_rows() -> list[AgeRow]:
    today = timezone.localdate()
    counted: dict[str, list[int]] = cache.get_or_set(
        f"accuracy:ages:{today}", lambda: measures.ages(today=today), SECONDS_KEPT
    )  # type: ignore[assignment]
    return [age_row(kind, listings) for kind, listings in counted.items() if sum(listings)]


def age_row(kind: str, listings: list[int]) -> AgeRow:
    whole = sum(listings)
    recent, within_a_year, older, never = (percent(each, whole) for each in listings)
    return AgeRow(kind_words(kind), recent, within_a_year, older, never, whole)


def percent(part: int, whole: int) -> str:
    """Few are not none, and nearly all are not all."""
    share = 100 * part / whole
    if 0 < share < 1:
        return _("under 1%")
    return f"{min(round(share), 99) if part < whole else 100}%"


def response_words(hours: float | None) -> str:
    if hours is None:
        return ""
    if hours < 48:
        count = max(1, round(hours))
        return ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count}
    count = round(hours / 24)
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}
