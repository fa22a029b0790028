"""What the API says when it does not answer: {"errors": {field: [sentence]}}, whatever the status."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext, ngettext
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import APIException, MethodNotAllowed, NotFound, Throttled

from finder.api.requests import read_only


def as_json(error: Exception, context: dict[str, Any]) -> JsonResponse | None:
    """For REST framework; what it does not know goes on to Django's own page."""
    match error:
        case Throttled():
            wait = max(1, int(getattr(error, "wait", 0) or 0))
            return refusal(429, too_many(wait), {"Retry-After": str(wait)})
        case MethodNotAllowed():
            sentence = gettext("The API only reads: use GET.")
            return refusal(405, sentence, {"Allow": "GET, HEAD"})
        case NotFound():
            return refusal(404, gettext("There is no such address. The API is described at /api/."))
        case APIException():
            return refusal(error.status_code, str(error.detail))
    return None


def refusal(status: int, sentence: str, headers: dict[str, str] | None = None) -> JsonResponse:
    return JsonResponse({"errors": {"request": [sentence]}}, status=status, headers=headers)


def too_many(wait: int) -> str:
    return ngettext(
        "Too many requests from one address. Try again in %(count)d second.",
        "Too many requests from one address. Try again in %(count)d seconds.",
        wait,
    ) % {"count": wait}


@extend_schema(exclude=True)
@read_only
def not_found(request: HttpRequest, rest: str) -> JsonResponse:
    raise NotFound
