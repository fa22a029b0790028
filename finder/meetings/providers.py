"""The ways to meet from home that a feed may name: conference services and telephone conferences."""

import re
from urllib.parse import urlsplit

PROVIDERS = {
    "bluejeans.com": "Bluejeans",
    "discord.gg": "Discord",
    "freeconference.com": "Free Conference",
    "freeconferencecall.com": "FreeConferenceCall",
    "goto.com": "GoTo",
    "gotomeet.me": "GoTo",
    "gotomeeting.com": "GoTo",
    "horizon.meta.com": "Virtual Reality",
    "maps.secondlife.com": "Virtual Reality",
    "meet.google.com": "Google Meet",
    "meet.jit.si": "Jitsi",
    "meetings.dialpad.com": "Dialpad",
    "signal.group": "Signal",
    "skype.com": "Skype",
    "slurl.com": "Virtual Reality",
    "teams.live.com": "Teams",
    "teams.microsoft.com": "Teams",
    "vrchat.com": "Virtual Reality",
    "webex.com": "WebEx",
    "zoho.com": "Zoho",
    "zoom.us": "Zoom",
}
"""Meeting Guide specification 1.1.9: a link elsewhere is a page about a meeting, not a way into it."""

FEWEST_DIALED = 10
MOST_LETTERS = {"url": 1000, "phone": 255}
_NUMBER = re.compile(r"[+(]?\d[\d\s().,*#+-]*")
_NOT_DIALED = re.compile(r"[^0-9+,*#]")


def provider_of(url: str) -> str:
    """The name of the service that a link leads to, '' for none of them."""
    if not url:
        return ""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").casefold().rstrip(".")
    except ValueError:
        return ""
    if parts.scheme.casefold() not in {"http", "https"}:
        return ""
    return next(
        (name for known, name in PROVIDERS.items() if host == known or host.endswith(f".{known}")), ""
    )


def read_join_url(raw: str) -> str:
    """The link with its scheme, or '' where no known service answers to it."""
    url = "".join(raw.split())
    url = url if not url or "://" in url else f"https://{url}"
    return url if len(url) <= MOST_LETTERS["url"] and provider_of(url) else ""


def read_dial_in(raw: str) -> str:
    """The first number of a text as a telephone dials it, or '' for what is too short for a conference."""
    dialed = (_NOT_DIALED.sub("", found[0]).rstrip(",+*") for found in _NUMBER.finditer(raw))
    return next((each for each in dialed if FEWEST_DIALED <= len(each) <= MOST_LETTERS["phone"]), "")
