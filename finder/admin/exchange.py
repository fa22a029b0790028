"""Where listings come from: imports and what they left to decide, rows and statements."""

import json
from typing import Any, ClassVar

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from finder.admin.base import DeskAdmin, ReadOnly
from finder.admin.shown import bullets, field_words, folded_rows, listing_link, table, terms_in_words
from finder.admin.site import desk
from finder.admin.taking_back import TakingBack, words_of
from finder.models import ChangeRequest, ImportRun, SourceRecord, Statement

QUESTIONS_SHOWN = 50


@admin.register(ImportRun, site=desk)
class ImportRunAdmin(TakingBack, ReadOnly, DeskAdmin):
    list_display = (
        "number",
        "file_name",
        "source",
        "edition",
        "started_at",
        "person",
        "read",
        "created",
        "updated",
        "unchanged",
        "merged",
        "rejected",
        "missing",
        "differences",
        "taken_back",
    )
    list_display_links = ("number", "file_name")
    list_filter = ("format", "source", "is_whole", "edition")
    list_select_related = ("by", "reverted_by", "source")
    search_fields = ("file_name", "file_hash")
    date_hierarchy = "started_at"
    fieldsets: ClassVar[Any] = (
        (_("The file"), {"fields": ("file_name", "format", "source", "edition", "is_whole", "file_hash")}),
        (_("The import"), {"fields": ("number", "person", "started_at", "finished_at", "counts")}),
        (_("Taken back"), {"fields": ("taken_back", "stayed")}),
        (_("Left to decide"), {"fields": ("differences_words", "questions")}),
        (_("Rows that could not be read"), {"fields": ("rejects_table",)}),
        (_("What the reader noticed"), {"fields": ("warnings_words",)}),
    )

    @admin.display(description=_("number"), ordering="pk")
    def number(self, run: ImportRun) -> int:
        return run.pk

    @admin.display(description=_("taken back"), ordering="reverted_at")
    def taken_back(self, run: ImportRun) -> str:
        return words_of(run)

    @admin.display(description=_("what stayed"))
    def stayed(self, run: ImportRun) -> Any:
        return bullets(run.reverted_words) if run.reverted_words else "–"

    @admin.display(description=_("by"))
    def person(self, run: ImportRun) -> str:
        return str(run.by or _("command line"))

    @admin.display(description=_("rows and listings"))
    def counts(self, run: ImportRun) -> SafeString:
        names = ("read", "created", "updated", "unchanged", "merged", "rejected", "missing", "demo_removed")
        fields = {field.name: field for field in run._meta.concrete_fields}
        rows = [
            (fields[name].verbose_name, f"{getattr(run, name):,}", fields[name].help_text) for name in names
        ]
        return table((_("What"), _("How many"), _("Meaning")), rows)

    @admin.display(description=_("fields left as a person wrote them"))
    def differences_words(self, run: ImportRun) -> Any:
        query = urlencode({"proposed_at__exact": run.started_at.isoformat()})
        url = f"{reverse('admin:finder_changerequest_changelist')}?{query}"
        if not run.differences:
            return _("None")
        total, by_rule = f"{run.differences:,}", reverse("admin:questions_by_rule")
        return format_html(
            '<a href="{}">{}</a> · <a href="{}">{}</a>', url, total, by_rule, _("answer by rule")
        )

    @admin.display(description=_("questions from this import"))
    def questions(self, run: ImportRun) -> Any:
        found = ChangeRequest.objects.filter(proposed_at=run.started_at).select_related("listing__service")
        rows = [
            (
                format_html(
                    '<a href="{}">{}</a>',
                    reverse("admin:finder_changerequest_change", args=[one.pk]),
                    one.listing,
                ),
                field_words(one.field),
                one.get_status_display(),
            )
            for one in found[:QUESTIONS_SHOWN]
        ]
        return table((_("Listing"), _("Field"), _("Status")), rows) if rows else _("None")

    @admin.display(description=_("rejects"))
    def rejects_table(self, run: ImportRun) -> Any:
        if not run.rejects:
            return _("Every row was read.")
        rows = [
            (
                reject.get("row_number", ""),
                reject.get("reason", ""),
                json.dumps(reject.get("row") or {}, ensure_ascii=False),
            )
            for reject in run.rejects
        ]
        return table((_("Row"), _("Reason"), _("What it said")), rows)

    @admin.display(description=_("warnings"))
    def warnings_words(self, run: ImportRun) -> Any:
        return bullets(run.warnings) if run.warnings else _("Nothing")


@admin.register(SourceRecord, site=desk)
class SourceRecordAdmin(ReadOnly, DeskAdmin):
    list_display = ("listing", "source", "edition", "missing_since", "key")
    list_filter = ("source", "edition", ("missing_since", admin.EmptyFieldListFilter))
    list_select_related = ("listing__service", "source")
    search_fields = ("key",)
    search_help_text = _("Part of the natural key: name, street or ZIP code")
    fields = (
        "listing_page",
        "source",
        "key",
        "edition",
        "missing_since",
        "untouched_rows",
        "unknown",
        "content_hash",
    )

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).defer("rows", "fields")

    @admin.display(description=_("listing"))
    def listing_page(self, record: SourceRecord) -> SafeString:
        return listing_link(record.listing)

    @admin.display(description=_("its rows, untouched"))
    def untouched_rows(self, record: SourceRecord) -> SafeString:
        return folded_rows(record.rows)


@admin.register(Statement, site=desk)
class StatementAdmin(ReadOnly, DeskAdmin):
    list_display = ("listing", "source", "method", "stated_on", "stated_by", "yes_count", "no_count")
    list_filter = ("method", "source")
    list_select_related = ("listing__service", "source", "stated_by")
    search_fields = ("listing__service__name",)
    search_help_text = _("Name of a listing")
    date_hierarchy = "stated_on"
    fields = (
        "listing_page",
        "source",
        "method",
        "stated_on",
        "stated_by",
        "recorded_at",
        "said_yes",
        "said_no",
    )

    @admin.display(description=_("listing"))
    def listing_page(self, statement: Statement) -> SafeString:
        return listing_link(statement.listing)

    @admin.display(description=_("yes"))
    def yes_count(self, statement: Statement) -> int:
        return len(statement.affirmed)

    @admin.display(description=_("no"))
    def no_count(self, statement: Statement) -> int:
        return len(statement.denied)

    @admin.display(description=_("yes to"))
    def said_yes(self, statement: Statement) -> str:
        return terms_in_words(statement.affirmed)

    @admin.display(description=_("no to"))
    def said_no(self, statement: Statement) -> str:
        return terms_in_words(statement.denied)
