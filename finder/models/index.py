"""Derived rows: everything that a search needs, rebuilt from the truth at any time."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from finder.enums import CareCategory, StatementMethod
from finder.geography.position import CubeField
from finder.models.directory import ServiceAtLocation
from finder.models.instants_field import InstantsField
from finder.models.listing_queries import DirectoryWordQuerySet, ListingIndexQuerySet
from finder.models.terms_field import TermIdsField

SEARCH_CONFIG = "finder_words"

READ_BY_EVERY_SEARCH = [
    "listing",
    "categories",
    "name",
    "facets",
    "checked_on",
    "missing_since",
    "is_closed",
    "is_disputed",
]
"""The index on position carries them, so that a search without needs does not touch the table."""


class ListingIndex(models.Model):
    """One row per published listing. A confidential address is here only as its county's centroid."""

    listing = models.OneToOneField(ServiceAtLocation, models.CASCADE, primary_key=True, related_name="index")
    categories = ArrayField(
        models.CharField(max_length=30, choices=CareCategory.choices), help_text=_("Of its service.")
    )
    name = models.CharField(max_length=500, help_text="Folded, for sorting.")
    state_province = models.CharField(max_length=2, blank=True, help_text=_("Two letters."))
    county = models.CharField(max_length=100, blank=True, help_text=_("Without the state."))
    position = CubeField(null=True, help_text=_("On the unit sphere."))
    is_online = models.BooleanField(default=False, help_text=_("Needs no way there."))
    yes = TermIdsField(help_text="Terms stated yes.")
    no = TermIdsField(help_text="Terms stated no.")
    facets = models.BigIntegerField(default=0, help_text="For the counts beside results: see FacetBits.")
    checked_on = models.DateField(null=True, help_text=_("The last confirmation, else the newest edition."))
    checked_method = models.CharField(
        max_length=12, choices=StatementMethod.choices, help_text=_("How it was checked.")
    )
    checked_source = models.SlugField(blank=True, db_index=False, help_text=_("Whose word that was."))
    timezone = models.CharField(max_length=50, blank=True, help_text=_("Of its clock: an IANA name."))
    occurrences = InstantsField(
        null=True, help_text="When it is open, admits or meets, from the last refresh to `times_until`."
    )
    starts = InstantsField(
        null=True,
        help_text="When one can begin: a meeting's first minute, or all of the time it is open or admits.",
    )
    times_until = models.DateTimeField(
        null=True, help_text="Where the two end; null where they need no refresh: no times, or always open."
    )
    missing_since = models.DateField(null=True, help_text="In no newest edition of any source since then.")
    is_closed = models.BooleanField(default=False, help_text="Its service is not active now.")
    is_disputed = models.BooleanField(
        default=False, help_text="People who called found something else, and nobody has looked yet."
    )
    freshness = models.JSONField(
        default=dict,
        help_text="By part: the day it was last checked, how, and by whom, for the page's sentences.",
    )
    disputed = ArrayField(
        models.CharField(max_length=12), default=list, help_text="The parts that are disputed."
    )
    available_until = models.DateTimeField(
        null=True, help_text="Until when it is known to have room; null when it is not known or has none."
    )
    words = models.TextField(help_text="Names and descriptions.")
    name_vector = models.GeneratedField(
        expression=SearchVector("name", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
        help_text=_("Made by the database from the name."),
    )
    words_vector = models.GeneratedField(
        expression=SearchVector("words", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
        help_text=_("Made by the database from the words."),
    )

    objects = ListingIndexQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "listing index"
        indexes = [
            GistIndex(fields=["position"], name="index_position", include=READ_BY_EVERY_SEARCH),
            GistIndex(
                fields=["position"],
                name="index_position_of_detox",
                condition=Q(categories__overlap=[CareCategory.WITHDRAWAL_MANAGEMENT.value]),
            ),
            GinIndex(fields=["yes"], name="index_yes"),
            GinIndex(fields=["words_vector"], name="index_words"),
            models.Index(fields=["state_province", "county"], name="index_county"),
            models.Index(fields=["name", "listing"], name="index_name"),
            models.Index(fields=["timezone"], name="index_timezone"),
            models.Index(fields=["listing"], condition=Q(is_online=True), name="index_online"),
            models.Index(
                F("checked_on").desc(),
                "name",
                "listing",
                condition=Q(missing_since__isnull=True, is_closed=False, is_disputed=False),
                name="index_lately_checked",
            ),
            models.Index(
                fields=["available_until"],
                condition=Q(available_until__isnull=False),
                name="index_available_until",
            ),
            models.Index(
                fields=["times_until"],
                condition=Q(times_until__isnull=False),
                name="index_times_until",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DirectoryWord(models.Model):
    """A word of the directory itself, to mend a misspelt search by."""

    word = models.CharField(max_length=60, primary_key=True)
    listings = models.PositiveIntegerField(help_text=_("In how many listings it stands."))

    objects = DirectoryWordQuerySet.as_manager()

    class Meta:
        ordering = ["word"]
        indexes = [GistIndex(OpClass(F("word"), name="gist_trgm_ops"), name="directory_word_trigrams")]

    def __str__(self) -> str:
        return self.word
