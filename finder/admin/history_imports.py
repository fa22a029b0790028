"""What imports did to a listing: one entry for each, with a link to the import."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from finder.admin.history_entries import Kind, Part, Piece
from finder.admin.history_life import difference_of
from finder.admin.history_words import People, url_of
from finder.enums import ChangeOrigin, ReviewStatus, StatementMethod
from finder.models import ChangeRequest, ImportRun, RecordBefore, ServiceAtLocation, SourceRecord, Statement
from finder.models.history import events_of


def imports_of(listing: ServiceAtLocation, people: People) -> Iterator[Piece]:
    for run, part in parts_by_run(listing, runs_of(listing)):
        yield piece_of(run, part, people)
    said_once = Statement.objects.filter(listing=listing, method=StatementMethod.IMPORT, import_run=None)
    for said in said_once.select_related("source"):
        key = "statement", said.pk
        yield Piece(key, said.recorded_at, Kind.IMPORTS, _("An import"), _("An import"), stated(said))


def piece_of(run: ImportRun, part: Part, people: People) -> Piece:
    told = {"import_run": run.pk, "user": run.by_id}
    who, what = people.teller(told), people.title(told)
    return Piece(("run", run.pk), run.started_at, Kind.IMPORTS, who, what, part, url_of(told))


def life_of_run(run: ImportRun, people: People) -> Iterator[Piece]:
    counts = _("%(created)d new, %(updated)d updated, %(missing)d missing")
    yield piece_of(run, Part(counts % vars(run)), people)
    if run.reverted_at:
        told = {"reverted_run": run.pk, "user": run.reverted_by_id}
        who, what = people.teller(told), people.title(told)
        for words in run.reverted_words or [_("Nothing stayed.")]:
            key = "reverted", run.pk
            yield Piece(key, run.reverted_at, Kind.IMPORTS, who, what, Part(words), url_of(told))


def runs_of(listing: ServiceAtLocation) -> Mapping[int, ImportRun]:
    of_listing = (
        Q(created_records__listing=listing)
        | Q(changed_records__record__listing=listing)
        | Q(statements__listing=listing)
    )
    return {run.pk: run for run in ImportRun.objects.filter(of_listing).distinct()}


def parts_by_run(
    listing: ServiceAtLocation, runs: Mapping[int, ImportRun]
) -> Iterator[tuple[ImportRun, Part]]:
    records = SourceRecord.objects.filter(listing=listing).select_related("source").defer("rows", "fields")
    for record in records.order_by("pk"):
        if record.created_in_id:
            yield (
                runs[record.created_in_id],
                Part(_("First read from %(source)s") % {"source": record.source}),
            )
    before = RecordBefore.objects.filter(record__listing=listing).select_related("record__source")
    for kept in before.order_by("pk"):
        yield runs[kept.run_id], Part(record_words(kept))
    stated_by_runs = Statement.objects.filter(listing=listing, import_run__isnull=False)
    for said in stated_by_runs.select_related("source").order_by("pk"):
        yield runs[said.import_run_id or 0], stated(said)
    by_start = {run.started_at: run for run in runs.values()}
    yield from asked(listing, by_start)


def record_words(kept: Any) -> str:
    words = {"source": kept.record.source}
    if "edition" not in kept.before:
        return (
            _("No longer in %(source)s") % words if "missing_since" in kept.before else _("Its key changed")
        )
    if kept.before["missing_since"]:
        return _("In %(source)s again") % words
    return _("%(source)s says something else than before") % words


def stated(said: Statement) -> Part:
    words = _("%(source)s of %(date)s: %(yes)d times yes, %(no)d times no")
    return Part(
        words
        % {
            "source": said.source,
            "date": said.stated_on,
            "yes": len(said.affirmed),
            "no": len(said.denied),
        }
    )


def asked(listing: ServiceAtLocation, by_start: Mapping[Any, ImportRun]) -> Iterator[tuple[ImportRun, Part]]:
    """Questions that stand or were decided; those that went unanswered are in the history of questions."""
    of_imports: dict[str, Any] = {"listing": listing, "origin": ChangeOrigin.IMPORT}
    standing = list(ChangeRequest.objects.filter(**of_imports).order_by("pk"))
    withdrawn = events_of(ChangeRequest).filter(
        **of_imports, pgh_label="delete", status=ReviewStatus.PROPOSED
    )
    for question in (*standing, *withdrawn):
        if run := by_start.get(question.proposed_at):
            yield run, Part(_("Asked about"), (difference_of(question),))
