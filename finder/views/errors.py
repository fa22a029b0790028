"""Error pages: what happened, what to do next, and the crisis lines. None of them asks the database."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from finder.api.errors import refusal


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For Django's check that a form came from this site; `reason` is for developers, and not shown."""
    return render(request, "form_expired.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Programs that ask the API get what they can read."""
    if request.path.startswith("/api/"):
        return refusal(500, gettext("Something went wrong on our side. Try again in some minutes."))
    return render(request, "500.html", status=500)
