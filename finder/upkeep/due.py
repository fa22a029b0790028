"""When a listing should be checked again: the one rule, see docs/explanation/keeping-listings-true.md."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from uuid import UUID

from finder.enums import CareCategory, VerifiedPart

DAYS_BETWEEN_CHECKS: Mapping[VerifiedPart, int] = {
    VerifiedPart.CONTACT: 180,
    VerifiedPart.HOURS: 365,
    VerifiedPart.SERVICES: 365,
}
DAYS_FOR_DETOX: Mapping[VerifiedPart, int] = {
    VerifiedPart.CONTACT: 90,
    VerifiedPart.HOURS: 180,
    VerifiedPart.SERVICES: 180,
}
SPREAD_OVER_DAYS = 180
"""A directory that comes in one day is not due on one day."""


def due_date(
    *,
    listing: UUID,
    categories: Collection[str],
    cadence_days: int | None,
    verified: Mapping[VerifiedPart, date],
    listed_on: date,
) -> date | None:
    """None for what is not phoned: a support group's own source says when it meets.

    `verified` holds the last day on which a person or the program checked each part. What nobody ever
    checked is due within half a year of `listed_on`, each listing on a day of its own.
    """
    if set(categories) <= {CareCategory.SUPPORT_GROUP}:
        return None
    is_detox = CareCategory.WITHDRAWAL_MANAGEMENT in categories
    days = DAYS_FOR_DETOX if is_detox else DAYS_BETWEEN_CHECKS
    if not verified:
        return listed_on + timedelta(days=1 + listing.int % spread_days(is_detox, cadence_days))
    return min(
        verified.get(part, min(verified.values())) + timedelta(days=min(each, cadence_days or each))
        for part, each in days.items()
    )


def spread_days(is_detox: bool, cadence_days: int | None) -> int:
    """What matters most comes sooner."""
    return min(SPREAD_OVER_DAYS // (2 if is_detox else 1), cadence_days or SPREAD_OVER_DAYS)
