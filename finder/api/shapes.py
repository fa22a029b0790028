"""What the API answers with, field by field: the OpenAPI description is made from these.

Nothing is read or written through them, so that a field may be called what a serializer's own attribute is.
"""

from collections.abc import Iterable

from rest_framework import serializers

from finder.enums import CapacityCode, CapacityUnit, CareCategory, Fit, StatementMethod, VerifiedPart, Voice
from finder.plans.starts import Start
from finder.upkeep.freshness import SAID_ON_PAGES

FITS = [fit.name.lower() for fit in (Fit.YES, Fit.MAYBE)]


def lower(codes: Iterable[str]) -> list[str]:
    return [code.lower() for code in codes]


class Place(serializers.Serializer[None]):
    label = serializers.CharField(help_text="The place as we understood it.")  # type: ignore[assignment]
    latitude = serializers.FloatField(allow_null=True, help_text="Null for “online”.")
    longitude = serializers.FloatField(allow_null=True, help_text="Null for “online”.")
    corrected = serializers.BooleanField(help_text="The place was misspelt, and this is our best guess.")
    others = serializers.ListField(
        child=serializers.CharField(), help_text="Other places of that name; ask again with one of them."
    )


class NextTime(serializers.Serializer[None]):
    """On the group's own clock, with its offset."""

    starts_at = serializers.DateTimeField(allow_null=True, help_text="Null when it is open day and night.")
    ends_at = serializers.DateTimeField(
        allow_null=True,
        help_text="Null when it is not known: the next one begins before or as this one ends.",
    )
    is_under_way = serializers.BooleanField()


class Freshness(serializers.Serializer[None]):
    """How old one part of a listing is: its last check, or the directory that it was taken from."""

    part = serializers.ChoiceField(
        choices=lower(SAID_ON_PAGES), help_text="Phone and address, hours, the rest."
    )
    date = serializers.DateField(help_text="The day of the check, or the date of the directory.")
    method = serializers.ChoiceField(
        choices=lower(StatementMethod.values),
        help_text="“import”: printed in a directory, not checked since.",
    )
    voice = serializers.ChoiceField(
        choices=lower(Voice.values),
        allow_null=True,
        help_text="Who checked, as a role. Null for a directory, and where it was not written down.",
    )
    source = serializers.CharField(  # type: ignore[assignment]
        allow_null=True, help_text="Slug of the directory; null for a check."
    )


class Availability(serializers.Serializer[None]):
    """Room for new people, as long as what was said of it holds."""

    unit = serializers.ChoiceField(choices=lower(CapacityUnit.values))
    code = serializers.ChoiceField(choices=lower(CapacityCode.values), help_text="Is there room?")
    available = serializers.IntegerField(
        allow_null=True, min_value=0, help_text="How many are free; null where nobody counts."
    )
    updated_at = serializers.DateTimeField(help_text="When it was said.")
    expires_at = serializers.DateTimeField(help_text="From then on it is not known: call.")
    voice = serializers.ChoiceField(choices=lower(Voice.values), help_text="Who said it, as a role.")


class Listing(serializers.Serializer[None]):
    """One program at one place. A confidential address is left out: its city and ZIP code are empty."""

    id = serializers.UUIDField(help_text="Stays the same as long as the listing is here.")
    url = serializers.URLField(help_text="Its page, with every fact, who stated it and when.")
    name = serializers.CharField()
    organization = serializers.CharField(help_text="Who runs it.")
    categories = serializers.ListField(
        child=serializers.ChoiceField(choices=CareCategory.choices), help_text="One to three kinds of help."
    )
    fit = serializers.ChoiceField(
        choices=FITS, help_text="“maybe”: some need is not stated, which is never the same as no."
    )
    miles = serializers.FloatField(
        allow_null=True,
        help_text="In a straight line; to the middle of the county when the address is confidential. "
        "Null without a place, or when its position is unknown.",
    )
    city = serializers.CharField(allow_blank=True)
    state_province = serializers.CharField(allow_blank=True, help_text="Two letters.")
    postal_code = serializers.CharField(allow_blank=True, help_text="ZIP code.")
    phone = serializers.CharField(allow_null=True, help_text="With “ x” before an extension.")
    checked_date = serializers.DateField(
        allow_null=True,
        help_text="When one of us or the program last confirmed any part, else the date of the directory.",
    )
    freshness = Freshness(
        many=True, help_text="Each part by itself; a part that nobody ever stated is left out."
    )
    disputed = serializers.ListField(
        child=serializers.ChoiceField(choices=lower(VerifiedPart.values)),
        help_text="Parts of which people who called or went found something else, and nobody has looked yet.",
    )
    availability = Availability(many=True, help_text="Empty: not known, call.")
    states = serializers.ListField(
        child=serializers.CharField(), help_text="Every need that it says it meets, as slugs."
    )
    not_stated = serializers.ListField(
        child=serializers.CharField(), help_text="What you asked for and nobody states: ask on the phone."
    )
    times_not_stated = serializers.BooleanField(
        help_text="You asked for a time, and nobody states whether it suits: ask on the phone."
    )
    next = NextTime(
        allow_null=True,
        help_text="The first time that you asked for; without one in your question, the next time at all. "
        "Null when none is known in the coming two weeks.",
    )


