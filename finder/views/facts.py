"""The facts of a listing, arranged by the questions that people ask of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from finder.enums import FactGroup, StatementMethod
from finder.models import Schedule, ServiceAtLocation, Statement, TaxonomyTerm
from finder.models.vocabulary import in_reader_language
from finder.search.facts import Fact
from finder.views.times import Time, schedule_words


@dataclass(frozen=True, slots=True)
class Saying:
    """What one source said at one time, of one topic."""

    yes: tuple[TaxonomyTerm, ...]
    no: tuple[TaxonomyTerm, ...]
    who_and_when: str


@dataclass(frozen=True, slots=True)
class Topic:
    name: str
    sayings: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One question with all that answers it, and what nobody stated."""

    code: str
    question: str
    texts: tuple[tuple[str, str], ...] = ()
    times: tuple[Time, ...] = ()
    topics: tuple[Topic, ...] = ()
    not_stated: tuple[TaxonomyTerm, ...] = field(default=())

    @property
    def only_origin(self) -> str:
        """Who said all of it and when, where that is one and the same; else each saying names its own."""
        origins = {saying.who_and_when for topic in self.topics for saying in topic.sayings}
        return origins.pop() if len(origins) == 1 else ""

    @property
    def says_something(self) -> bool:
        return bool(self.texts or self.times or self.topics)


def sections(
    listing: ServiceAtLocation, facts: Sequence[Fact], schedules: Iterable[Schedule]
) -> list[Section]:
    own_words, times = texts(listing), tuple(map(schedule_words, schedules))
    made = [
        Section(
            code=group.value,
            question=str(group.label),
            texts=own_words.get(group, ()),
            times=times if group == FactGroup.WHEN else (),
            topics=topics(fact for fact in of_group(facts, group) if fact.statement),
            not_stated=tuple(
                fact.term
                for fact in of_group(facts, group)
                if fact.statement is None and fact.term.is_offered
            ),
        )
        for group in FactGroup
    ]
    return [section for section in made if section.says_something or section.not_stated]


def of_group(facts: Iterable[Fact], group: FactGroup) -> list[Fact]:
    return [fact for fact in facts if fact.term.taxonomy.group == group]


def texts(listing: ServiceAtLocation) -> dict[FactGroup, tuple[tuple[str, str], ...]]:
    service, location = listing.service, listing.location
    directions = location.transportation if location.address_is_public else ""
    said = {
        FactGroup.TAKE_ME: (
            (_("Who can come"), service.eligibility_description),
            (_("Interpreters"), service.interpretation_services),
        ),
        FactGroup.COST: ((_("Fees"), service.fees_description),),
        FactGroup.GET_IN: (
            (_("How to apply"), service.application_process),
            (_("Getting there"), directions),
        ),
    }
    return {
        group: tuple((label, text) for label, text in found if text.strip()) for group, found in said.items()
    }


def topics(stated: Iterable[Fact]) -> tuple[Topic, ...]:
    ordered = sorted(stated, key=lambda fact: (fact.term.taxonomy.position, fact.term.taxonomy_id))
    grouped = groupby(ordered, key=lambda fact: fact.term.taxonomy)
    return tuple(Topic(str(taxonomy), sayings(list(facts))) for taxonomy, facts in grouped)


def sayings(facts: Sequence[Fact]) -> tuple[Saying, ...]:
    by_origin: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.statement:
            by_origin.setdefault(who_and_when(fact.statement), []).append(fact)
    return tuple(
        Saying(
            yes=tuple(fact.term for fact in said if fact.is_yes),
            no=tuple(fact.term for fact in said if not fact.is_yes),
            who_and_when=origin,
        )
        for origin, said in by_origin.items()
    )


def who_and_when(statement: Statement) -> str:
    on = date_format(statement.stated_on)
    match statement.method:
        case StatementMethod.PHONE:
            return _("Confirmed by phone, %(date)s") % {"date": on}
        case StatementMethod.SITE_VISIT:
            return _("Confirmed by a visit, %(date)s") % {"date": on}
        case StatementMethod.PROVIDER:
            return _("The program itself, %(date)s") % {"date": on}
        case _other:
            source = in_reader_language(statement.source.name, statement.source.name_es)
            return f"{source}, {edition_words(statement.stated_on)}"


def edition_words(edition: date) -> str:
    """A yearly edition is dated the first of January; only its year is meant."""
    if (edition.month, edition.day) == (1, 1):
        return str(edition.year)
    return date_format(edition, "YEAR_MONTH_FORMAT")


def questions_to_ask(facts: Iterable[Fact], *, slugs: Sequence[str]) -> list[str]:
    not_stated = {fact.term.slug: fact.term for fact in facts if fact.statement is None}
    return [not_stated[slug].asked for slug in slugs if slug in not_stated and not_stated[slug].asked]
