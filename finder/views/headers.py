"""Headers of every response: nothing from elsewhere, nothing told to anyone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from finder.views.map_tiles import tiles_host

HEADERS = {
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=()",
}


DESK = "/desk/"
REFERRER_AT_THE_DESK = "same-origin"
"""Other sites learn nothing of it either. Without a referrer browsers send forms with "Origin: null", which
the check of where a form comes from refuses; readers' pages have no form that needs this check."""


def content_security_policy() -> str:
    """Everything from here; only the pictures of a map may be the operator's own server's."""
    pictures = " ".join(["img-src 'self' data:", *filter(None, [tiles_host()])])
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            pictures,
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def private_headers(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    headers = {**HEADERS, "Content-Security-Policy": content_security_policy()}

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if request.path.startswith(DESK):
            response.headers["Referrer-Policy"] = REFERRER_AT_THE_DESK
        return response

    return respond
