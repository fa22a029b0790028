"""Small meeting feeds made by hand, of groups that do not exist."""

from datetime import UTC, date, datetime, time
from typing import Any

from finder.actions.feeds import Credit
from finder.actions.importing import import_meetings
from finder.actions.planning import Origin
from finder.meetings.meeting import Feed, Joining, MeetingFile, MeetingGroup, MeetingPlace, MeetingTime
from finder.models import ImportRun

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
TODAY = NOW.date()
SOURCE = "example-intergroup"
CHURCH = MeetingPlace(
    name="Example Church", address_1="1 Example Street", city="Asheville", state_province="NC",
    postal_code="28801", latitude=35.5951, longitude=-82.5515, notes="Use the side door.",
)  # fmt: skip
UNSAID = Credit()
JOINING = Joining(url="https://example.zoom.us/j/555", phone="+1 555 0100", notes="Password: serenity")


def meets(slug: str, byday: str = "TU", **said: Any) -> MeetingTime:
    return MeetingTime(slug, **({"byday": byday, "opens_at": time(19), "closes_at": time(20)} | said))


def group(name: str = "Example Tuesday Group", *times: MeetingTime, **said: Any) -> MeetingGroup:
    """An open meeting of Alcoholics Anonymous at a church in Asheville, unless it is said otherwise."""
    times = times or (meets("tuesday-1"),)
    place = said.get("place", CHURCH)
    return MeetingGroup(
        name=name,
        times=times,
        **(
            {
                "key": f"{name}|{place.address_1}|{place.postal_code}".casefold(),
                "place": place,
                "terms": ("alcoholics_anonymous", "in_person", "open_meeting"),
                "rows": tuple({"slug": each.slug, "name": name} for each in times),
                "row_numbers": tuple(range(1, len(times) + 1)),
            }
            | said
        ),
    )


def feed_of(*groups: MeetingGroup, **said: Any) -> MeetingFile:
    rows = sum(len(each.rows) for each in groups)
    return MeetingFile(
        **(
            {
                "groups": groups,
                "rejects": (),
                "warnings": (),
                "rows_read": rows,
                "rows_merged": rows - len(groups),
            }
            | said
        )
    )


def import_groups(
    *groups: MeetingGroup,
    edition: date = TODAY,
    source: str = SOURCE,
    credit: Credit = UNSAID,
    timezone: str = "",
    dry_run: bool = False,
    is_whole: bool = True,
    **said: Any,
) -> ImportRun:
    """As the feed of one day; what is `said` beside the groups is said of the file."""
    return import_meetings(
        file=feed_of(*groups, **said),
        feed=Feed(source, "aa", timezone),
        origin=Origin("meeting_guide", "example.json", "0" * 64, edition, is_whole),
        credit=credit,
        by=None,
        now=NOW,
        dry_run=dry_run,
    )
