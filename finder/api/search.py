from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from finder.actions.times import refresh_if_short
from finder.api.description import describes_search
from finder.api.freshness import upkeep_as_json
from finder.api.repairs import repair_as_json
from finder.api.requests import read_only
from finder.api.safety import safety_as_json
from finder.enums import PhoneType
from finder.filters import SearchFilterSet
from finder.models import ServiceAtLocation
from finder.search.answer import Facet, Result, SearchAnswer, answer
from finder.search.next_time import NextTime
from finder.search.question import SearchQuestion
from finder.search.safety import safety_texts

MILES_DECIMALS = 6


@describes_search
@read_only
@never_cache
def search(request: HttpRequest) -> JsonResponse:
    """The search page's answer as JSON."""
    parameters = SearchFilterSet(request.GET)
    errors = {name: list(messages) for name, messages in parameters.errors.items()}
    accepted = ", ".join(parameters.filters)
    for name in parameters.unknown_parameters:
        errors[name[:60]] = [gettext("Not a parameter. Accepted are: %(names)s.") % {"names": accepted}]
    if errors:
        return JsonResponse({"errors": errors}, status=400)
    now = timezone.now()
    found = answer(parameters.question, now=now)
    if found.question.asks_when:
        refresh_if_short(now=now)
    if found.is_past_the_end:
        return JsonResponse({"errors": {"page": [past_the_end(found)]}}, status=400)
    return JsonResponse(as_json(found, request))


def past_the_end(found: SearchAnswer) -> str:
    return gettext("There are %(pages)d pages.") % {"pages": found.pages}


def as_json(found: SearchAnswer, request: HttpRequest) -> dict[str, Any]:
    return {
        "count": found.count,
        "count_maybe": found.count_maybe,
        "place": place_as_json(found.question),
        "corrected_words": found.corrected_words or None,
        "times_are_behind": found.times_are_behind,
        "results": [result_as_json(result, request) for result in found.results],
        "facets": [facet_as_json(facet) for facet in found.facets],
        "next": next_page(found, request),
        "repairs": [repair_as_json(repair, request) for repair in found.repairs],
        "safety": safety_as_json(safety_texts(*request.GET.getlist("q"), *request.GET.getlist("near"))),
    }


def place_as_json(question: SearchQuestion) -> dict[str, Any] | None:
    if question.reading is None:
        return None
    place = question.reading.place
    return {
        "label": place.label,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "corrected": question.reading.corrected,
        "others": [other.label for other in question.reading.others],
    }


def result_as_json(result: Result, request: HttpRequest) -> dict[str, Any]:
    listing, location = result.listing, result.listing.location
    is_public = location.address_is_public
    return {
        "id": str(listing.pk),
        "url": request.build_absolute_uri(listing.get_absolute_url()),
        "name": listing.service.name,
        "organization": listing.service.organization.name,
        "categories": result.index.categories,
        "fit": result.fit.name.lower(),
        "miles": None if result.miles is None else round(result.miles, MILES_DECIMALS),
        "city": location.city if is_public else "",
        "state_province": location.state_province,
        "postal_code": location.postal_code if is_public else "",
        "phone": main_phone(listing),
        "checked_date": result.index.checked_on and result.index.checked_on.isoformat(),
        **upkeep_as_json(result.index, now=timezone.now()),
        "states": [term.slug for term in result.states],
        "not_stated": [term.slug for term in result.not_stated],
        "times_not_stated": result.is_time_unsaid,
        "next": next_as_json(result.next),
    }


def next_as_json(found: NextTime | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "starts_at": found.starts_at and found.starts_at.isoformat(),
        "ends_at": found.ends_at and found.ends_at.isoformat(),
        "is_under_way": found.is_under_way,
    }


def main_phone(listing: ServiceAtLocation) -> str | None:
    phones = sorted(listing.speaking_phones, key=lambda phone: phone.phone_type != PhoneType.MAIN)
    for phone in phones[:1]:
        return f"{phone.number} x{phone.extension}" if phone.extension else phone.number
    return None


def facet_as_json(facet: Facet) -> dict[str, Any]:
    return {
        "taxonomy": facet.taxonomy.slug,
        "terms": [
            {"slug": counted.term.slug, "name": str(counted.term), "count": counted.count}
            for counted in facet.terms
        ],
    }


def next_page(found: SearchAnswer, request: HttpRequest) -> str | None:
    if not found.has_next:
        return None
    parameters = request.GET.copy()
    parameters["page"] = str(found.question.page + 1)
    return request.build_absolute_uri(f"{request.path}?{parameters.urlencode()}")
