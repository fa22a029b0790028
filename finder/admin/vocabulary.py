from typing import Any, ClassVar

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from finder.admin.base import DeskAdmin
from finder.admin.shown import category_tags
from finder.admin.site import desk
from finder.models import Taxonomy, TaxonomyTerm


@admin.register(Taxonomy, site=desk)
class TaxonomyAdmin(DeskAdmin):
    list_display = ("name", "slug", "group", "category_words", "position")
    list_filter = ("group",)
    search_fields = ("name", "name_es", "slug")
    fixed_after_creation = ("slug",)

    @admin.display(description=_("categories"))
    def category_words(self, taxonomy: Taxonomy) -> SafeString:
        return category_tags(taxonomy.categories)


@admin.register(TaxonomyTerm, site=desk)
class TaxonomyTermAdmin(DeskAdmin):
    """Slugs and ids are in addresses, in the API and in every statement: chosen once, they stay."""

    list_display = ("name", "name_es", "taxonomy", "slug", "is_offered", "is_facet", "position")
    list_filter = ("taxonomy", "is_offered", "is_facet")
    list_select_related = ("taxonomy",)
    search_fields = ("name", "name_es", "slug", "synonyms")
    search_help_text = _("Name in English or Spanish, slug or synonym")
    autocomplete_fields = ("taxonomy",)
    fixed_after_creation = ("id", "slug", "taxonomy")
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("id", "taxonomy", "slug")}),
        (_("In English"), {"fields": ("name", "explanation", "question", "synonyms")}),
        (_("In Spanish"), {"fields": ("name_es", "explanation_es", "question_es")}),
        (_("Where it shows"), {"fields": ("is_offered", "is_facet", "position")}),
        (_("For machines"), {"fields": ("source_codes",)}),
    )
