from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from finder.enums import CareCategory, FactGroup
from finder.models.history import tracked


def in_reader_language(english: str, spanish: str) -> str:
    return spanish if spanish and (get_language() or "").startswith("es") else english


@tracked()
class Taxonomy(models.Model):
    """HSDS `taxonomy`: one question, such as how care is paid for."""

    slug = models.SlugField(primary_key=True)
    name = models.CharField(max_length=80, help_text=_("The question in English."))
    name_es = models.CharField(max_length=80, blank=True, help_text=_("The question in Spanish."))
    categories = ArrayField(
        models.CharField(max_length=30, choices=CareCategory.choices),
        help_text=_("A need of this taxonomy constrains only listings in one of these categories."),
    )
    group = models.CharField(
        max_length=20,
        choices=FactGroup.choices,
        default=FactGroup.ABOUT,
        help_text=_("Under which heading of the listing page it is shown."),
    )
    position = models.PositiveSmallIntegerField(default=0, help_text=_("Lower numbers come first."))

    class Meta:
        ordering = ["position", "slug"]
        verbose_name_plural = "taxonomies"

    def __str__(self) -> str:
        return in_reader_language(self.name, self.name_es)


class TaxonomyTermQuerySet(models.QuerySet["TaxonomyTerm"]):
    def in_order(self) -> "TaxonomyTermQuerySet":
        return self.select_related("taxonomy").order_by("taxonomy__position", "taxonomy_id", "position", "pk")

    def fed_by(self, code_system: str) -> "TaxonomyTermQuerySet":
        return self.filter(source_codes__has_key=code_system)


@tracked()
class TaxonomyTerm(models.Model):
    """HSDS `taxonomy_term`: one answer, such as Medicaid. Its slug is public and never changes."""

    id = models.PositiveIntegerField(primary_key=True)
    taxonomy = models.ForeignKey(
        Taxonomy, models.PROTECT, related_name="terms", help_text=_("The question that it answers.")
    )
    slug = models.CharField(
        max_length=60, unique=True, help_text=_("In addresses and in the API: it never changes.")
    )
    name = models.CharField(max_length=80, help_text=_("What readers see, in English."))
    name_es = models.CharField(max_length=80, blank=True, help_text=_("What readers see, in Spanish."))
    explanation = models.CharField(
        max_length=250, blank=True, help_text=_("One sentence for those who do not know the word.")
    )
    explanation_es = models.CharField(
        max_length=250, blank=True, help_text=_("The same sentence in Spanish.")
    )
    question = models.CharField(
        max_length=160, blank=True, help_text=_("What to ask on the phone when it is not stated.")
    )
    question_es = models.CharField(max_length=160, blank=True, help_text=_("The same question in Spanish."))
    synonyms = ArrayField(
        models.CharField(max_length=60),
        default=list,
        blank=True,
        help_text=_("Other words that people type for it, separated by commas."),
    )
    is_offered = models.BooleanField(
        default=True, help_text=_("Offered as a need; otherwise only shown on the listing.")
    )
    is_facet = models.BooleanField(
        default=False, help_text=_("Counted beside the results; 40 at most in all.")
    )
    position = models.PositiveSmallIntegerField(default=0, help_text=_("Lower numbers come first."))
    source_codes = models.JSONField(
        default=dict, blank=True, help_text=_('The codes of each source that mean it: {"samhsa": ["MD"]}.')
    )

    objects = TaxonomyTermQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return in_reader_language(self.name, self.name_es)

    @property
    def explained(self) -> str:
        return in_reader_language(self.explanation, self.explanation_es)

    @property
    def asked(self) -> str:
        return in_reader_language(self.question, self.question_es)
