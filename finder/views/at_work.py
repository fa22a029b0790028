"""Pages for case workers who are signed in, in the look of the readers' pages."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from finder.permissions import Person, may_keep_lists, may_keep_searches
from finder.views.own_forms import signed_in

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
OwnView = Callable[Concatenate[HttpRequest, User, P], HttpResponse]


def for_those_who(may: Callable[[Person], bool]) -> Callable[[OwnView[P]], View[P]]:
    """The view is given who they are. Others are sent to the desk's door and come back through it.

    What only a press can open leads to the page of work.
    """

    def guard(view: OwnView[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            person = signed_in(request)
            if person is None:
                return redirect_to_login(way_back(request), reverse("admin:login"))
            if not may(person):
                raise PermissionDenied
            return view(request, person, *args, **kwargs)

        return guarded

    return guard


def way_back(request: HttpRequest) -> str:
    is_pressed = request.method == "POST" and request.path.startswith(reverse("work") + "lists/")
    return reverse("work") if is_pressed else request.path


def for_keepers_of_lists(view: OwnView[P]) -> View[P]:
    return for_those_who(may_keep_lists)(view)


def for_keepers_of_searches(view: OwnView[P]) -> View[P]:
    return for_those_who(may_keep_searches)(view)
