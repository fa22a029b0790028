"""The API's own description, made from its views; the reference page shows the same."""

from functools import cache
from typing import Any

from django.http import HttpRequest, JsonResponse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema

from finder.api.requests import read_only


@cache
def description() -> dict[str, Any]:
    """OpenAPI 3.1. The same until the process ends: nothing in it comes from the database."""
    described: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return described


@extend_schema(exclude=True)
@read_only
def openapi(request: HttpRequest) -> JsonResponse:
    return JsonResponse(description())
