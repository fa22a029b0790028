"""What search engines may read: pages that stay, never anyone's search."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

P = ParamSpec("P")

NOT_CRAWLED = ("/api/", "/feeds/", "/desk/", "/healthz", "/readyz")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *"]
    lines += [f"Disallow: {path}" for path in (*in_every_language("search"), *NOT_CRAWLED)]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def in_every_language(name: str) -> list[str]:
    found = []
    for code, _ in settings.LANGUAGES:
        with override(code):
            found.append(reverse(name))
    return found


def not_indexed(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    @wraps(view)
    def respond(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return respond
