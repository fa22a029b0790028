"""How far earlier imports have come: what is older than they is told, and overrides nothing.

An import that was taken back counts as though it had never been.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import Max, Q, QuerySet

from finder.enums import StatementMethod
from finder.models import ImportRun, Statement


def standing_runs() -> "QuerySet[ImportRun]":
    return ImportRun.objects.filter(reverted_at__isnull=True)


def newest_edition(source: str) -> date | None:
    """Of one source's own feed, whole or part."""
    runs = standing_runs().filter(source=source)
    newest: date | None = runs.aggregate(newest=Max("edition"))["newest"]
    return newest


def newest_whole_editions(sources: Collection[str]) -> dict[str, date]:
    """By source: what such an edition lacks is missing since then. A part leaves out without a meaning."""
    whole = standing_runs().filter(is_whole=True)
    newest = dict(whole.filter(source__in=sources).order_by().values_list("source").annotate(Max("edition")))
    for source, edition in of_several_directories(sources).items():
        newest[source] = max(edition, newest.get(source, edition))
    return newest


def whole_editions(source: str) -> list[tuple[int, date]]:
    """Number and edition of each whole import that stands."""
    told = Statement.objects.filter(method=StatementMethod.IMPORT, source=source)
    is_of_source = Q(source=source) | Q(source=None, edition__in=told.order_by().values("stated_on"))
    return list(
        standing_runs().filter(is_of_source, is_whole=True).order_by("pk").values_list("pk", "edition")
    )


def of_several_directories(sources: Collection[str]) -> dict[str, date]:
    """Runs of files that hold several directories name none: the statements then say which it was."""
    whole = standing_runs().filter(is_whole=True, source=None)
    said = Statement.objects.filter(method=StatementMethod.IMPORT, source__in=sources)
    said = said.filter(stated_on__in=whole.order_by().values("edition"))
    return dict(said.order_by().values_list("source").annotate(Max("stated_on")))
