"""What counts as right, and how sure a sample makes us.

The two rates are those of Riley, Brouwer and Jonas 2024 (doi 10.1016/j.dadr.2024.100249): *exact*, all that
was listed was right; *functional*, enough of it was right to get care.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

from finder.enums import CareCategory

CONFIDENCE = 0.95
Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


@dataclass(frozen=True, slots=True)
class Found:
    """What someone found who called or went; None where the page says nothing of it, or nobody asked."""

    was_reached: bool
    name_is_right: bool | None = None
    phone_is_right: bool | None = None
    address_is_right: bool | None = None
    service_is_right: bool | None = None

    @property
    def is_exact(self) -> bool:
        told = (self.name_is_right, self.phone_is_right, self.address_is_right, self.service_is_right)
        return self.was_reached and False not in told and True in told

    @property
    def is_functional(self) -> bool:
        """Reached by what the page says, and offering what it says; a wrong suite number does no harm.

        Nobody reached after three tries counts as wrong: whoever needs help would not have got it.
        """
        return self.was_reached and self.service_is_right is not False and self.phone_is_right is not False


class Share(NamedTuple):
    """A share of `total` and the interval that holds the true one 19 times in 20; between 0 and 1."""

    right: int
    total: int
    share: float
    low: float
    high: float


def share_of(right: int, total: int) -> Share:
    """With Wilson's interval, which stays right for small samples and shares near 0 or 1."""
    if not total:
        raise ValueError("There is no share of nothing.")
    return Share(right, total, right / total, *wilson(right / total, total))


def wilson(share: float, total: float) -> tuple[float, float]:
    spread = Z**2 / total
    middle = (share + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * sqrt(share * (1 - share) / total + spread / (4 * total))
    return min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half))


def share_of_all(strata: Mapping[str, Sequence[bool]], listed: Mapping[str, int]) -> Share | None:
    """Of the whole directory, from samples of each kind of help: each counts as it is listed.

    None where one kind that is listed has no sample: the others say nothing of it. The interval is Wilson's
    for as many listings as a plain sample of the same variance would have needed.
    """
    sizes = {kind: count for kind, count in listed.items() if count}
    if not sizes or any(not strata.get(kind) for kind in sizes):
        return None
    weights = {kind: count / sum(sizes.values()) for kind, count in sizes.items()}
    shares = {kind: sum(strata[kind]) / len(strata[kind]) for kind in sizes}
    share = sum(weights[kind] * shares[kind] for kind in sizes)
    variance = sum(
        weights[kind] ** 2 * shares[kind] * (1 - shares[kind]) / len(strata[kind]) for kind in sizes
    )
    total = sum(len(strata[kind]) for kind in sizes)
    as_good_as = share * (1 - share) / variance if variance else total
    low, high = wilson(share, as_good_as)
    return Share(sum(sum(strata[kind]) for kind in sizes), total, share, low, high)


def kind_of(categories: Iterable[str]) -> CareCategory:
    """Each listing is drawn as one kind: the rarest and most pressing of its own."""
    held = set(categories)
    return next(kind for kind in CareCategory if kind in held)
