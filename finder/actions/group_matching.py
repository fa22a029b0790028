"""Which group of a feed is which listing: by what the feed calls its rows, then by name and place."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from finder.actions.entries import Entry
from finder.actions.matching import COLUMNS, Known, Matches
from finder.models import SourceRecord


def known_groups(source: str) -> list[Known]:
    """With the slugs that each was last known by."""
    records = SourceRecord.objects.filter(source=source).order_by("pk")
    rows = records.values_list(*COLUMNS, "fields__slugs")
    return [Known(*row) for row in rows]


def match_groups(groups: Sequence[Entry], known: Sequence[Known]) -> Matches:
    """Slugs outlive names, places and the order of rows: who shares most of them is matched first.

    Each record is taken once: of a group that was split the larger part stays, and the other is new.
    """
    shared = shared_slugs(groups, known)
    found: dict[str, Known] = {}
    taken: set[int] = set()

    def likeliest_first(pair: tuple[int, int]) -> tuple[int, bool, bool, str, int]:
        group, record = groups[pair[0]], known[pair[1]]
        is_gone = record.missing_since is not None
        return -shared[pair], group.key != record.key, is_gone, group.key, record.pk

    for number, place in sorted(shared, key=likeliest_first):
        group, record = groups[number], known[place]
        if group.key not in found and record.pk not in taken:
            found[group.key] = record
            taken.add(record.pk)
    return Matches(
        known={(record.source, key): record for key, record in found.items()},
        listings={key: record.listing for key, record in found.items()},
    )


def shared_slugs(groups: Sequence[Entry], known: Sequence[Known]) -> Counter[tuple[int, int]]:
    """By the places of group and record in their lists; none shared, but the same key, counts as 0."""
    holders: dict[str, list[int]] = defaultdict(list)
    for place, record in enumerate(known):
        for slug in set(record.slugs or ()):
            holders[slug].append(place)
    places = {record.key: place for place, record in enumerate(known)}
    shared: Counter[tuple[int, int]] = Counter()
    for number, group in enumerate(groups):
        if group.key in places:
            shared[number, places[group.key]] += 0
        for slug in set(group.slugs):
            shared.update((number, place) for place in holders[slug])
    return shared
