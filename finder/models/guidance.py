from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

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
