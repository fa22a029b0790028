"""A listing as schema.org has it, for search engines. Says only what the listing itself states."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from finder.enums import CareCategory, Frequency, LocationType, ScheduleKind
from finder.exporters.reach import phones_to_call
from finder.models import Location, Phone, Schedule, ServiceAtLocation

CARE = {CareCategory.WITHDRAWAL_MANAGEMENT, CareCategory.BEHAVIORAL_HEALTH}
DAYS = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}
ENDS_A_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
"""As Django's `json_script` has it; that one cannot say `application/ld+json`."""


def listing_as_json_ld(listing: ServiceAtLocation, *, page_url: str) -> dict[str, Any]:
    """`page_url`: the whole address of the listing's page. What is not stated is left out."""
    service = listing.service
    described = {
        "@context": "https://schema.org",
        "@type": kind(listing),
        "@id": page_url,
        "mainEntityOfPage": page_url,
        "name": service.name,
        "description": service.description,
        "url": service.url,
        "telephone": [telephone(phone) for phone in phones_to_call(listing)],
        "parentOrganization": parent(listing),
        "address": address(listing.location),
        "geo": position(listing.location),
        "openingHoursSpecification": opening_hours(listing),
    }
    return {name: value for name, value in described.items() if value}


def json_ld_script(listing: ServiceAtLocation, *, page_url: str) -> SafeString:
    """The element for the page's head; empty for a made-up listing, which no search engine should believe."""
    if listing.is_demo:
        return SafeString()
    described = json.dumps(listing_as_json_ld(listing, page_url=page_url)).translate(ENDS_A_SCRIPT)
    return mark_safe(f'<script type="application/ld+json">{described}</script>')


def kind(listing: ServiceAtLocation) -> str:
    """A clinic is a place; care that is only online is an organization's, and a group gives no care."""
    if CARE.isdisjoint(listing.service.categories):
        return "Organization"
    if listing.location.location_type == LocationType.PHYSICAL:
        return "MedicalClinic"
    return "MedicalOrganization"


def telephone(phone: Phone) -> str:
    number = phone.number_e164 or phone.number
    return f"{number} ext. {phone.extension}" if phone.extension else number


def parent(listing: ServiceAtLocation) -> dict[str, str]:
    organization = listing.service.organization
    if organization.name == listing.service.name:
        return {}
    return {"@type": "Organization", "name": organization.name} | (
        {"url": organization.website} if organization.website else {}
    )


def is_shown(location: Location) -> bool:
    return location.address_is_public and location.location_type != LocationType.VIRTUAL


def address(location: Location) -> dict[str, str]:
    if not is_shown(location):
        return {}
    parts = {
        "streetAddress": ", ".join(part for part in (location.address_1, location.address_2) if part),
        "addressLocality": location.city,
        "addressRegion": location.state_province,
        "postalCode": location.postal_code,
    }
    stated = {name: part for name, part in parts.items() if part}
    return {"@type": "PostalAddress", **stated, "addressCountry": location.country} if stated else {}


def position(location: Location) -> dict[str, str | float]:
    """Only of an exact place: the middle of a ZIP code is no address."""
    latitude, longitude = location.latitude, location.longitude
    if not is_shown(location) or location.position_is_approximate or latitude is None or longitude is None:
        return {}
    return {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}


def opening_hours(listing: ServiceAtLocation) -> list[dict[str, Any]]:
    return [hours for schedule in listing.speaking_schedules if (hours := weekly_hours(schedule))]


def weekly_hours(schedule: Schedule) -> dict[str, Any]:
    """Of what is open every week: schema.org cannot say "every second Tuesday". Meetings are left out."""
    is_weekly = schedule.freq == Frequency.WEEKLY and schedule.interval == 1
    days = [DAYS[day.strip()] for day in schedule.byday.split(",") if day.strip() in DAYS]
    if schedule.kind != ScheduleKind.HOURS or not is_weekly or not days:
        return {}
    if schedule.opens_at is None or schedule.closes_at is None:
        return {}
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": days,
        "opens": f"{schedule.opens_at:%H:%M}",
        "closes": f"{schedule.closes_at:%H:%M}",
        **({"validFrom": schedule.valid_from.isoformat()} if schedule.valid_from else {}),
        **({"validThrough": schedule.valid_to.isoformat()} if schedule.valid_to else {}),
    }
