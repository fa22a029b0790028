"""How a search is called that someone saves: by what is asked, so that nobody has to think of a name."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from finder.enums import Attending, CareCategory
from finder.search.question import SearchQuestion
from finder.views.headings import place_words


def suggested_name(question: SearchQuestion) -> str:
    """ "Asheville, NC, Detox, Medicaid"."""
    return ", ".join(words_of(question))


def words_of(question: SearchQuestion) -> Iterator[str]:
    yield place_words(question.reading.place) if question.reading else _("Anywhere")
    yield from (str(CareCategory(category).label) for category in question.categories)
    yield from map(str, question.needs)
    yield from (_("Not: %(text)s") % {"text": term} for term in question.excluded)
    if question.is_hybrid:
        yield str(Attending.HYBRID.label)
    if question.when:
        yield str(question.when.label)
    if question.has_room:
        yield _("Says it has room now")
    if question.words:
        yield f"“{question.words}”"
