"""The address of a merged listing leads to the one that was kept, for as long as they are merged."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from finder.models import Redirect, ServiceAtLocation

MOST_STEPS = 20


def leads_on(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For views of a listing by its `pk`: absent, it may have been merged into another one."""

    @wraps(view)
    def led(request: HttpRequest, pk: UUID, **kwargs: object) -> HttpResponse:
        try:
            return view(request, pk=pk, **kwargs)
        except Http404:
            heir = heir_of(pk)
            if heir is None:
                raise
            return HttpResponsePermanentRedirect(address_of(request, heir, kwargs))

    return led


def heir_of(pk: UUID) -> ServiceAtLocation | None:
    """Through merges of what was kept, too."""
    following, last = pk, None
    for _step in range(MOST_STEPS):
        redirect = Redirect.objects.filter(old_listing=following).select_related("listing__service").first()
        if redirect is None:
            return last
        following, last = redirect.listing_id, redirect.listing
    return last


def address_of(request: HttpRequest, heir: ServiceAtLocation, kwargs: dict[str, object]) -> str:
    """Of the same kind of page; a calendar of one meeting becomes that of all."""
    name = request.resolver_match.url_name if request.resolver_match else "listing"
    match name:
        case "listing":
            return heir.get_absolute_url()
        case "meeting_calendar":
            return reverse("calendar", args=[heir.pk])
    return reverse(str(name), kwargs={**kwargs, "pk": heir.pk})
