"""The fixed searches of the bench, by name: results of different days compare only if these stay."""

from dataclasses import dataclass
from urllib.parse import urlencode

RURAL, CITY, MANHATTAN = "59301", "28801", "10001"
"""Miles City, MT; Asheville, NC; Manhattan."""

NEEDS = (("need", "medicaid"), ("need", "buprenorphine"))
MEETINGS_SOON = (("category", "support_group"), ("when", "24h"))


@dataclass(frozen=True, slots=True)
class Search:
    name: str
    parameters: tuple[tuple[str, str], ...]
    p95_target: float
    """In milliseconds."""

    @property
    def url(self) -> str:
        return f"/search/?{urlencode(self.parameters)}"

    @property
    def circle(self) -> tuple[str, float] | None:
        """Where it looks, when that is around a place."""
        asked = dict(self.parameters)
        return (asked["near"], float(asked["within"])) if "within" in asked else None


def around(name: str, near: str, miles: int, *more: tuple[str, str]) -> Search:
    return Search(name, (("near", near), ("within", str(miles)), *more), 60 if miles <= 25 else 120)


def nationwide(name: str, *more: tuple[str, str]) -> Search:
    return Search(name, more, 200)


SEARCHES = (
    around("rural, 25 miles", RURAL, 25),
    around("rural, 100 miles", RURAL, 100),
    around("city, 25 miles", CITY, 25),
    around("city, 100 miles", CITY, 100),
    around("Manhattan, 25 miles", MANHATTAN, 25),
    around("Manhattan, 100 miles", MANHATTAN, 100),
    around("Manhattan, 25 miles, two needs", MANHATTAN, 25, *NEEDS),
    around("Manhattan, 100 miles, two needs", MANHATTAN, 100, *NEEDS),
    around("Manhattan, 25 miles, words", MANHATTAN, 25, ("q", "serenity group")),
    around("Manhattan, 25 miles, typo", MANHATTAN, 25, ("q", "serenty group")),
    around("rural, meetings in 24 hours", RURAL, 25, *MEETINGS_SOON),
    around("city, meetings in 24 hours", CITY, 25, *MEETINGS_SOON),
    around("Manhattan, meetings in 24 hours", MANHATTAN, 25, *MEETINGS_SOON),
    nationwide("online meetings now", ("near", "online"), ("category", "support_group"), ("when", "now")),
    nationwide("nationwide"),
    nationwide("nationwide, two needs", *NEEDS),
)

COMPARED_AT_A_TENTH = tuple(
    search for search in SEARCHES if search.circle and search.circle != (MANHATTAN, 100.0)
)
"""100 miles around Manhattan hold more than a tenth of all listings."""


@dataclass(frozen=True, slots=True)
class PlanPage:
    name: str
    parameters: tuple[tuple[str, str], ...]

    @property
    def url(self) -> str:
        return f"/plan/?{urlencode(self.parameters)}"


def planned(name: str, near: str, *more: tuple[str, str]) -> PlanPage:
    return PlanPage(f"plan: {name}", (("near", near), *more))


PLANS = (
    planned("rural, alcohol", RURAL, ("substance", "alcohol")),
    planned("city, opioids", CITY, ("substance", "opioids"), ("need", "medicaid")),
    planned("Manhattan, alcohol", MANHATTAN, ("substance", "alcohol")),
    planned("Manhattan, opioids, pregnant", MANHATTAN, ("substance", "opioids"), ("situation", "pregnant")),
)
"""Beside the searches, and not in the mix of the load."""
