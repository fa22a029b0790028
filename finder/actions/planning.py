"""What an import will write, decided before anything is written."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from finder.actions.earlier_runs import newest_edition, newest_whole_editions
from finder.actions.entries import Entry, Intake
from finder.actions.matching import Known, Matches
from finder.enums import StatementMethod
from finder.models import Statement


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file came from."""

    format: str
    file_name: str
    file_hash: str
    edition: date
    is_whole: bool = True
    """Off for a part of a directory: what it does not hold is then not missing."""


@dataclass(slots=True)
class Plan:
    """What an import will write."""

    newest_whole: Mapping[str, date] = field(default_factory=dict)
    """Of earlier imports, by source: a record that only an older one holds is missing since then."""
    creating: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    """New listings by natural key: the same key in two directories is one listing."""
    adding: list[tuple[Entry, UUID]] = field(default_factory=list)
    """A listing that is known, under a key or in a directory that is new."""
    changing: list[tuple[Entry, Known]] = field(default_factory=list)
    restating: list[tuple[Entry, Known]] = field(default_factory=list)
    """An older edition of what is known: kept as a statement, overriding nothing."""
    unchanged: set[UUID] = field(default_factory=set)
    missing: list[Known] = field(default_factory=list)

    @property
    def touched(self) -> set[UUID]:
        known = (record.listing for _, record in (*self.changing, *self.restating))
        return {*known, *(listing for _, listing in self.adding)}

    @property
    def writes(self) -> bool:
        return bool(self.creating or self.touched or self.missing)


def counts(intake: Intake, plan: Plan) -> dict[str, int]:
    """Rows read = created + updated + unchanged + merged + rejected; `missing` are not in the file."""
    created, updated = len(plan.creating), len(plan.touched)
    unchanged = len(plan.unchanged - plan.touched)
    rejected = len(intake.rejects)
    return {
        "read": intake.rows_read,
        "created": created,
        "updated": updated,
        "unchanged": unchanged,
        "rejected": rejected,
        "merged": intake.rows_read - rejected - created - updated - unchanged,
        "missing": len(plan.missing),
    }


def planned(intake: Intake, origin: Origin, known: Sequence[Known], matches: Matches) -> Plan:
    plan = Plan(newest_whole_editions(intake.sources))
    is_outdated = is_older_feed(intake, origin)
    for entry in intake.entries:
        record, listing = matches.record(entry), matches.listing(entry)
        if listing is None:
            plan.creating[entry.key].append(entry)
        elif record is None:
            plan.adding.append((entry, listing))
        elif intake.feed:
            compare_contents(plan, entry, record, is_outdated=is_outdated)
        else:
            compare_editions(plan, entry, record)
    leave_out_what_was_said(plan, origin)
    if intake.is_whole and not is_outdated:
        held = {record.pk for entry in intake.entries if (record := matches.record(entry))}
        plan.missing = no_longer_held(held, intake.sources, origin, known, plan.newest_whole)
    return plan


def is_older_feed(intake: Intake, origin: Origin) -> bool:
    newest = newest_edition(intake.feed) if intake.feed else None
    return newest is not None and origin.edition < newest


def compare_editions(plan: Plan, entry: Entry, record: Known) -> None:
    """A directory speaks once for each edition: the newest leads, and each is kept as a statement."""
    if entry.edition < record.edition:
        plan.restating.append((entry, record))
    elif (record.edition, record.content_hash) == (entry.edition, entry.content_hash):
        plan.unchanged.add(record.listing)
    else:
        plan.changing.append((entry, record))


def compare_contents(plan: Plan, entry: Entry, record: Known, *, is_outdated: bool) -> None:
    """A feed is fetched again and again: what it says counts, not the day on which it was fetched.

    The newest statement is the one that holds, so a change is never dated before what it replaces.
    """
    is_same = record.content_hash == entry.content_hash and record.missing_since is None
    if is_same or is_outdated:
        plan.unchanged.add(record.listing)
    else:
        entry.edition = max(entry.edition, record.edition)
        plan.changing.append((entry, record))


def leave_out_what_was_said(plan: Plan, origin: Origin) -> None:
    """An old edition that was imported before says nothing new."""
    records = {record.listing for _, record in plan.restating}
    said = set(
        Statement.objects.filter(
            listing__in=records, method=StatementMethod.IMPORT, stated_on=origin.edition
        ).values_list("listing_id", "source_id")
    )
    repeated = [pair for pair in plan.restating if (pair[1].listing, pair[1].source) in said]
    plan.unchanged |= {record.listing for _, record in repeated}
    plan.restating = [pair for pair in plan.restating if (pair[1].listing, pair[1].source) not in said]


def no_longer_held(
    held: Collection[int],
    sources: Collection[str],
    origin: Origin,
    known: Sequence[Known],
    newest_whole: Mapping[str, date],
) -> list[Known]:
    """A record that was new or changed on the very day waits: it is missing from the next edition on."""
    return [
        record
        for record in known
        if record.source in sources
        and record.pk not in held
        and record.missing_since is None
        and record.edition < origin.edition
        and newest_whole.get(record.source, origin.edition) <= origin.edition
    ]
