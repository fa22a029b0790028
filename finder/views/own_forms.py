"""Forms that anyone may send, without an account and without a cookie.

A token would need a cookie, which readers are not given. Instead the browser itself says whose page sent the
form (`Sec-Fetch-Site`, which no page can forge); where an old one does not, the origin must not be another's.
Somebody else's page can then not make its visitors report a listing. The cookie of one of us who is signed in
is never sent along from another site: it is SameSite=Lax.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.models import User
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from finder.admin.site import desk
from finder.api.rate_limit import address_of, network_of
from finder.views.addresses import Pairs

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

FROM_HERE = {"same-origin", "none"}
"""`none`: the person themself, as by loading the page again."""

UNKNOWN_ORIGIN = {"", "null"}
TRAP = "leave_empty"
"""A field that people do not see: only a program fills it."""


def sent_from_here(view: View[P]) -> View[P]:
    """Instead of Django's check of a token."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "POST" and not is_from_here(request):
            return render(request, "form_from_elsewhere.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


def is_from_here(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site in FROM_HERE
    origin = request.headers.get("Origin", "")
    return origin in UNKNOWN_ORIGIN or origin.partition("://")[2] == request.get_host()


def is_trapped(request: HttpRequest) -> bool:
    return bool(request.POST.get(TRAP))


def network_behind(request: HttpRequest) -> str:
    """Of a household or a machine; it is hashed at once and kept nowhere."""
    return network_of(address_of(request))


def signed_in(request: HttpRequest) -> User | None:
    """One of us, through the desk's own door; whoever is half way through it is a reader."""
    return request.user if isinstance(request.user, User) and desk.has_permission(request) else None


def carried(request: HttpRequest, form: Form) -> Pairs:
    """What was sent, for the same page in another language: nothing that was typed is lost."""
    return tuple((name, value) for name in form.fields for value in request.POST.getlist(name))
