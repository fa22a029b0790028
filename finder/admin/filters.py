from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from finder.enums import CareCategory, ReviewStatus
from finder.geography.states import STATE_NAMES

Rows = QuerySet[Any]


class CategoryFilter(admin.SimpleListFilter):
    title = _("category")
    parameter_name = "category"
    path = "categories__contains"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(CareCategory.choices)

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        value = self.value()
        return queryset.filter(**{self.path: [value]}) if value else queryset


class ListingCategoryFilter(CategoryFilter):
    path = "service__categories__contains"


class MissingFilter(admin.SimpleListFilter):
    title = _("missing in its directory")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Missing")), ("no", _("Still there"))]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        if self.value() not in {"yes", "no"}:
            return queryset
        return queryset.filter(index__missing_since__isnull=self.value() == "no")


class QuestionsFilter(admin.SimpleListFilter):
    title = _("open questions")
    parameter_name = "questions"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Has some"))]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        if self.value() != "yes":
            return queryset
        return queryset.filter(change_requests__status=ReviewStatus.PROPOSED).distinct()


class StateFilter(admin.SimpleListFilter):
    """Every state by name; asking the table which there are would read it all."""

    title = _("state")
    parameter_name = "state"
    path = "state_province"
    template = "admin/filter_choice.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return sorted(STATE_NAMES.items(), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        return queryset.filter(**{self.path: self.value()}) if self.value() else queryset


class ListingStateFilter(StateFilter):
    path = "location__state_province"
