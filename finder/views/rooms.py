"""Whether there is room, in words: what was said, by whom, and how long ago."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.enums import CapacityCode, CapacityUnit, VerifiedPart, Voice
from finder.models import ListingIndex
from finder.upkeep.kept_freshness import rooms_in
from finder.upkeep.rooms import Room, holding
from finder.views.ages import ago_in_hours


def rooms_known(index: ListingIndex, *, now: datetime) -> list[Room]:
    """What holds now. Once people were told that it is full, it is not known."""
    if VerifiedPart.AVAILABILITY in index.disputed:
        return []
    return holding(rooms_in(index.freshness), now)


def room_words(index: ListingIndex, *, now: datetime) -> tuple[str, ...]:
    return tuple(sentence(room, now=now) for room in rooms_known(index, now=now))


def sentence(room: Room, *, now: datetime) -> str:
    told = {"room": what(room), "ago": ago_in_hours(room.updated, now)}
    match room.voice:
        case Voice.PROVIDER:
            return _("%(room)s, said by the program %(ago)s; call to be sure.") % told
        case Voice.CASE_WORKER:
            return _("%(room)s, told to a case worker %(ago)s; call to be sure.") % told
        case Voice.EDITOR:
            return _("%(room)s, told to our editors %(ago)s; call to be sure.") % told
        case _reader:
            return _("%(room)s, told to someone who called %(ago)s; call to be sure.") % told


def what(room: Room) -> str:
    match CapacityCode(room.code):
        case CapacityCode.YES:
            return counted(room) if room.available else free(CapacityUnit(room.unit))
        case CapacityCode.WAITLIST:
            return {
                CapacityUnit.DETOX_BEDS: _("Waiting list for detox beds"),
                CapacityUnit.RESIDENTIAL_BEDS: _("Waiting list for residential beds"),
                CapacityUnit.OUTPATIENT: _("Waiting list for new outpatients"),
            }[CapacityUnit(room.unit)]
        case CapacityCode.NO:
            return {
                CapacityUnit.DETOX_BEDS: _("No detox bed free"),
                CapacityUnit.RESIDENTIAL_BEDS: _("No residential bed free"),
                CapacityUnit.OUTPATIENT: _("No room for new outpatients"),
            }[CapacityUnit(room.unit)]


def free(unit: CapacityUnit) -> str:
    return {
        CapacityUnit.DETOX_BEDS: _("Detox beds free"),
        CapacityUnit.RESIDENTIAL_BEDS: _("Residential beds free"),
        CapacityUnit.OUTPATIENT: _("Room for new outpatients"),
    }[unit]


def counted(room: Room) -> str:
    count = room.available or 0
    match CapacityUnit(room.unit):
        case CapacityUnit.DETOX_BEDS:
            said = ngettext("%(count)d detox bed free", "%(count)d detox beds free", count)
        case CapacityUnit.RESIDENTIAL_BEDS:
            said = ngettext("%(count)d residential bed free", "%(count)d residential beds free", count)
        case CapacityUnit.OUTPATIENT:
            said = ngettext("Room for %(count)d new outpatient", "Room for %(count)d new outpatients", count)
    return said % {"count": count}
