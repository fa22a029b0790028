"""A reader says that something is wrong, unsafe or missing, and gets a reference to look it up by."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from secrets import choice

from django.db import transaction
from django.utils.translation import gettext as _

from finder.actions.queueing import refresh_queue_items
from finder.actions.reporters import Reporter, TooManyToday, one_at_a_time, reporter_key
from finder.enums import ReportKind, Voice
from finder.models import ListingReport, ServiceAtLocation

SIGNS = "34679CDFGHJKMNPRTVWXY"
"""None is taken for another when it is read aloud or written by hand; without vowels they spell nothing."""

SIGNS_OF_A_REFERENCE = 8
REPORTS_A_DAY = 5


@transaction.atomic
def report_listing(
    *, listing: ServiceAtLocation, kind: ReportKind, text: str, network: str, now: datetime
) -> ListingReport:
    report = ListingReport(kind=kind, listing=listing, text=text)
    kept = keep(report, network=network, now=now)
    refresh_queue_items(listing_ids=[listing.pk], now=now)
    return kept


@transaction.atomic
def suggest_listing(
    *, suggestion: Mapping[str, str], text: str, network: str, now: datetime
) -> ListingReport:
    """`suggestion` holds its `category` and what was typed under `SUGGESTED_WORDS`."""
    said = {name: words for name, words in suggestion.items() if words}
    report = ListingReport(kind=ReportKind.SUGGESTION, suggestion=said, text=text)
    return keep(report, network=network, now=now)


def keep(report: ListingReport, *, network: str, now: datetime) -> ListingReport:
    """What the same reader sent already, and still waits, is not kept twice: a page may be loaded again."""
    reporter = Reporter(Voice.PUBLIC, key=reporter_key(network=network, now=now))
    one_at_a_time(reporter)
    sent_today = ListingReport.objects.by_reporter(reporter.key)
    same = {name: getattr(report, name) for name in ("kind", "listing", "text", "suggestion")}
    sent_before = sent_today.waiting().filter(**same).first()
    if sent_before:
        return sent_before
    if sent_today.count() >= REPORTS_A_DAY:
        raise TooManyToday(
            _(
                "We can take %(count)d reports a day from one network, and yours has sent them. Please send "
                "this one tomorrow. If someone is in danger now, call 911."
            )
            % {"count": REPORTS_A_DAY}
        )
    report.reporter_key, report.proposed_at, report.reference = reporter.key, now, free_reference()
    report.save(force_insert=True)
    return report


def free_reference() -> str:
    reference = new_reference()
    while ListingReport.objects.filter(reference=reference).exists():
        reference = new_reference()
    return reference


def new_reference() -> str:
    return "".join(choice(SIGNS) for _sign in range(SIGNS_OF_A_REFERENCE))


def reference_of(typed: str) -> str:
    """As it is kept, however someone writes it down; empty for what can be none."""
    reference = re.sub(r"[\s-]", "", typed).upper()
    return reference if re.fullmatch(f"[{SIGNS}]{{{SIGNS_OF_A_REFERENCE}}}", reference) else ""


@transaction.atomic
def purge_reports(*, older_than_days: int, now: datetime) -> int:
    """Empties what readers wrote, so long after it was decided; of how many. What was decided stays."""
    old = ListingReport.objects.decided_before(now - timedelta(days=older_than_days)).still_worded()
    reports = list(old.select_for_update().order_by("pk"))
    for report in reports:
        report.text = ""
        report.suggestion = {name: said for name, said in report.suggestion.items() if name == "category"}
    ListingReport.objects.bulk_update(reports, ["text", "suggestion"], batch_size=500)
    return len(reports)
