from collections.abc import Sequence
from typing import NamedTuple

from finder.enums import PhoneType
from finder.models import Phone

CALLED_FIRST = (PhoneType.INTAKE, PhoneType.MAIN, PhoneType.HOTLINE)


def in_order_to_call(phones: Sequence[Phone]) -> list[Phone]:
    """The line that lets people in comes before the switchboard."""
    return sorted(phones, key=lambda phone: CALLED_FIRST.index(PhoneType(phone.phone_type)))


class ToCall(NamedTuple):
    href: str
    number: str
    extension: str


def number_to_call(phones: Sequence[Phone]) -> ToCall | None:
    first = next(iter(in_order_to_call(phones)), None)
    return ToCall(first.href, first.number, first.extension) if first else None
