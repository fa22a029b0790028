from dataclasses import dataclass, replace
from datetime import time
from typing import Self

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from finder.geography.readings import Reading
from finder.models import TaxonomyTerm

DEFAULT_MILES = 25
PAGE_SIZE = 20


class Sort(TextChoices):
    BEST = "best", _("Best match")
    DISTANCE = "distance", _("Nearest")
    SOONEST = "soonest", _("Soonest")
    NAME = "name", _("Name")
    CHECKED = "checked", _("Last checked")


class When(TextChoices):
    NOW = "now", _("Now or within the hour")
    TODAY = "today", _("Later today")
    NEXT_24_HOURS = "24h", _("In the next 24 hours")
    MONDAY = "mon", _("Monday")
    TUESDAY = "tue", _("Tuesday")
    WEDNESDAY = "wed", _("Wednesday")
    THURSDAY = "thu", _("Thursday")
    FRIDAY = "fri", _("Friday")
    SATURDAY = "sat", _("Saturday")
    SUNDAY = "sun", _("Sunday")


WEEKDAYS = {
    When.MONDAY: 0,
    When.TUESDAY: 1,
    When.WEDNESDAY: 2,
    When.THURSDAY: 3,
    When.FRIDAY: 4,
    When.SATURDAY: 5,
    When.SUNDAY: 6,
}
"""As Python counts them."""


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """What was asked, after every parameter was understood; HTML and API ask the same."""

    reading: Reading | None = None
    within: float = DEFAULT_MILES
    categories: tuple[str, ...] = ()
    needs: tuple[TaxonomyTerm, ...] = ()
    excluded: tuple[TaxonomyTerm, ...] = ()
    is_hybrid: bool = False
    """Both in person and online; never asked beside one of them, which would be enough."""
    when: When | None = None
    start_from: time | None = None
    start_until: time | None = None
    """On the group's clock, both minutes included; `until` before `from` is past midnight."""
    zone: str = ""
    """The reader's: whose day "today" is. Empty for the place's."""
    has_room: bool = False
    """Only what is known to have room now."""
    words: str = ""
    sort: Sort = Sort.BEST
    page: int = 1
    page_size: int = PAGE_SIZE

    def with_words(self, words: str) -> Self:
        return replace(self, words=words)

    @property
    def asks_when(self) -> bool:
        return self.when is not None or self.asks_time_of_day

    @property
    def asks_time_of_day(self) -> bool:
        return self.start_from is not None or self.start_until is not None
