"""The safety texts as people edit them: rows with labels, and nothing saved that must not be shown."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from finder.admin.rows import Column, RowsField
from finder.admin.typed import ModelForm
from finder.filters import SearchFilterSet
from finder.models import Guidance
from finder.wording import faults

KEY = re.compile(r"[a-z0-9-]+")
READ_BY_PEOPLE = ("title", "summary", "routed")
ROWS_READ_BY_PEOPLE = ("core", "sections", "claims", "related")
IN_BOTH_LANGUAGES = (
    Column("text", _("English"), is_long=True),
    Column("text_es", _("Spanish"), is_long=True),
)


class GuidanceForm(ModelForm):
    core = RowsField(*IN_BOTH_LANGUAGES, label=_("Core: never dropped"))
    sections = RowsField(
        Column("key", _("Key")),
        Column("title", _("Heading")),
        Column("title_es", _("Heading in Spanish")),
        Column("text", _("English"), is_long=True, is_required=False),
        Column("text_es", _("Spanish"), is_long=True, is_required=False),
        required=False,
        help_text=_(
            "Common ground that needs no source. - begins a line of a list; [words](/address/) links."
        ),
    )
    claims = RowsField(
        Column("section", _("Under which key")),
        *IN_BOTH_LANGUAGES,
        Column("sources", _("Keys of its sources"), is_list=True),
        required=False,
        help_text=_("Facts. They are left out while the text is overdue."),
    )
    sources = RowsField(
        Column("key", _("Key")),
        Column("title", _("Title")),
        Column("url", _("Address"), is_required=False),
        Column("publisher", _("Publisher")),
        Column("publisher_es", _("Publisher in Spanish")),
        Column("dated", _("Its date")),
        Column("dated_es", _("Its date in Spanish")),
        Column("note", _("What could not be checked"), is_required=False),
        Column("note_es", _("The same in Spanish"), is_required=False),
        required=False,
    )
    related = RowsField(
        Column("label", _("Label")),
        Column("label_es", _("Label in Spanish")),
        Column("query", _("Search: need=methadone&near=online")),
        required=False,
    )

    class Meta:
        model = Guidance
        fields: tuple[str, ...] = ()  # the admin names them

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for field, fault in (*self.said_wrongly(), *self.lost()):
            if field in self.fields and field not in self.errors:
                self.add_error(field, fault)
        if any(cleaned.get(name) for name in ("triggers", "triggers_es")) and not (
            cleaned.get("routed") and cleaned.get("routed_es")
        ):
            self.add_error(
                None, _("Words that call for this text need the words to show, in both languages.")
            )
        return cleaned

    def said_wrongly(self) -> Iterator[tuple[str, Any]]:
        for name in READ_BY_PEOPLE:
            for field in (name, f"{name}_es"):
                if found := faults(str(self.cleaned_data.get(field) or "")):
                    yield field, found
        for field in ROWS_READ_BY_PEOPLE:
            said = "\n".join(str(cell) for row in self.rows(field) for cell in row.values())
            if found := faults(said):
                yield field, found

    def lost(self) -> Iterator[tuple[str, Any]]:
        """What leads nowhere: a claim to no section or source, a key twice, a search that fails."""
        keys = {field: [row["key"] for row in self.rows(field)] for field in ("sections", "sources")}
        for field, found in keys.items():
            if unfit(found):
                yield field, forms.ValidationError(_("Keys are a-z, 0-9 and -, each once."))
        for claim in self.rows("claims"):
            if claim["section"] not in keys["sections"] or not set(claim["sources"]) <= set(keys["sources"]):
                yield (
                    "claims",
                    forms.ValidationError(_("Each claim names a section and sources of this text.")),
                )
        for source in self.rows("sources"):
            if source["url"] and not source["url"].startswith("https://"):
                yield "sources", forms.ValidationError(_("An address of a source begins with https://."))
        for search in self.rows("related"):
            if not SearchFilterSet(data=QueryDict(search["query"])).is_valid():
                yield (
                    "related",
                    forms.ValidationError(_("This is no search that we know: %s") % search["query"]),
                )

    def rows(self, field: str) -> list[dict[str, Any]]:
        return self.cleaned_data.get(field) or []


def unfit(keys: Collection[str]) -> bool:
    return any(count > 1 for count in Counter(keys).values()) or not all(map(KEY.fullmatch, keys))
