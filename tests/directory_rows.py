"""The directory as it stands, to compare with itself: every row but history, queue and runs."""

from django.db.models import Model

from finder.models import (
    ChangeRequest,
    DirectoryWord,
    HowToJoin,
    ListingIndex,
    Location,
    Merge,
    Organization,
    Phone,
    RecordBefore,
    Schedule,
    Service,
    ServiceAtLocation,
    SourceRecord,
    Statement,
)

DIRECTORY: tuple[tuple[type[Model], frozenset[str]], ...] = (
    (Organization, frozenset()),
    (Service, frozenset()),
    (Location, frozenset()),
    (ServiceAtLocation, frozenset({"verification_due_date"})),
    (Phone, frozenset({"id"})),
    (Schedule, frozenset({"id"})),
    (HowToJoin, frozenset({"schedule_id"})),
    (SourceRecord, frozenset()),
    (Statement, frozenset()),
    (ChangeRequest, frozenset()),
    (Merge, frozenset({"id", "proposed_at"})),
    (DirectoryWord, frozenset()),
    (RecordBefore, frozenset()),
    (ListingIndex, frozenset({"occurrences", "starts", "times_until"})),
)
"""With what may differ: lists of phones are replaced as a whole, pairs are found again, times go on."""


def directory() -> dict[str, list[str]]:
    return {
        model.__name__: sorted(
            repr({name: value for name, value in row.items() if name not in may_differ})
            for row in model._default_manager.values()
        )
        for model, may_differ in DIRECTORY
    }
