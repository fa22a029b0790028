from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from finder.api.description import describes_plan
from finder.api.repairs import repair_as_json
from finder.api.requests import read_only
from finder.api.safety import safety_as_json
from finder.api.search import place_as_json, result_as_json
from finder.plan_filters import PlanFilterSet
from finder.plans.whys import why
from finder.search.plans.answer import Gap, Leg, Plan, plan
from finder.search.plans.choices import Choice
from finder.views.plan_words import ask_words, gap_reason, instead_words, reason_words


@describes_plan
@read_only
@never_cache
def api_plan(request: HttpRequest) -> JsonResponse:
    """The plan page's answer as JSON."""
    parameters = PlanFilterSet(request.GET)
    errors = {name: list(messages) for name, messages in parameters.errors.items()}
    accepted = ", ".join(parameters.filters)
    for name in parameters.unknown_parameters:
        errors[name[:60]] = [gettext("Not a parameter. Accepted are: %(names)s.") % {"names": accepted}]
    if errors:
        return JsonResponse({"errors": errors}, status=400)
    return JsonResponse(as_json(plan(parameters.plan_question, now=timezone.now()), request))


def as_json(found: Plan, request: HttpRequest) -> dict[str, Any]:
    return {
        "place": place_as_json(found.question.search),
        "legs": [leg_as_json(leg, found, request) for leg in found.legs],
        "safety": safety_as_json(found.safety),
    }


def leg_as_json(leg: Leg, found: Plan, request: HttpRequest) -> dict[str, Any]:
    return {
        "category": leg.category.value,
        "start": leg.start.value,
        "why": why(leg.rule),
        "choices": [choice_as_json(choice, found, request) for choice in leg.choices],
        "gap": gap_as_json(leg, leg.gap, found, request) if leg.gap else None,
    }


def choice_as_json(choice: Choice, found: Plan, request: HttpRequest) -> dict[str, Any]:
    return {
        **result_as_json(choice.result, request),
        "reasons": reason_words(choice, found.question.search, today=timezone.localdate()),
        "inferred": choice.is_inferred,
        "ask": ask_words(choice),
    }


def gap_as_json(leg: Leg, gap: Gap, found: Plan, request: HttpRequest) -> dict[str, Any]:
    return {
        "reason": gap_reason(leg, gap, found.question.search),
        "nearest": result_as_json(gap.nearest, request) if gap.nearest else None,
        "remote": [result_as_json(result, request) for result in gap.remote],
        "instead": instead_words(gap, found.question.search),
        "opens": [repair_as_json(repair, request) for repair in gap.opens],
    }
