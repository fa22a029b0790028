"""Pages for case workers who are signed in, in the look of the readers' pages."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from finder.permissions import may_keep_searches
from finder.views.own_forms import signed_in

P = ParamSpec("P")


def for_keepers_of_searches(
    view: Callable[Concatenate[HttpRequest, User, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """The view is given who they are. Others are sent to the desk's door and come back through it."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = signed_in(request)
        if person is None:
            return redirect_to_login(request.path, reverse("admin:login"))
        if not may_keep_searches(person):
            raise PermissionDenied
        return view(request, person, *args, **kwargs)

    return guarded
