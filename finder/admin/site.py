from functools import update_wrapper
from typing import Any

import pghistory
from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from finder.admin.queue import waiting

SUBJECTS = (
    (_("Listings"), ("ServiceAtLocation", "Organization", "Service", "Location", "Phone", "Schedule")),
    (_("To decide"), ("ChangeRequest", "Merge")),
    (_("Where it comes from"), ("ImportRun", "Source", "SourceRecord", "Statement")),
    (_("Words and safety"), ("Guidance", "CrisisLine", "Taxonomy", "TaxonomyTerm")),
    (_("People"), ("User", "Group")),
    (_("Made by the site"), ("ListingIndex", "DirectoryWord")),
)


class DeskSite(AdminSite):
    site_header = _("Recovery Finder desk")
    site_title = _("Recovery Finder desk")
    index_title = _("What needs you")
    enable_nav_sidebar = False

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Whatever a page writes, the history says who wrote it."""

        def signed(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.method in {"GET", "HEAD"}:
                return view(request, *args, **kwargs)
            with pghistory.context(user=request.user.pk):
                return view(request, *args, **kwargs)

        return super().admin_view(update_wrapper(signed, view), cacheable)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """By subject, as people think of it, not by the package that a model lies in."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        subjects = [
            {
                "name": name,
                "app_label": f"subject-{number}",
                "app_url": reverse("admin:index", current_app=self.name),
                "has_module_perms": True,
                "models": [models[model] for model in members if model in models],
            }
            for number, (name, members) in enumerate(SUBJECTS)
        ]
        return [subject for subject in subjects if subject["models"]]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, {"waiting": waiting(request.user), **(extra_context or {})})


desk = DeskSite(name="admin")
