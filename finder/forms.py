"""Fields that clean one request parameter each, or say in words for a program what would be accepted."""

import re
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from finder.geography.readings import PlaceNotFound, read_place
from finder.models import TaxonomyTerm
from finder.schedules import known_zones
from finder.search.vocabulary import current_vocabulary

CLOCK_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
FELLOWSHIP = "fellowship"


class PlaceField(forms.CharField):
    """Cleans to a `Reading`, or None when no place was given."""

    def to_python(self, value: Any) -> Any:
        words = super().to_python(value)
        if not words:
            return None
        try:
            return read_place(words)
        except PlaceNotFound as missing:
            raise ValidationError(place_not_found(missing), code="place") from None

    def run_validators(self, value: Any) -> None:
        """Length and NUL characters are the reading's business: it knows what is no place."""

    def validate(self, value: Any) -> None:
        """No place is a good answer too."""


def place_not_found(missing: PlaceNotFound) -> str:
    accepted = gettext(
        "We do not know this place. Give a ZIP code, a city and state such as Asheville, NC, "
        "a county, a state, or “online”."
    )
    if not missing.suggestions:
        return accepted
    named = "; ".join(place.label for place in missing.suggestions)
    return f"{accepted} {gettext('Did you mean:')} {named}?"


class TermsField(forms.Field):
    """Cleans repeated slugs to vocabulary terms."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> tuple[TaxonomyTerm, ...]:
        by_slug = current_vocabulary().by_slug
        slugs = list(dict.fromkeys(slug.strip() for slug in value or () if slug.strip()))
        unknown = [slug for slug in slugs if slug not in by_slug]
        if unknown:
            raise ValidationError(
                gettext("“%(slug)s” is not a need we know. All of them are listed at /api/vocabulary."),
                code="unknown",
                params={"slug": unknown[0][:60]},
            )
        return tuple(by_slug[slug] for slug in slugs)


class FellowshipsField(TermsField):
    """Only the terms of its taxonomy."""

    def to_python(self, value: Any) -> tuple[TaxonomyTerm, ...]:
        by_slug = current_vocabulary().by_slug
        slugs = [slug for slug in value or () if slug.strip()]
        for slug in slugs:
            term = by_slug.get(slug.strip())
            if term is None or term.taxonomy_id != FELLOWSHIP:
                raise ValidationError(
                    gettext(
                        "“%(slug)s” is not a fellowship we know. /api/vocabulary lists them under the "
                        "taxonomy “fellowship”."
                    ),
                    code="unknown",
                    params={"slug": slug.strip()[:60]},
                )
        return super().to_python(slugs)


class ClockField(forms.CharField):
    """Cleans to a time of day, or None."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        found = CLOCK_TIME.fullmatch(text)
        if not found:
            raise ValidationError(
                gettext("Give a time of day from 00:00 to 23:59, such as 18:30."), code="time"
            )
        return time(int(found[1]), int(found[2]))

    def run_validators(self, value: Any) -> None:
        """It matched, which is all there is to ask."""

    def validate(self, value: Any) -> None:
        """No time is a good answer too."""


class ZoneField(forms.CharField):
    """Cleans to an IANA name, or to nothing."""

    def validate(self, value: Any) -> None:
        if value and value not in known_zones():
            raise ValidationError(
                gettext("We do not know this time zone. Give an IANA name, such as America/New_York."),
                code="zone",
            )
