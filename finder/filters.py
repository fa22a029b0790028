"""Request parameters become one frozen question, or errors: never a silently wider answer."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from finder.enums import Attending, CareCategory
from finder.forms import ClockField, FellowshipsField, PlaceField, TermsField, ZoneField
from finder.geography.readings import PlaceKind, Reading
from finder.models import ListingIndex, TaxonomyTerm
from finder.search.question import DEFAULT_MILES, SearchQuestion, Sort, When
from finder.search.vocabulary import WAYS_TO_ATTEND, current_vocabulary
from finder.text import words_of

MOST_MILES = 500
MOST_PAGES = 1_000_000
LONGEST_WORDS = 200
LONGEST_PLACE = 100

UNKNOWN_NEED = _("“%(slug)s” is not a need we know. The form below leaves it out: search again.")
SAID_TO_PEOPLE = {
    ("category", "invalid_choice"): _(
        "“%(value).60s” is not a kind of help we know. Choose detox, treatment or support groups."
    ),
    ("need", "unknown"): UNKNOWN_NEED,
    ("not", "unknown"): UNKNOWN_NEED,
    ("fellowship", "unknown"): _(
        "“%(slug)s” is not a kind of group we know. The form below leaves it out: search again."
    ),
    ("when", "invalid_choice"): _("We do not know this day or time. Choose one from the list."),
    ("attend", "invalid_choice"): _("Choose in person or online."),
    ("available", "invalid_choice"): _("Tick “Says it has room now”, or leave it."),
    ("sort", "invalid_choice"): _("We do not know this order. Choose one from the list."),
}
"""By field and code of the fault: the API names the codes that a program can send, a page the labels."""

MILES_ACCEPTED = _("Give a number of miles from 1 to 500.")
PAGE_ACCEPTED = _("Give a page number, from 1 on.")
LONGEST_ZONE = 64
HAS_ROOM = "1"


class PlaceFilter(django_filters.Filter):
    field_class = PlaceField


class TermsFilter(django_filters.Filter):
    field_class = TermsField


class FellowshipsFilter(django_filters.Filter):
    field_class = FellowshipsField


class ClockFilter(django_filters.Filter):
    field_class = ClockField


class ZoneFilter(django_filters.Filter):
    field_class = ZoneField


class MilesFilter(django_filters.Filter):
    field_class = forms.FloatField


class PageFilter(django_filters.Filter):
    field_class = forms.IntegerField


class SearchForm(forms.Form):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in self.said_twice():
            self.add_error(name, gettext("This was given twice. Give it once."))
        if cleaned.get("q") and not words_of(cleaned["q"]):
            self.add_error("q", gettext("Give words made of letters or digits."))
        reading: Reading | None = cleaned.get("near")
        measured = reading is not None and reading.place.kind != PlaceKind.ONLINE
        if cleaned.get("sort") == Sort.DISTANCE and not measured and "near" not in self.errors:
            self.add_error(
                "sort", gettext("To sort by distance, say where: a ZIP code, city, county or state.")
            )
        return cleaned

    def said_twice(self) -> list[str]:
        """Fields that hold one value and were given several: to pick one would be to guess."""
        if not isinstance(self.data, MultiValueDict):
            return []
        values = {name: {value.strip() for value in self.data.getlist(name)} - {""} for name in self.fields}
        return [
            name for name, field in self.fields.items() if len(values[name]) > 1 and not is_multiple(field)
        ]


def is_multiple(field: forms.Field) -> bool:
    return isinstance(field.widget, forms.SelectMultiple)


def for_people(name: str, fault: ValidationError) -> str:
    instead = SAID_TO_PEOPLE.get((name, fault.code or ""))
    return str(instead) % (fault.params or {}) if instead else str(fault.messages[0])


class SearchFilterSet(django_filters.FilterSet):
    """Validates; `finder.search` answers, since fit, counts and facets are more than filters can say."""

    near = PlaceFilter(label=_("Where"))
    within = MilesFilter(
        label=_("Miles"),
        min_value=1,
        max_value=MOST_MILES,
        error_messages={"invalid": MILES_ACCEPTED, "min_value": MILES_ACCEPTED, "max_value": MILES_ACCEPTED},
    )
    category = django_filters.MultipleChoiceFilter(
        label=_("What"),
        choices=CareCategory.choices,
        error_messages={
            "invalid_choice": _(
                "“%(value).60s” is not a kind of help we know. Choose withdrawal_management, "
                "behavioral_health or support_group."
            )
        },
    )
    need = TermsFilter(label=_("Needs"))
    when = django_filters.ChoiceFilter(
        label=_("When"),
        choices=When.choices,
        error_messages={"invalid_choice": _("Choose now, today, 24h, mon, tue, wed, thu, fri, sat or sun.")},
    )
    until = ClockFilter(label=_("Starts by"))
    zone = ZoneFilter(label=_("Time zone"), max_length=LONGEST_ZONE)
    attend = django_filters.MultipleChoiceFilter(
        label=_("How to take part"),
        choices=Attending.choices,
        error_messages={"invalid_choice": _("Choose in_person, online or hybrid.")},
    )
    fellowship = FellowshipsFilter(label=_("Kind of group"))
    available = django_filters.ChoiceFilter(
        label=_("Says it has room now"),
        choices=[(HAS_ROOM, _("Says it has room now"))],
        error_messages={"invalid_choice": _("Give 1, or leave it out.")},
    )
    q = django_filters.CharFilter(
        label=_("Words"),
        max_length=LONGEST_WORDS,
        error_messages={"max_length": _("Use fewer words: 200 characters at most.")},
    )
    sort = django_filters.ChoiceFilter(
        label=_("Order"),
        choices=Sort.choices,
        error_messages={"invalid_choice": _("Choose best, distance, soonest, name or checked.")},
    )
    page = PageFilter(
        label=_("Page"),
        min_value=1,
        max_value=MOST_PAGES,
        error_messages={"invalid": PAGE_ACCEPTED, "min_value": PAGE_ACCEPTED, "max_value": PAGE_ACCEPTED},
    )

    class Meta:
        model = ListingIndex
        fields: Sequence[str] = ()
        form = SearchForm

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, queryset=ListingIndex.objects.none())

    @property
    def errors_for_people(self) -> dict[str, list[str]]:
        """The same faults in words that a page shows: labels where the API says codes."""
        faults = self.errors.as_data()
        return {name: [for_people(name, fault) for fault in found] for name, found in faults.items()}

    @property
    def unknown_parameters(self) -> list[str]:
        return sorted(set(self.data) - set(self.filters))

    @property
    def question(self) -> SearchQuestion:
        """Only of valid parameters."""
        cleaned = self.form.cleaned_data
        attend = set(cleaned["attend"])
        needs = dict.fromkeys((*cleaned["need"], *cleaned["fellowship"], *ways_to_attend(attend)))
        one_way = any(term.slug in WAYS_TO_ATTEND for term in needs)
        return SearchQuestion(
            reading=cleaned["near"],
            within=cleaned["within"] or DEFAULT_MILES,
            categories=tuple(cleaned["category"]),
            needs=tuple(needs),
            excluded=cleaned["not"],
            is_hybrid=Attending.HYBRID in attend and not one_way,
            when=When(cleaned["when"]) if cleaned["when"] else None,
            start_from=cleaned["from"],
            start_until=cleaned["until"],
            zone=cleaned["zone"] if cleaned["when"] == When.TODAY else "",
            has_room=cleaned["available"] == HAS_ROOM,
            words=cleaned["q"],
            sort=Sort(cleaned["sort"] or Sort.BEST),
            page=cleaned["page"] or 1,
        )


def question_of(query: str) -> SearchQuestion | None:
    """Of a search's address that was kept; none where the vocabulary no longer knows what it says."""
    asked = SearchFilterSet(data=QueryDict(query))
    return asked.question if asked.is_valid() else None


def ways_to_attend(attend: set[str]) -> list[TaxonomyTerm]:
    by_slug = current_vocabulary().by_slug
    return [term for slug in WAYS_TO_ATTEND if slug in attend and (term := by_slug.get(slug))]


SearchFilterSet.base_filters["not"] = TermsFilter(label=_("Leave out"))
SearchFilterSet.base_filters["from"] = ClockFilter(label=_("Starts from"))
"""`not` and `from` are words of Python's, so that the class body cannot say them."""
