"""Whose feed a file is: the source is made once, credited, and asked no more once it has opted out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from finder.actions.refusals import Refused
from finder.enums import Fellowship
from finder.meetings.meeting import Feed
from finder.models import Source

ENGLISH = "From the meeting list of {name}. Groups govern themselves. We claim no affiliation."
SPANISH = "De la lista de reuniones de {name}. Los grupos son autónomos. No afirmamos ninguna afiliación."

SLUG = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_-]{0,49}")


@dataclass(frozen=True, slots=True)
class Credit:
    """What the operator says of a source beside the feed itself."""

    name: str = ""
    feed_url: str = ""


def known_feed(*, slug: str, fellowship: str = "", timezone: str = "") -> Feed:
    """What an operator gives, else what the source has kept; nothing is written."""
    if not SLUG.fullmatch(slug):
        raise Refused(f"“{slug}” is no short name: at most 50 letters, digits and hyphens, as nc-area-51.")
    source = Source.objects.filter(slug=slug).first()
    if source:
        refuse_unless_willing(source, fellowship)
    fellowship = fellowship or (source.fellowship if source else "")
    if fellowship not in Fellowship.values:
        raise Refused(
            f"Say whose meetings “{slug}” lists: --fellowship, one of {', '.join(Fellowship.values)}."
        )
    return Feed(slug, fellowship, known_timezone(timezone) or (source.timezone if source else ""))


def refuse_unless_willing(source: Source, fellowship: str) -> None:
    if source.opted_out_at:
        raise Refused(
            f"“{source}” asked not to be listed ({source.opted_out_at:%Y-%m-%d}): its feed is not read."
        )
    if not source.fellowship and (source.records.exists() or source.statements.exists()):
        raise Refused(f"“{source.slug}” is the name of a source that is no meeting feed: choose another.")
    if fellowship and source.fellowship not in ("", fellowship):
        raise Refused(
            f"“{source}” lists meetings of {source.get_fellowship_display()}: give another --source."
        )


def known_timezone(name: str) -> str:
    try:
        return ZoneInfo(name).key if name else ""
    except (KeyError, ValueError, OSError):
        raise Refused(f"“{name}” is not a time zone: write it like America/New_York.") from None


def credit_source(*, feed: Feed, format: str, credit: Credit, entity: Mapping[str, str]) -> Source:  # noqa: A002
    """Makes the source, or fills what nobody has said of it; what a person wrote of it stays."""
    source = Source.objects.filter(slug=feed.source).first()
    if source is None:
        source = Source(slug=feed.source)
    refuse_unless_willing(source, feed.fellowship)
    said = credited(feed, format, credit, entity)
    operators_word = {"timezone", *(["name"] if credit.name else [])}
    changes = {
        field: value
        for field, value in said.items()
        if value
        and value != getattr(source, field)
        and (field in operators_word or not getattr(source, field))
    }
    if changes:
        for field, value in changes.items():
            setattr(source, field, value)
        source.save()
    return source


def credited(feed: Feed, format: str, credit: Credit, entity: Mapping[str, str]) -> dict[str, str]:  # noqa: A002
    name = credit.name or entity.get("name", "") or feed.source.replace("-", " ").title()
    return {
        "name": name[:160],
        "publisher": entity.get("name", "")[:160],
        "url": entity.get("url", "")[:500],
        "attribution": ENGLISH.format(name=name),
        "attribution_es": SPANISH.format(name=name),
        "format": format,
        "fellowship": feed.fellowship,
        "timezone": feed.timezone,
        "feed_url": credit.feed_url,
    }
