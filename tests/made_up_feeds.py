"""Random Meeting Guide feeds: what web servants really fill in, and leave out."""

from typing import Any

from hypothesis import strategies as st

TOWNS = (
    ("Asheville", "28801", 35.5951, -82.5515),
    ("Black Mountain", "28711", 35.6179, -82.3212),
    ("Raleigh", "27601", 35.7744, -78.6336),
)
GROUPS = ("Home Group", "Primary Purpose", "Early Birds & Friends", "Nooners' Rest", "Grupo Nueva Vida")
STREETS = ("85 Main Street", "12 Church St, Suite 4", "7 N. Oak Avenue")
NOTES = (
    "Ring the bell twice.",
    "Use the side door.\nParking behind the church.",
    "Coffee from 6 < 7 & on.",
    "",
)
TYPES = (
    "O",
    "C",
    "W",
    "M",
    "X",
    "XB",
    "ST",
    "11",
    "12x12",
    "LIT",
    "B",
    "BI",
    "LGBTQ",
    "TC",
    "BRK",
    "S",
    "DB",
)
JOINS: tuple[dict[str, str], ...] = (
    {},
    {"conference_url": "https://zoom.us/j/123456789", "conference_url_notes": "Password: serenity"},
    {"conference_phone": "+16465588656,,123456789#"},
    {"conference_url": "https://meet.google.com/abc-defg-hij", "conference_phone": "+16465588656,,1#"},
)

texts = st.sampled_from(("West", "Swannanoa Valley", "Región Oeste"))
clocks = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from((0, 15, 30, 45)))


@st.composite
def addresses(draw: st.DrawFn) -> dict[str, Any]:
    """Whole, only a town, or a town with a street that is only near."""
    city, zip_code, latitude, longitude = draw(st.sampled_from(TOWNS))
    said = {"city": city, "state": "NC", "postal_code": zip_code, "country": "US"}
    if draw(st.booleans()):
        said |= {"latitude": latitude, "longitude": longitude}
    if draw(st.integers(0, 3)):
        return said | {"address": draw(st.sampled_from(STREETS)), "approximate": "no"}
    return said | {"approximate": "yes"}


@st.composite
def rows(draw: st.DrawFn) -> dict[str, Any]:
    said: dict[str, Any] = {"name": draw(st.sampled_from(GROUPS)), **draw(addresses())}
    if draw(st.integers(0, 9)):
        said |= {"day": draw(st.integers(0, 6)), "time": draw(clocks)}
        said |= draw(st.fixed_dictionaries({}, optional={"end_time": clocks}))
    said |= draw(st.sampled_from(JOINS))
    optional = {
        "types": st.lists(st.sampled_from(TYPES), unique=True, max_size=5),
        "timezone": st.sampled_from(("America/New_York", "America/Chicago")),
        "region": texts,
        "sub_region": texts,
        "group": st.sampled_from(GROUPS),
        "group_notes": st.sampled_from(NOTES),
        "location": st.sampled_from(("First Church", "Town Hall")),
        "location_notes": st.sampled_from(NOTES),
        "notes": st.sampled_from(NOTES),
        "url": st.just("https://intergroup.example.org/meetings/1"),
        "website": st.just("https://home-group.example.org/"),
        "updated": st.sampled_from(("2026-03-01 12:30:00", "2026-10-31 00:00:00")),
        "district": texts,
        "entity": st.just("Example Intergroup"),
    }
    return said | draw(st.fixed_dictionaries({}, optional=optional))


@st.composite
def feeds(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Each row under a slug of its own."""
    given_rows = draw(st.lists(rows(), min_size=1, max_size=6))
    return [{"slug": f"meeting-{number}", **row} for number, row in enumerate(given_rows)]
