from collections.abc import Sequence

from finder.enums import PhoneType
from finder.models import Phone

CALLED_FIRST = (PhoneType.INTAKE, PhoneType.MAIN, PhoneType.HOTLINE)


def in_order_to_call(phones: Sequence[Phone]) -> list[Phone]:
    """The line that lets people in comes before the switchboard."""
    return sorted(phones, key=lambda phone: CALLED_FIRST.index(PhoneType(phone.phone_type)))


def number_to_call(phones: Sequence[Phone]) -> Phone | None:
    return next(iter(in_order_to_call(phones)), None)
