"""A listing as a contact for a phone: vCard 3.0 (RFC 2426).

3.0 and not 4.0: iPhones, Android and Outlook all read it, and Outlook does not read 4.0.
An extension follows a comma, which phones dial as a pause; they would drop RFC 3966's `;ext=`.
"""

from finder.enums import LocationType
from finder.exporters.reach import phones_to_call
from finder.models import Location, Phone, ServiceAtLocation

LINE_BYTES = 75
CONTENT_TYPE = "text/vcard; charset=utf-8"


def listing_as_vcard(listing: ServiceAtLocation, *, note: str) -> str:
    """`note`: what the reader's contact says beside the numbers."""
    service = listing.service
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"UID:urn:uuid:{listing.pk}",
        f"FN:{escaped(service.name)}",
        f"N:{escaped(service.name)};;;;",
        f"ORG:{escaped(service.organization.name)}",
        *map(phone_line, phones_to_call(listing)),
        *address_lines(listing.location),
        *([f"URL:{escaped(service.url)}"] if service.url else []),
        *([f"NOTE:{escaped(note)}"] if note else []),
        "END:VCARD",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def phone_line(phone: Phone) -> str:
    number = phone.number_e164 or phone.number
    return f"TEL;TYPE=WORK,VOICE:{escaped(f'{number},{phone.extension}' if phone.extension else number)}"


def address_lines(location: Location) -> list[str]:
    """None for a confidential address, nor for what is only online."""
    if not location.address_is_public or location.location_type == LocationType.VIRTUAL:
        return []
    parts = (
        "",  # post office box
        location.address_2,
        location.address_1,
        location.city,
        location.state_province,
        location.postal_code,
        location.country,
    )
    return [f"ADR;TYPE=WORK:{';'.join(map(escaped, parts))}"] if location.city or location.address_1 else []


def escaped(text: str) -> str:
    """As RFC 2426 §5 has it; what cannot be seen has no place in a contact."""
    lines = ["".join(map(seen, line)) for line in text.splitlines()]
    for sign in ("\\", ";", ","):
        lines = [line.replace(sign, f"\\{sign}") for line in lines]
    return "\\n".join(lines)


def seen(sign: str) -> str:
    return sign if sign.isprintable() else " " if sign.isspace() else ""


def folded(line: str) -> str:
    """In pieces of at most 75 bytes that begin with a space, as RFC 6350 §3.2 has it: no letter is cut."""
    pieces, size = [""], 0
    for sign in line:
        width = len(sign.encode())
        if size + width > LINE_BYTES:
            pieces.append("")
            size = 1
        pieces[-1] += sign
        size += width
    return "\r\n ".join(pieces)
