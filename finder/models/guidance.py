from datetime import date
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from finder.enums import ReviewerRole
from finder.models.history import tracked
from finder.models.vocabulary import in_reader_language


@tracked()
class CrisisLine(models.Model):
    """A line that answers now. `called_on` stays empty until one of us has called it."""

    slug = models.SlugField(unique=True, help_text=_("Short name for machines: it never changes."))
    name = models.CharField(max_length=120, help_text=_("As the line calls itself."))
    name_es = models.CharField(max_length=120, blank=True, help_text=_("Its name in Spanish."))
    description = models.CharField(max_length=400, help_text=_("Whom it helps, in one sentence."))
    description_es = models.CharField(
        max_length=400, blank=True, help_text=_("The same sentence in Spanish.")
    )
    hours = models.CharField(max_length=120, help_text=_("When someone answers."))
    hours_es = models.CharField(max_length=120, blank=True, help_text=_("The same in Spanish."))
    languages = ArrayField(models.CharField(max_length=5), help_text=_("Codes, separated by commas: en,es."))
    ways = models.JSONField(help_text="[{action, label, label_es, href}]")
    source_url = models.URLField(
        max_length=500, blank=True, help_text=_("Where the line itself says all this.")
    )
    called_on = models.DateField(
        null=True, blank=True, help_text=_("When one of us last called it; empty until someone has.")
    )
    is_emergency = models.BooleanField(
        default=False, help_text=_("For danger to life now: shown before all others.")
    )
    position = models.PositiveSmallIntegerField(default=0, help_text=_("Lower numbers come first."))

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return in_reader_language(self.name, self.name_es)

    @property
    def described(self) -> str:
        return in_reader_language(self.description, self.description_es)

    @property
    def open_hours(self) -> str:
        return in_reader_language(self.hours, self.hours_es)

    @property
    def links(self) -> list[dict[str, str]]:
        return [
            {"href": way["href"], "label": in_reader_language(way["label"], way.get("label_es", ""))}
            for way in self.ways
        ]


class GuidanceQuerySet(models.QuerySet["Guidance"]):
    def shown(self) -> Self:
        return self.filter(is_shown=True)

    def to_route(self) -> Self:
        """What words may call for, the most pressing first, without the pages themselves."""
        said = self.shown().exclude(routed="").order_by("position", "pk")
        return said.only("slug", "title", "title_es", "routed", "routed_es", "triggers", "triggers_es")

    def overdue(self, today: date) -> Self:
        return self.filter(review_due_on__lt=today)

    def get_by_natural_key(self, slug: str) -> "Guidance":
        return self.get(slug=slug)


@tracked()
class Guidance(models.Model):
    """A safety text. When it is overdue its claims go; its core stays as long as the text is shown."""

    slug = models.SlugField(unique=True, help_text=_("In its address: it never changes."))
    title = models.CharField(max_length=80, help_text=_("The title in English."))
    title_es = models.CharField(max_length=80, help_text=_("The title in Spanish."))
    summary = models.CharField(max_length=300, help_text=_("One or two sentences under the title."))
    summary_es = models.CharField(max_length=300, help_text=_("The same in Spanish."))
    core = models.JSONField(
        help_text=_("Never dropped: lines to call, 911 signs, do not stop suddenly, naloxone, tolerance.")
    )
    sections = models.JSONField(
        default=list,
        blank=True,
        help_text=_(
            "Common ground that needs no source. Markdown: - for a list, **bold**, [words](/address/)."
        ),
    )
    claims = models.JSONField(
        default=list,
        blank=True,
        help_text=_("Facts with the keys of their sources; left out while the text is overdue."),
    )
    sources = models.JSONField(
        default=list, blank=True, help_text=_("Where the claims come from, and what could not be checked.")
    )
    related = models.JSONField(
        default=list, blank=True, help_text=_("Searches that follow: need=methadone&near=online.")
    )
    triggers = ArrayField(
        models.CharField(max_length=60),
        default=list,
        blank=True,
        help_text=_("Words that bring this text above a search: English, with common misspellings."),
    )
    triggers_es = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, help_text=_("The same in Spanish.")
    )
    routed = models.CharField(
        max_length=500, blank=True, help_text=_("What is then shown: core only, no claim that can lapse.")
    )
    routed_es = models.CharField(max_length=500, blank=True, help_text=_("The same in Spanish."))
    position = models.PositiveSmallIntegerField(default=0, help_text=_("Lower numbers come first."))
    written_on = models.DateField(help_text=_("When this wording was written."))
    sources_checked_on = models.DateField(
        null=True, blank=True, help_text=_("When one of us last opened each source; empty until someone has.")
    )
    reviewed_on = models.DateField(
        null=True, blank=True, help_text=_("When someone of a named role reviewed it; empty until then.")
    )
    reviewed_by_role = models.CharField(
        max_length=20,
        blank=True,
        choices=ReviewerRole.choices,
        help_text=_("The role of who reviewed it, never a name."),
    )
    review_due_on = models.DateField(help_text=_("After this day the claims are left out."))
    is_shown = models.BooleanField(default=True, help_text=_("Off: the text is taken down."))
    taken_down_reason = models.CharField(max_length=250, blank=True, help_text=_("Why it was taken down."))
    taken_down_at = models.DateTimeField(null=True, blank=True, help_text=_("When it was taken down."))
    taken_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who took it down."),
    )
    shipped_digest = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text=_(
            "Of the wording that came with the site: a text that still equals it is updated with it."
        ),
    )

    objects = GuidanceQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("guidance text")
        verbose_name_plural = _("guidance texts")
        permissions = [
            ("take_down_guidance", "Can take a guidance text down"),
            ("review_guidance", "Can record that a guidance text was reviewed"),
        ]
        constraints = [
            models.CheckConstraint(name="guidance_has_a_core", condition=~Q(core=[]) & ~Q(core={})),
            models.CheckConstraint(
                name="guidance_reviewed_by_a_role",
                condition=Q(reviewed_on__isnull=True, reviewed_by_role="")
                | Q(reviewed_on__isnull=False, reviewed_by_role__in=ReviewerRole.values),
            ),
            models.CheckConstraint(
                name="guidance_taken_down_by_someone",
                condition=Q(
                    is_shown=True,
                    taken_down_reason="",
                    taken_down_at__isnull=True,
                    taken_down_by__isnull=True,
                )
                | Q(is_shown=False, taken_down_at__isnull=False, taken_down_by__isnull=False)
                & ~Q(taken_down_reason=""),
            ),
            models.CheckConstraint(
                name="guidance_triggers_have_words",
                condition=Q(triggers=[], triggers_es=[]) | ~Q(routed="") & ~Q(routed_es=""),
            ),
        ]

    def __str__(self) -> str:
        return in_reader_language(self.title, self.title_es)

    def get_absolute_url(self) -> str:
        return reverse("guidance", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    @property
    def summarized(self) -> str:
        return in_reader_language(self.summary, self.summary_es)

    @property
    def routed_text(self) -> str:
        return in_reader_language(self.routed, self.routed_es)

    def is_overdue(self, today: date) -> bool:
        return self.review_due_on < today

    def claims_on(self, today: date) -> list[dict[str, Any]]:
        """Those that may still be shown."""
        return [] if self.is_overdue(today) else list(self.claims)
