from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from finder.enums import CareCategory, StatementMethod
from finder.models.directory import ServiceAtLocation
from finder.models.exchange import ImportRun, Source
from finder.models.terms_field import TermIdsField


class StatementQuerySet(models.QuerySet["Statement"]):
    def newest_first(self) -> "StatementQuerySet":
        return self.order_by("-stated_on", "-pk")


class Statement(models.Model):
    """What one source said about one listing on one date. Append-only.

    A term in neither array is not stated, which is never the same as no.
    """

    listing = models.ForeignKey(
        ServiceAtLocation,
        models.CASCADE,
        related_name="statements",
        help_text=_("Of which listing it was said."),
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="statements", help_text=_("Who said it."))
    method = models.CharField(
        max_length=12, choices=StatementMethod.choices, help_text=_("How it came to us.")
    )
    stated_on = models.DateField(help_text="The edition's date, or the day of the call.")
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who of us found out; empty for imports."),
    )
    recorded_at = models.DateTimeField(help_text=_("When it was written down."))
    import_run = models.ForeignKey(
        ImportRun,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="statements",
        help_text=_("Which import wrote it."),
    )
    categories = ArrayField(
        models.CharField(max_length=30, choices=CareCategory.choices),
        default=list,
        blank=True,
        help_text=_("Kinds of help named by it."),
    )
    affirmed = TermIdsField(default=list, blank=True, help_text=_("Terms it says yes to."))
    denied = TermIdsField(default=list, blank=True, help_text=_("Terms it says no to."))

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["-stated_on", "-pk"]
        indexes = [
            models.Index(fields=["listing", "source", "-stated_on"], name="statement_newest"),
            BrinIndex(fields=["recorded_at"], name="statement_recorded", autosummarize=True),
        ]
        constraints = [
            models.CheckConstraint(
                name="statement_not_both_yes_and_no", condition=~Q(affirmed__overlap=F("denied"))
            ),
            models.CheckConstraint(
                name="statement_import_names_no_person",
                condition=~Q(method=StatementMethod.IMPORT) | Q(stated_by__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}, {self.stated_on}"
