"""What was understood, in words: the heading of a search and the chips that take it off again."""

from typing import NamedTuple

from django.utils.formats import time_format
from django.utils.translation import gettext as _

from finder.enums import Attending, CareCategory
from finder.geography.places import Place, PlaceKind
from finder.search.question import DEFAULT_MILES, WEEKDAYS, SearchQuestion, When
from finder.views.addresses import Pairs, changed, pairs_of, search_address, uses_distance, without


class Chip(NamedTuple):
    text: str
    url: str


class OtherPlace(NamedTuple):
    label: str
    url: str


def what(question: SearchQuestion) -> str:
    if len(question.categories) != 1:
        return _("Help")
    return {
        CareCategory.WITHDRAWAL_MANAGEMENT: _("Detox"),
        CareCategory.BEHAVIORAL_HEALTH: _("Treatment"),
        CareCategory.SUPPORT_GROUP: _("Support groups"),
    }[CareCategory(question.categories[0])]


def heading(question: SearchQuestion) -> str:
    if question.when is None:
        return what_and_where(question)
    said = {"what_and_where": what_and_where(question), "when": when_words(question.when)}
    if question.reading and question.reading.place.kind in {
        PlaceKind.CITY,
        PlaceKind.COUNTY,
        PlaceKind.POINT,
    }:
        return _("%(what_and_where)s, %(when)s") % said  # the comma that ends "Asheville, NC,"
    return _("%(what_and_where)s %(when)s") % said


def when_words(when: When) -> str:
    """To follow a place."""
    if when in WEEKDAYS:
        return _("on %(weekday)s") % {"weekday": when.label}
    return {
        When.NOW: _("now or within the hour"),
        When.TODAY: _("later today"),
        When.NEXT_24_HOURS: _("in the next 24 hours"),
    }[when]


def what_and_where(question: SearchQuestion) -> str:
    if question.reading is None:
        return _("%(what)s anywhere in the United States") % {"what": what(question)}
    place = question.reading.place
    words = {"what": what(question), "place": place.label}
    match place.kind:
        case PlaceKind.ONLINE:
            return _("%(what)s online or by phone") % words
        case PlaceKind.STATE | PlaceKind.COUNTY:
            return _("%(what)s in %(place)s") % words
        case PlaceKind.POINT if place.city:
            return _("%(what)s near %(place)s") % (words | {"place": f"{place.city}, {place.state}"})
        case _other:
            return _("%(what)s near %(place)s") % words


def chips(question: SearchQuestion) -> list[Chip]:
    pairs = pairs_of(question)
    found = []
    if question.reading:
        found.append(chip(place_words(question.reading.place), pairs, "near"))
    if uses_distance(question) and question.within != DEFAULT_MILES:
        found.append(chip(_("%(miles)g miles") % {"miles": question.within}, pairs, "within"))
    found += [
        chip(str(CareCategory(category).label), pairs, "category", category)
        for category in question.categories
    ]
    found += time_chips(question)
    if question.is_hybrid:
        found.append(chip(str(Attending.HYBRID.label), pairs, "attend"))
    if question.has_room:
        found.append(chip(_("Says it has room now"), pairs, "available"))
    found += [chip(str(term), pairs, "need", term.slug) for term in question.needs]
    found += [
        chip(_("Not: %(text)s") % {"text": term}, pairs, "not", term.slug) for term in question.excluded
    ]
    if question.words:
        found.append(chip(f"“{question.words}”", pairs, "q"))
    return found


def time_chips(question: SearchQuestion) -> list[Chip]:
    pairs = pairs_of(question)
    found = [chip(str(question.when.label), pairs, "when")] if question.when else []
    if question.start_from:
        found.append(chip(_("From %(time)s") % {"time": time_format(question.start_from)}, pairs, "from"))
    if question.start_until:
        found.append(chip(_("Until %(time)s") % {"time": time_format(question.start_until)}, pairs, "until"))
    return found


def chip(text: str, pairs: Pairs, name: str, value: str | None = None) -> Chip:
    return Chip(text, search_address(without(pairs, name, value)))


def place_words(place: Place) -> str:
    return _("Online") if place.kind == PlaceKind.ONLINE else place.label


def other_places(question: SearchQuestion) -> list[OtherPlace]:
    others = question.reading.others if question.reading else ()
    pairs = pairs_of(question)
    return [OtherPlace(place.label, search_address(changed(pairs, "near", place.query))) for place in others]
