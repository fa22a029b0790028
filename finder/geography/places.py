"""A place a person can name: what every reading ends in."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from finder.geography.position import Position, unit_vector


class PlaceKind(Enum):
    ZIP = "zip"
    CITY = "city"
    COUNTY = "county"
    STATE = "state"
    POINT = "point"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Place:
    """Latitude and longitude are None for ONLINE only; fields that do not apply are empty."""

    kind: PlaceKind
    label: str
    latitude: float | None = None
    longitude: float | None = None
    state: str = ""
    county: str = ""
    city: str = ""
    zip_code: str = ""
    timezone: str = ""

    @property
    def position(self) -> Position | None:
        if self.latitude is None or self.longitude is None:
            return None
        return unit_vector(self.latitude, self.longitude)

    @property
    def query(self) -> str:
        """Text that reads back as this very place."""
        match self.kind:
            case PlaceKind.ZIP:
                return self.zip_code
            case PlaceKind.POINT:
                return f"{plain(self.latitude)},{plain(self.longitude)}"
            case _:
                return self.label


def plain(degrees: float | None) -> str:
    """Without an exponent, which nobody writes and no reading knows; nothing is rounded."""
    return f"{Decimal(repr(degrees)):f}" if degrees is not None else ""


ONLINE = Place(PlaceKind.ONLINE, "Online")
