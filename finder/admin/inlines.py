"""What hangs on a listing, a service or a location, edited or shown on its page."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from finder.admin.base import ReadOnlyInline
from finder.admin.shown import folded_rows, terms_in_words
from finder.admin.typed import InlineFormSet, ModelForm, TabularInline
from finder.models import Phone, SourceRecord, Statement
from finder.text import read_phone


class PhoneForm(ModelForm):
    """The number is typed as people write it; what machines dial follows from it."""

    class Meta:
        model = Phone
        fields: tuple[str, ...] = ()  # each admin names them

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        raw = self.cleaned_data.get("number", "")
        phone = read_phone(raw)
        if raw and phone is None:
            self.add_error("number", str(_("Nobody could call this number.")))
        elif phone:
            self.cleaned_data["number"] = phone.number
            self.cleaned_data["extension"] = self.cleaned_data.get("extension") or phone.extension
            self.instance.number_e164 = phone.number_e164
        return cleaned


class LabelledRows(InlineFormSet):
    """In a row of a table no label stands beside a field."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            field.widget.attrs.setdefault("aria-label", str(field.label))


class PhoneInline(TabularInline):
    model = Phone
    form = PhoneForm
    formset = LabelledRows
    extra = 0
    fields = ("number", "extension", "phone_type", "description", "position")
    verbose_name = _("phone")


class StatementInline(ReadOnlyInline):
    """Append-only: a newer statement answers an older one, and both stay."""

    model = Statement
    verbose_name_plural = _("who said what, and when (never edited: state it anew)")
    fields = ("stated_on", "source", "method", "stated_by", "said_yes", "said_no")
    readonly_fields = ("said_yes", "said_no")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("source", "stated_by")

    @admin.display(description=_("yes"))
    def said_yes(self, statement: Statement) -> str:
        return terms_in_words(statement.affirmed)

    @admin.display(description=_("no"))
    def said_no(self, statement: Statement) -> str:
        return terms_in_words(statement.denied)


class SourceRecordInline(ReadOnlyInline):
    model = SourceRecord
    verbose_name_plural = _("rows of the sources it came from")
    fields = ("source", "edition", "missing_since", "untouched_rows")
    readonly_fields = ("untouched_rows",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("source")

    @admin.display(description=_("what it says"))
    def untouched_rows(self, record: SourceRecord) -> SafeString:
        return folded_rows(record.rows)
