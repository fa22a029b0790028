"""What an import will write, decided before anything is written."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from finder.actions.composing import stated_fields
from finder.actions.matching import Known, Matches
from finder.enums import StatementMethod
from finder.facilities.facility import Facility, FacilityFile
from finder.facilities.judgement import Judgement, judgements
from finder.models import Statement, TaxonomyTerm


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
class Stated:
    """A facility, what its codes say, and the hash of both."""

    facility: Facility
    affirmed: tuple[int, ...]
    denied: tuple[int, ...]
    content_hash: str


@dataclass(slots=True)
class Plan:
    """What an import will write."""

    creating: dict[str, list[Stated]] = field(default_factory=lambda: defaultdict(list))
    """New listings by natural key: the same key in two directories is one listing."""
    adding: list[tuple[Stated, UUID]] = field(default_factory=list)
    """A listing that is known, under a key or in a directory that is new."""
    changing: list[tuple[Stated, Known]] = field(default_factory=list)
    restating: list[tuple[Stated, Known]] = field(default_factory=list)
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


def counts(file: FacilityFile, plan: Plan) -> dict[str, int]:
    """Rows read = created + updated + unchanged + merged + rejected; `missing` are not in the file."""
    created, updated = len(plan.creating), len(plan.touched)
    unchanged = len(plan.unchanged - plan.touched)
    rejected = len(file.rejects)
    return {
        "read": file.rows_read,
        "created": created,
        "updated": updated,
        "unchanged": unchanged,
        "rejected": rejected,
        "merged": file.rows_read - rejected - created - updated - unchanged,
        "missing": len(plan.missing),
    }


def planned(file: FacilityFile, origin: Origin, known: Sequence[Known], matches: Matches) -> Plan:
    plan = Plan()
    term_codes = samhsa_codes_by_term()
    for facility, judgement in judgements(file, term_codes):
        stated = stated_by(facility, judgement)
        record, listing = matches.record(facility), matches.listing(facility)
        if listing is None:
            plan.creating[facility.key].append(stated)
        elif record is None:
            plan.adding.append((stated, listing))
        elif origin.edition < record.edition:
            plan.restating.append((stated, record))
        elif (record.edition, record.content_hash) == (origin.edition, stated.content_hash):
            plan.unchanged.add(listing)
        else:
            plan.changing.append((stated, record))
    leave_out_what_was_said(plan, origin)
    if origin.is_whole and file.is_complete:
        plan.missing = no_longer_held(file.facilities, origin, known)
    return plan


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


def no_longer_held(facilities: Iterable[Facility], origin: Origin, known: Sequence[Known]) -> list[Known]:
    held = {(facility.directory.value, facility.key) for facility in facilities}
    directories = {directory for directory, _ in held}
    newest = newest_editions(known)
    return [
        record
        for record in known
        if record.source in directories
        and (record.source, record.key) not in held
        and record.missing_since is None
        and record.edition < origin.edition
        and newest[record.source] <= origin.edition
    ]


def newest_editions(known: Iterable[Known]) -> dict[str, date]:
    newest: dict[str, date] = {}
    for record in known:
        newest[record.source] = max(record.edition, newest.get(record.source, record.edition))
    return newest


def samhsa_codes_by_term() -> dict[int, frozenset[str]]:
    terms = TaxonomyTerm.objects.fed_by("samhsa").values_list("pk", "source_codes")
    return {pk: frozenset(codes["samhsa"]) for pk, codes in terms}


def stated_by(facility: Facility, judgement: Judgement) -> Stated:
    """The hash is of what is kept and shown: equal when importing again would change nothing."""
    affirmed, denied = tuple(sorted(judgement.affirmed)), tuple(sorted(judgement.denied))
    kept = json.dumps([stated_fields(facility), affirmed, denied, facility.unknown], sort_keys=True)
    return Stated(facility, affirmed, denied, hashlib.sha256(kept.encode()).hexdigest())
