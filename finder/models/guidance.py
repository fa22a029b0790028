from django.contrib.postgres.fields import ArrayField
from django.db import models

from finder.models.history import tracked
from finder.models.vocabulary import in_reader_language


@tracked()
class CrisisLine(models.Model):
    """A line that answers now. `called_on` stays empty until one of us has called it."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    name_es = models.CharField(max_length=120, blank=True)
    description = models.CharField(max_length=400)
    description_es = models.CharField(max_length=400, blank=True)
    hours = models.CharField(max_length=120)
    hours_es = models.CharField(max_length=120, blank=True)
    languages = ArrayField(models.CharField(max_length=5))
    ways = models.JSONField(help_text="[{action, label, label_es, href}]")
    source_url = models.URLField(max_length=500, blank=True)
    called_on = models.DateField(null=True, blank=True)
    is_emergency = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

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
