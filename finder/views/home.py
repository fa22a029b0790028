from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from finder.enums import CareCategory
from finder.search.vocabulary import current_vocabulary
from finder.views.plan_form import plan_form

CATEGORY_CHOICES = (
    ("", _("Help me see it all")),
    (CareCategory.WITHDRAWAL_MANAGEMENT, CareCategory.WITHDRAWAL_MANAGEMENT.label),
    (CareCategory.BEHAVIORAL_HEALTH, _("Treatment or counseling")),
    (CareCategory.SUPPORT_GROUP, CareCategory.SUPPORT_GROUP.label),
)

SHORT_NAMES = {
    "medicaid": _("Medicaid"),
    "sliding_scale": _("Pay what I can"),
    "free": _("Free"),
    "pregnant": _("Pregnant"),
    "children": _("Under 18"),
    "spanish": _("Spanish"),
    "telehealth": _("By video or phone"),
    "veterans": _("Veteran"),
}
"""The needs asked most, in a person's own words; the vocabulary's names are longer and exact."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    known = current_vocabulary().by_slug
    return render(
        request,
        "home.html",
        {
            "form": plan_form(QueryDict()),
            "categories": CATEGORY_CHOICES,
            "needs": [(slug, name) for slug, name in SHORT_NAMES.items() if slug in known],
        },
    )
