"""What every page of the desk keeps to: nothing is deleted, history is shown, searches stay true."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import FORMFIELD_FOR_DBFIELD_DEFAULTS
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget, AdminURLFieldWidget
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Field, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from finder.actions.indexing import index_listings
from finder.actions.queueing import refresh_queue_items
from finder.admin.history import history_of
from finder.admin.history_entries import Kind
from finder.admin.one_at_a_time import OneAtATime
from finder.admin.typed import ModelAdmin, TabularInline
from finder.models import ServiceAtLocation
from finder.permissions import Person, covers_all, may_edit_listings

ENTRIES_A_PAGE = 200

WIDGETS: dict[type[Any], dict[str, Any]] = {
    **FORMFIELD_FOR_DBFIELD_DEFAULTS,
    models.URLField: {"widget": AdminURLFieldWidget, "assume_scheme": "https"},
    models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
}


def field_for_people(db_field: "Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    """The admin's own widgets, and a closed set of values as checkboxes instead of commas."""
    if isinstance(db_field, ArrayField) and db_field.base_field.choices:
        return forms.MultipleChoiceField(
            choices=db_field.base_field.choices,
            widget=forms.CheckboxSelectMultiple,
            required=not db_field.blank,
            help_text=db_field.help_text,
            label=kwargs.get("label", str(db_field.verbose_name).capitalize()),
        )
    if db_field.choices:
        return db_field.formfield(**kwargs)
    widget = next((WIDGETS[kind] for kind in type(db_field).mro() if kind in WIDGETS), {})
    return db_field.formfield(**(widget | kwargs))


class DeskAdmin(ModelAdmin):
    formfield_overrides = WIDGETS
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    save_on_top = False
    view_on_site = False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest | None, **kwargs: Any) -> Any:
        if isinstance(db_field, ArrayField) and db_field.base_field.choices:
            return field_for_people(db_field)
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[arg-type]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What was chosen once and is public stays: see `fixed_after_creation`."""
        fixed = getattr(self, "fixed_after_creation", ()) if obj else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        if context.get("original"):
            context |= {"title": str(context["original"]), "subtitle": None}
        return super().render_change_form(request, context, *args, **kwargs)

    def is_within_area(self, person: Person, row: Any) -> bool:
        """Of rows that no listing shows, everybody's."""
        return True

    def load(self, request: HttpRequest, object_id: str) -> Any:
        found = self.get_object(request, unquote(object_id))
        if found is None:
            raise Http404
        return found

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        found = self.load(request, object_id)
        if not self.has_view_or_change_permission(request, found):
            raise PermissionDenied
        kind = request.GET.get("kind", "")
        entries = history_of(found, viewer=request.user, kind=kind if kind in Kind.values else "")
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %(name)s") % {"name": found},
            "object": found,
            "opts": self.opts,
            "page": Paginator(entries, ENTRIES_A_PAGE).get_page(request.GET.get("page")),
            "kinds": Kind.choices,
            "kind": kind,
            "can_put_back": may_edit_listings(request.user) and self.is_within_area(request.user, found),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/row_history.html", context)


class ReadOnly:
    """Seen by whoever may view it; written by the site alone."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ReadOnlyInline(ReadOnly, TabularInline):
    extra = 0
    max_num = 0
    show_change_link = False


class Reindexing(OneAtATime, DeskAdmin):
    """Every listing that shows something of the saved row is indexed anew."""

    def listings_of(self, saved: Any) -> QuerySet[ServiceAtLocation]:
        raise NotImplementedError

    def is_within_area(self, person: Person, row: Any) -> bool:
        """Whoever may edit in some counties only edits nothing that is shown elsewhere too."""
        return covers_all(person, self.listings_of(row))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_allowed = super().has_change_permission(request, obj)
        return is_allowed and (obj is None or self.is_within_area(request.user, obj))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        reached = list(self.listings_of(form.instance).values_list("pk", flat=True))
        index_listings(reached)
        refresh_queue_items(listing_ids=reached, now=timezone.now())
