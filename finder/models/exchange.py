"""Where listings come from: sources, the rows they gave us, and each import."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from finder.models.directory import ServiceAtLocation


class Source(models.Model):
    """A directory, feed or group of people; its licence and attribution are shown with what it says."""

    slug = models.SlugField(primary_key=True)
    name = models.CharField(max_length=160)
    name_es = models.CharField(max_length=160, blank=True)
    publisher = models.CharField(max_length=160, blank=True)
    url = models.URLField(max_length=500, blank=True)
    license_name = models.CharField(max_length=160, blank=True)
    license_url = models.URLField(max_length=500, blank=True)
    attribution = models.TextField(blank=True)
    attribution_es = models.TextField(blank=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class SourceRecord(models.Model):
    """One row (or rows of one key) of one source, and the listing that it made."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="records")
    key = models.TextField(help_text="Natural key: name1|name2|street1|ZIP, folded.")
    pairing_key = models.TextField(blank=True, help_text="street1|ZIP|phone, folded; blank without a phone.")
    listing = models.ForeignKey(ServiceAtLocation, models.CASCADE, related_name="source_records")
    edition = models.DateField(help_text="The newest edition that holds it.")
    content_hash = models.CharField(max_length=64)
    fields = models.JSONField(help_text="The listing's fields as this source states them.")
    unknown = ArrayField(models.CharField(max_length=250), default=list)
    rows = models.JSONField(help_text="The untouched source rows.")
    missing_since = models.DateField(
        null=True, blank=True, help_text="The first edition that no longer holds it."
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="source_record_key_once"),
            models.CheckConstraint(
                name="source_record_missing_after_its_edition",
                condition=Q(missing_since__isnull=True)
                | Q(missing_since__isnull=False, missing_since__gt=F("edition")),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class ImportRun(models.Model):
    """The record of one import; the only row that an unchanged file leaves."""

    format = models.CharField(max_length=30)
    file_name = models.CharField(max_length=250)
    file_hash = models.CharField(max_length=64)
    edition = models.DateField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    read = models.PositiveIntegerField()
    created = models.PositiveIntegerField()
    updated = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    merged = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    demo_removed = models.PositiveIntegerField(default=0)
    differences = models.PositiveIntegerField(default=0)
    rejects = models.JSONField(default=list)
    warnings = models.JSONField(default=list)

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_run_finished_after_it_started", condition=Q(finished_at__gte=F("started_at"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.edition})"
