"""States and territories: USPS codes and the names people use for them, in English and Spanish."""

from finder.geography.names import key

STATE_NAMES = {
    "AL": "Alabama",
    "AK": "Alaska",
    "AZ": "Arizona",
    "AR": "Arkansas",
    "CA": "California",
    "CO": "Colorado",
    "CT": "Connecticut",
    "DE": "Delaware",
    "DC": "District of Columbia",
    "FL": "Florida",
    "GA": "Georgia",
    "HI": "Hawaii",
    "ID": "Idaho",
    "IL": "Illinois",
    "IN": "Indiana",
    "IA": "Iowa",
    "KS": "Kansas",
    "KY": "Kentucky",
    "LA": "Louisiana",
    "ME": "Maine",
    "MD": "Maryland",
    "MA": "Massachusetts",
    "MI": "Michigan",
    "MN": "Minnesota",
    "MS": "Mississippi",
    "MO": "Missouri",
    "MT": "Montana",
    "NE": "Nebraska",
    "NV": "Nevada",
    "NH": "New Hampshire",
    "NJ": "New Jersey",
    "NM": "New Mexico",
    "NY": "New York",
    "NC": "North Carolina",
    "ND": "North Dakota",
    "OH": "Ohio",
    "OK": "Oklahoma",
    "OR": "Oregon",
    "PA": "Pennsylvania",
    "RI": "Rhode Island",
    "SC": "South Carolina",
    "SD": "South Dakota",
    "TN": "Tennessee",
    "TX": "Texas",
    "UT": "Utah",
    "VT": "Vermont",
    "VA": "Virginia",
    "WA": "Washington",
    "WV": "West Virginia",
    "WI": "Wisconsin",
    "WY": "Wyoming",
    "PR": "Puerto Rico",
    "GU": "Guam",
    "VI": "U.S. Virgin Islands",
    "AS": "American Samoa",
    "MP": "Northern Mariana Islands",
    "FM": "Federated States of Micronesia",
    "MH": "Marshall Islands",
    "PW": "Palau",
    "AA": "Armed Forces Americas",
    "AE": "Armed Forces Europe",
    "AP": "Armed Forces Pacific",
}

MILITARY = frozenset({"AA", "AE", "AP"})

_SPANISH = {
    "Carolina del Norte": "NC",
    "Carolina del Sur": "SC",
    "Dakota del Norte": "ND",
    "Dakota del Sur": "SD",
    "Distrito de Columbia": "DC",
    "Hawái": "HI",
    "Islas Marianas del Norte": "MP",
    "Islas Marshall": "MH",
    "Islas Vírgenes": "VI",
    "Luisiana": "LA",
    "Misisipi": "MS",
    "Misuri": "MO",
    "Nueva Jersey": "NJ",
    "Nueva York": "NY",
    "Nuevo Hampshire": "NH",
    "Nuevo México": "NM",
    "Nuevo Méjico": "NM",
    "Oregón": "OR",
    "Pensilvania": "PA",
    "Samoa Americana": "AS",
    "Tejas": "TX",
    "Virginia Occidental": "WV",
    "Virginia del Oeste": "WV",
}

_ALSO = {
    "Ala": "AL",
    "Ariz": "AZ",
    "Calif": "CA",
    "Colo": "CO",
    "Conn": "CT",
    "Fla": "FL",
    "Ill": "IL",
    "Mass": "MA",
    "Mich": "MI",
    "Minn": "MN",
    "Okla": "OK",
    "Penn": "PA",
    "Penna": "PA",
    "Tenn": "TN",
    "Tex": "TX",
    "Wash": "WA",
    "Wisc": "WI",
    "Virgin Islands": "VI",
    "US Virgin Islands": "VI",
    "Micronesia": "FM",
    "W Va": "WV",
}


def _codes() -> dict[str, str]:
    named = {key(name): code for code, name in STATE_NAMES.items()}
    named |= {key(name): code for name, code in (_SPANISH | _ALSO).items()}
    spelled = {code.lower(): code for code in STATE_NAMES}
    for name, code in named.items():
        spelled |= {name: code, f"{name}state": code, f"stateof{name}": code, f"estadode{name}": code}
    return spelled


CODE_BY_KEY = _codes()


def state_code(text: str) -> str | None:
    """The USPS code for a code, a name or a usual abbreviation, in English or Spanish."""
    return CODE_BY_KEY.get(key(text))
