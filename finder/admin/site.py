from collections.abc import Callable
from functools import update_wrapper, wraps
from typing import Any, NamedTuple

import pghistory
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from finder.admin.queue import waiting, work_waiting
from finder.admin.signing_in import (
    CODES,
    SECOND_STEP,
    SET_UP,
    end_old_session,
    has_ended,
    recovery_codes,
    second_step,
    set_up_second_step,
    step_left,
)
from finder.permissions import Person, may_keep_lists

SUBJECTS = (
    (_("Listings"), ("ServiceAtLocation", "Organization", "Service", "Location", "Phone", "Schedule")),
    (_("To decide"), ("ChangeRequest", "Merge")),
    (_("What people tell us"), ("ListingReport", "CallOutcome")),
    (_("What was checked"), ("Verification", "Capacity")),
    (_("To work through"), ("QueueItem",)),
    (_("Programs"), ("Claim", "Contact", "Ask")),
    (_("Where it comes from"), ("ImportRun", "Source", "SourceRecord", "Statement")),
    (_("Words and safety"), ("Guidance", "CrisisLine", "Taxonomy", "TaxonomyTerm")),
    (_("How true it is"), ("AccuracySample", "AccuracyCheck")),
    (_("People"), ("User", "Group", "StaffArea", "Team")),
    (_("Made by the site"), ("ListingIndex", "DirectoryWord")),
)


View = Callable[..., HttpResponse]


class OwnPage(NamedTuple):
    """A page of the desk that is no table of a model; without a title the index does not name it."""

    route: str
    name: str
    view: View
    title: Any
    is_for: Callable[[Person], bool]


class DeskSite(AdminSite):
    """Behind a door of two steps: see `finder.admin.signing_in`."""

    site_header = _("Recovery Finder desk")
    site_title = _("Recovery Finder desk")
    index_title = _("What needs you")
    enable_nav_sidebar = False

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.own_pages: list[OwnPage] = []

    def has_permission(self, request: HttpRequest) -> bool:
        is_staff = super().has_permission(request)
        return is_staff and not has_ended(request.user) and not step_left(request)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Whoever gave their password is led to the step that is left."""
        end_old_session(request)
        step = step_left(request) if super().has_permission(request) else None
        if step is None:
            return super().login(request, extra_context)
        wanted = {REDIRECT_FIELD_NAME: request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")}
        return redirect(f"{reverse(f'admin:{step}', current_app=self.name)}?{urlencode(wanted)}")

    def page(
        self, route: str, *, name: str, is_for: Callable[[Person], bool], title: Any = ""
    ) -> Callable[[View], View]:
        """For a view, as `register` is for a model; `is_for` says who may open it."""

        def kept(view: View) -> View:
            @wraps(view)
            def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
                if not is_for(request.user):
                    raise PermissionDenied
                return view(request, *args, **kwargs)

            self.own_pages.append(OwnPage(route, name, guarded, title, is_for))
            return guarded

        return kept

    def get_urls(self) -> list[URLPattern | URLResolver]:
        steps = [
            path("second-step/", second_step, {"site": self}, name=SECOND_STEP),
            path("second-step/set-up/", set_up_second_step, {"site": self}, name=SET_UP),
            path("second-step/codes/", recovery_codes, {"site": self}, name=CODES),
        ]
        own = [path(each.route, self.admin_view(each.view), name=each.name) for each in self.own_pages]
        return [*steps, *own, *super().get_urls()]

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
        more = [
            (each.title, reverse(f"admin:{each.name}"))
            for each in self.own_pages
            if each.title and each.is_for(request.user)
        ]
        context = {
            "work": work_waiting(request.user),
            "waiting": waiting(request.user),
            "own_pages": [*own_work(request.user), *more],
            **(extra_context or {}),
        }
        return super().index(request, context)


def own_work(person: Person) -> list[tuple[Any, str]]:
    return [(_("My lists and searches"), reverse("work"))] if may_keep_lists(person) else []


desk = DeskSite(name="admin")
