"""What a proxy asks: is the process up, and can it answer searches."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from finder.models import ListingIndex, ServiceAtLocation


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    try:
        problem = "" if index_is_built() else "The search index is empty.\n"
    except DatabaseError:
        problem = "The database does not answer.\n"
    return HttpResponse(problem or "ok\n", content_type="text/plain", status=503 if problem else 200)


def index_is_built() -> bool:
    return ListingIndex.objects.exists() or not ServiceAtLocation.objects.published().exists()