class FacetTerm(serializers.Serializer[None]):
    slug = serializers.CharField()
    name = serializers.CharField()
    count = serializers.IntegerField(min_value=0)


class Facet(serializers.Serializer[None]):
    """How many listings would fit if one term stood in place of what you ask of its taxonomy."""

    taxonomy = serializers.CharField()
    terms = FacetTerm(many=True)


class Repair(serializers.Serializer[None]):
    """The search with one thing asked otherwise."""

    label = serializers.CharField(help_text="What changes.")  # type: ignore[assignment]
    url = serializers.URLField(help_text="The changed search, as a page; the API takes the same parameters.")
    count = serializers.IntegerField(min_value=1, help_text="Listings that fit it.")


class Safety(serializers.Serializer[None]):
    """A text that keeps someone safe: show it before anything else."""

    slug = serializers.CharField(help_text="Its page is /guidance/<slug>/.")
    title = serializers.CharField()
    text = serializers.CharField(help_text="Plain, with the numbers to call.")


class SearchAnswer(serializers.Serializer[None]):
    count = serializers.IntegerField(min_value=0, help_text="Listings that state every need.")
    count_maybe = serializers.IntegerField(
        min_value=0, help_text="Listings that may: some need is not stated."
    )
    place = Place(allow_null=True, help_text="Null when no place was given.")
    corrected_words = serializers.CharField(
        allow_null=True, help_text="The words searched instead, when yours found nothing."
    )
    times_are_behind = serializers.BooleanField(
        help_text="Times are being brought up to date: until then, some listings only “may” fit."
    )
    results = Listing(many=True, help_text="Twenty a page: first those that fit, then those that may.")
    facets = Facet(many=True)
    next = serializers.URLField(allow_null=True, help_text="The next page, null on the last.")
    repairs = Repair(
        many=True, help_text="Only where fewer than three listings fit: what would find more, and how many."
    )
    safety = Safety(
        many=True, help_text="What your words call for, the most pressing first; usually none, at most three."
    )


class Term(serializers.Serializer[None]):
    slug = serializers.CharField(help_text="What the parameters need and not take. It never changes.")
    taxonomy = serializers.CharField(help_text="Terms of one taxonomy are choices: any of them will do.")
    name = serializers.CharField()
    explanation = serializers.CharField(allow_blank=True)
    categories = serializers.ListField(
        child=serializers.ChoiceField(choices=CareCategory.choices),
        help_text="The kinds of help that it concerns; a listing of another kind is not asked.",
    )
    source_codes = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text="Its codes in other systems, such as SAMHSA's.",
    )


class Vocabulary(serializers.Serializer[None]):
    terms = Term(many=True)


class Choice(Listing):
    """A listing of a plan: why it was chosen, and what to ask there."""

    reasons = serializers.ListField(child=serializers.CharField(), help_text="Facts of the listing.")
    inferred = serializers.BooleanField(
        help_text="It does not say that it treats this; what it says makes it likely. Ask when you call."
    )
    ask = serializers.ListField(child=serializers.CharField(), help_text="Questions for the phone.")


class NearestListing(Listing):
    fit = serializers.ChoiceField(
        choices=[fit.name.lower() for fit in Fit], help_text="“no”: it denies a need; the reason says which."
    )


class Gap(serializers.Serializer[None]):
    """A leg without a choice."""

    reason = serializers.CharField(help_text="Why there is none, and what is wrong with the nearest.")
    nearest = NearestListing(
        allow_null=True, help_text="The nearest anywhere of this kind; null when the directory has none."
    )
    remote = Listing(many=True, help_text="The same kind of help by phone or video. None for detox.")
    instead = serializers.ListField(child=serializers.CharField(), help_text="What to do meanwhile.")
    opens = Repair(many=True, help_text="What relaxing a need would open.")


class Leg(serializers.Serializer[None]):
    category = serializers.ChoiceField(choices=CareCategory.choices)
    start = serializers.ChoiceField(choices=Start.choices)
    why = serializers.CharField(help_text="Why it starts then, by a rule with a source.")
    choices = Choice(many=True, help_text="At most three, best first; meetings in the order of time.")
    gap = Gap(allow_null=True, help_text="Null when there is a choice.")


class Plan(serializers.Serializer[None]):
    place = Place(allow_null=True, help_text="Null when no place was given.")
    legs = Leg(many=True, help_text="Always detox, treatment, support group.")
    safety = Safety(many=True, help_text="What anyone in this situation should read first.")


class Errors(serializers.Serializer[None]):
    errors = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()),
        help_text="Sentences by parameter, or under “request” when it is not about one.",
    )
