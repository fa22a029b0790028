"""Pages of those of us who keep lists and searches under their name; others are led to the desk's door."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from finder.permissions import may_keep_lists
from finder.views.own_forms import signed_in

P = ParamSpec("P")


def keepers_only(
    view: Callable[Concatenate[HttpRequest, User, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = signed_in(request)
        if person is None:
            back = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("work")
            return redirect_to_login(back, reverse("admin:login"))
        if not may_keep_lists(person):
            return render(request, "403.html", status=403)
        return view(request, person, *args, **kwargs)

    return guarded
