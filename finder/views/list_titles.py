"""What a list is called until its maker says otherwise: where, what for, and when; never for whom."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from finder.geography.places import PlaceKind
from finder.referral.contents import MOST_SIGNS_OF_A_TITLE
from finder.search.question import SearchQuestion
from finder.views.headings import place_words

MOST_NEEDS = 2


def title_of_search(question: SearchQuestion, *, today: date) -> str:
    """ "Asheville, Medicaid, November 28"."""
    where = [short_place(question)] if question.reading else []
    return title(*where, *map(str, question.needs[:MOST_NEEDS]), today=today)


def short_place(question: SearchQuestion) -> str:
    assert question.reading is not None
    place = question.reading.place
    is_town = place.kind in {PlaceKind.CITY, PlaceKind.ZIP, PlaceKind.POINT}
    return place.city if is_town and place.city else place_words(place)


def title(*parts: str, today: date) -> str:
    day = date_format(today, "MONTH_DAY_FORMAT")
    named = ", ".join(part for part in parts if part)[: MOST_SIGNS_OF_A_TITLE - len(day) - 2]
    return f"{named}, {day}" if named else _("List of %(day)s") % {"day": day}
