"""Where listings come from: sources, the rows they gave us, and each import."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from finder.enums import Fellowship
from finder.models.directory import ServiceAtLocation
from finder.models.source_queries import SourceQuerySet

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Source(models.Model):
    """A directory, feed or group of people; its licence and attribution are shown with what it says."""

    slug = models.SlugField(primary_key=True)
    name = models.CharField(max_length=160, help_text=_("As readers see it, in English."))
    name_es = models.CharField(max_length=160, blank=True, help_text=_("As readers see it, in Spanish."))
    publisher = models.CharField(max_length=160, blank=True, help_text=_("Who publishes it."))
    url = models.URLField(max_length=500, blank=True, help_text=_("Where anyone can look it up."))
    license_name = models.CharField(
        max_length=160, blank=True, help_text=_("Under what terms we may show it.")
    )
    license_url = models.URLField(max_length=500, blank=True, help_text=_("Where these terms are written."))
    attribution = models.TextField(blank=True, help_text=_("The sentence shown with what it says."))
    attribution_es = models.TextField(blank=True, help_text=_("The same sentence in Spanish."))
    format = models.CharField(
        max_length=30, blank=True, help_text=_("Which reader reads its feed; empty for what is no feed.")
    )
    fellowship = models.CharField(
        max_length=20,
        blank=True,
        choices=Fellowship.choices,
        help_text=_("Whose meeting codes the feed speaks."),
    )
    feed_url = models.URLField(max_length=500, blank=True, help_text=_("Where the feed is fetched from."))
    refresh_hours = models.PositiveSmallIntegerField(
        default=24, help_text=_("How long to wait before the feed is fetched again.")
    )
    stale_after_days = models.PositiveSmallIntegerField(
        default=14, help_text=_("Without a fetch for so long, its meetings say that they may be out of date.")
    )
    timezone = models.CharField(
        max_length=50, blank=True, help_text=_("Of meetings that name none and have no place: an IANA name.")
    )
    feedback_url = models.URLField(
        max_length=500, blank=True, help_text=_("Where this source wants to hear of mistakes.")
    )
    feedback_email = models.EmailField(
        blank=True, help_text=_("The same as an address; of an office, never of a person.")
    )
    opted_out_at = models.DateTimeField(
        null=True, blank=True, help_text=_("Since when it asked not to be listed; its feed is then not read.")
    )

    objects = SourceQuerySet.as_manager()

    if TYPE_CHECKING:
        records: "RelatedManager[SourceRecord]"
        import_runs: "RelatedManager[ImportRun]"

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="source_feed_says_how_to_read_it", condition=Q(feed_url="") | ~Q(format="")
            )
        ]

    def __str__(self) -> str:
        return self.name


class SourceRecord(models.Model):
    """One row (or rows of one key) of one source, and the listing that it made."""

    source = models.ForeignKey(
        Source, models.PROTECT, related_name="records", help_text=_("Who gave us the row.")
    )
    key = models.TextField(help_text="Natural key: name1|name2|street1|ZIP, folded.")
    pairing_key = models.TextField(blank=True, help_text="street1|ZIP|phone, folded; blank without a phone.")
    listing = models.ForeignKey(
        ServiceAtLocation,
        models.CASCADE,
        related_name="source_records",
        help_text=_("The listing that it made."),
    )
    edition = models.DateField(help_text="The newest edition that holds it.")
    content_hash = models.CharField(
        max_length=64, help_text=_("Equal when the row says the same as last time.")
    )
    fields = models.JSONField(help_text="The listing's fields as this source states them.")
    unknown = ArrayField(
        models.CharField(max_length=250),
        default=list,
        help_text=_("What it says that our vocabulary has no term for."),
    )
    rows = models.JSONField(help_text="The untouched source rows.")
    missing_since = models.DateField(
        null=True, blank=True, help_text="The first edition that no longer holds it."
    )
    created_in = models.ForeignKey(
        "ImportRun",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="created_records",
        help_text=_("The import that first read it."),
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

    format = models.CharField(max_length=30, help_text=_("Which reader read it."))
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="import_runs",
        help_text=_("Whose feed it was; empty for a file that holds several directories."),
    )
    is_whole = models.BooleanField(
        default=True, help_text=_("Off for a part: what it left out was not missing.")
    )
    file_name = models.CharField(max_length=250, help_text=_("The file, without its folder."))
    file_hash = models.CharField(
        max_length=64, help_text=_("SHA-256 of the file: the same file has the same.")
    )
    edition = models.DateField(help_text=_("The date that the directory gives itself."))
    started_at = models.DateTimeField(help_text=_("When the import began."))
    finished_at = models.DateTimeField(help_text=_("When it was done."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who ran it; empty for the command line."),
    )
    read = models.PositiveIntegerField(help_text=_("Rows in the file."))
    created = models.PositiveIntegerField(help_text=_("New listings."))
    updated = models.PositiveIntegerField(help_text=_("Listings of which a source says something new."))
    unchanged = models.PositiveIntegerField(help_text=_("Listings that say what they said."))
    rejected = models.PositiveIntegerField(
        help_text=_("Rows that could not be read; each is below with its reason.")
    )
    merged = models.PositiveIntegerField(help_text=_("Rows that tell of a listing another row made."))
    missing = models.PositiveIntegerField(help_text=_("Listings that the file no longer holds."))
    demo_removed = models.PositiveIntegerField(
        default=0, help_text=_("Made-up listings that gave way to real ones.")
    )
    differences = models.PositiveIntegerField(
        default=0, help_text=_("Fields left as a person wrote them, though the file says otherwise.")
    )
    rejects = models.JSONField(default=list, help_text=_("Row and reason."))
    warnings = models.JSONField(default=list, help_text=_("What the reader noticed in the file as a whole."))
    reverted_at = models.DateTimeField(null=True, blank=True, help_text=_("When it was taken back."))
    reverted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who took it back; empty for the command line."),
    )
    reverted_words = models.JSONField(
        default=list, blank=True, help_text=_("What could not be taken back, and why.")
    )

    class Meta:
        ordering = ["-started_at", "-pk"]
        permissions = [("revert_importrun", "Can take back an import")]
        constraints = [
            models.CheckConstraint(
                name="import_run_reverted_by_someone_at_some_time",
                condition=Q(reverted_at__isnull=False) | Q(reverted_by__isnull=True),
            ),
            models.CheckConstraint(
                name="import_run_finished_after_it_started", condition=Q(finished_at__gte=F("started_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.edition})"


class RecordBefore(models.Model):
    """What a record said before an import changed it, so that the import can be taken back."""

    run = models.ForeignKey(
        ImportRun, models.CASCADE, related_name="changed_records", help_text=_("Which import.")
    )
    record = models.ForeignKey(
        SourceRecord, models.CASCADE, related_name="earlier", help_text=_("Which record.")
    )
    before = models.JSONField(help_text=_("Its columns by name."))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "record"], name="record_before_once_per_run"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.record_id}"
