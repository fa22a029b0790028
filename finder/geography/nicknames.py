"""Names for places that are in no postal list, with the place most people mean by them."""

from finder.geography.names import key


def _by_key(nicknames: dict[str, str]) -> dict[str, tuple[str, str]]:
    """City (or county) and state by folded nickname."""
    split = ((key(nickname), place.split(", ")) for nickname, place in nicknames.items())
    return {nickname: (name, state) for nickname, (name, state) in split}


MEANT_FIRST = _by_key(
    {
        "ABQ": "Albuquerque, NM",
        "ATL": "Atlanta, GA",
        "Cincy": "Cincinnati, OH",
        "Ciudad de Nueva York": "New York, NY",
        "Filadelfia": "Philadelphia, PA",
        "Indy": "Indianapolis, IN",
        "Jax": "Jacksonville, FL",
        "KC": "Kansas City, MO",
        "Manhattan": "New York, NY",
        "New York City": "New York, NY",
        "NOLA": "New Orleans, LA",
        "Nueva Orleans": "New Orleans, LA",
        "Nueva York": "New York, NY",
        "NY City": "New York, NY",
        "NYC": "New York, NY",
        "OKC": "Oklahoma City, OK",
        "Philly": "Philadelphia, PA",
        "Queens": "Queens County, NY",
        "San Fran": "San Francisco, CA",
        "SF": "San Francisco, CA",
        "SLC": "Salt Lake City, UT",
        "St Pete": "Saint Petersburg, FL",
        "The Bronx": "Bronx, NY",
        "Vegas": "Las Vegas, NV",
    }
)

MEANT_TOO = _by_key({"LA": "Los Angeles, CA", "Pittsburg": "Pittsburgh, PA"})
