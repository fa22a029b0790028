"""What each button of a program's page does with what was sent."""

from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from finder.actions import replying
from finder.actions.proposed_fields import NO, YES
from finder.actions.refusals import Refused
from finder.actions.seen import CADENCE, COLLEAGUE, CONTACT, HOURS_PART, LASTING_PARTS, SERVICES, WORDS
from finder.enums import CapacityCode, VerifiedPart
from finder.models import AskedListing
from finder.upkeep.rooms import units_of
from finder.views.contact_form import ContactForm
from finder.views.hours_form import HoursForm
from finder.views.program_forms import CadenceForm, ColleagueForm, RoomForm, ServicesForm, WordsForm

CHANGES: Mapping[str, Callable[..., Any]] = {
    CONTACT: ContactForm,
    HOURS_PART: HoursForm,
    SERVICES: ServicesForm,
    WORDS: WordsForm,
}
"""The form of each part."""


class NotTaken(Exception):  # noqa: N818 (it reads as a sentence: except NotTaken)
    """A form that its sender has to look at again."""

    def __init__(self, form: forms.Form, subject: str) -> None:
        super().__init__()
        self.form, self.subject = form, subject


def nothing_said(asked: AskedListing, sent: QueryDict, token: str) -> NoReturn:
    raise Refused(_("Nothing was changed. Please choose what you want to say."))


def all_right(asked: AskedListing, sent: QueryDict, token: str) -> None:
    replying.confirm_all(asked=asked, mark=sent.get("mark", ""), now=timezone.now())


def part_right(asked: AskedListing, sent: QueryDict, token: str) -> None:
    part = sent.get("subject", "")
    if part not in LASTING_PARTS:
        nothing_said(asked, sent, token)
    replying.confirm_part(asked=asked, part=VerifiedPart(part), mark=sent.get("mark", ""), now=timezone.now())


def change(asked: AskedListing, sent: QueryDict, token: str) -> None:
    subject, mark = sent.get("subject", ""), sent.get("mark", "")
    if subject not in CHANGES:
        nothing_said(asked, sent, token)
    form = valid(CHANGES[subject](asked.listing, sent), subject)
    if isinstance(form, ServicesForm):
        replying.state_services(
            asked=asked,
            affirmed=form.said(YES),
            denied=form.said(NO),
            payment=form.payment(),
            mark=mark,
            now=timezone.now(),
        )
    else:
        replying.propose(asked=asked, subject=subject, values=form.values(), mark=mark, now=timezone.now())


def room(asked: AskedListing, sent: QueryDict, token: str) -> None:
    unit = next(
        (each for each in units_of(asked.listing.service.categories) if each == sent.get("unit")), None
    )
    if unit is None:
        nothing_said(asked, sent, token)
    form = valid(RoomForm(sent, prefix=unit.value), unit.value)
    replying.state_room(
        asked=asked,
        unit=unit,
        code=CapacityCode(form.cleaned_data["code"]),
        available=form.cleaned_data["available"],
        mark=sent.get("mark", ""),
        now=timezone.now(),
    )


def cadence(asked: AskedListing, sent: QueryDict, token: str) -> None:
    form = valid(CadenceForm(sent), CADENCE)
    replying.choose_cadence(
        asked=asked, days=form.cleaned_data["days"], mark=sent.get("mark", ""), now=timezone.now()
    )


def colleague(asked: AskedListing, sent: QueryDict, token: str) -> None:
    form = valid(ColleagueForm(sent), COLLEAGUE)
    replying.send_to_colleague(
        asked=asked,
        token=token,
        email=form.cleaned_data["email"],
        mark=sent.get("mark", ""),
        now=timezone.now(),
    )


def not_us(asked: AskedListing, sent: QueryDict, token: str) -> None:
    replying.say_not_us(asked=asked, mark=sent.get("mark", ""), now=timezone.now())


def valid(form: Any, subject: str) -> Any:
    if not form.is_valid():
        raise NotTaken(form, subject)
    return form


VERBS: Mapping[str, Callable[[AskedListing, QueryDict, str], None]] = {
    "all_right": all_right,
    "part_right": part_right,
    "change": change,
    "room": room,
    "cadence": cadence,
    "colleague": colleague,
    "not_us": not_us,
}
