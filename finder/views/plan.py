"""One plan for one person. Answers come by POST; an address holds them only when the person wants it."""

from collections.abc import Container, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from finder.actions.unmet import count_gaps, gaps_of
from finder.geography.places import Place
from finder.geography.readings import PlaceNotFound, read_place
from finder.plan_filters import PlanFilterSet
from finder.search.plans.answer import Plan
from finder.search.plans.answer import plan as make_plan
from finder.views.addresses import Pairs, without
from finder.views.map_tiles import tiles
from finder.views.own_list import own_list
from finder.views.plan_form import answers, plan_form
from finder.views.plan_page import plan_heading, shown_plan
from finder.views.safety import shown_safety, shown_safety_of_plan
from finder.views.search import said


class PlaceMeant(NamedTuple):
    """Another reading of the place, to be sent with all other answers."""

    label: str
    query: str


# It changes nothing but a count of what was not found, as any search does, and tells a reader no more than
# any other reader: there is nothing to forge, and a token would need a cookie, which readers are not given.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
def plan(request: HttpRequest) -> HttpResponse:
    """The questions; with answers, however they were sent, the plan."""
    is_sent = request.method == "POST"
    if not is_sent and not request.GET:
        return render(request, "plan.html", questions_context(QueryDict(), _("Make a plan")))
    given = said(request.POST if is_sent else request.GET)
    around = {"carried": answers(given)} if is_sent else {}
    asked = PlanFilterSet(data=given)
    if not asked.is_valid():
        return render(
            request, "plan.html", around | refused_context(given, asked.errors_for_people), status=400
        )
    now = timezone.now()
    found = make_plan(asked.plan_question, now=now)
    if request.method != "HEAD":
        count_gaps(gaps=gaps_of(found), day=timezone.localdate(now))
    today, listed = timezone.localdate(now), own_list(request).contents
    return render(
        request,
        "plan.html",
        around | plan_context(given, found, today=today, listed=listed, is_linked=not is_sent),
    )


def questions_context(given: QueryDict, heading: str) -> dict[str, object]:
    return {
        "heading": heading,
        "form": plan_form(given),
        "errors": [],
        "places": [],
        "answers": answers(given),
        "other_answers": (),
        "safety": [],
        "own_address": "",
        "plan": None,
        "tiles": tiles(),
    }


def refused_context(given: QueryDict, errors: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """What was typed stays in the form, and no plan is made of less than was said."""
    return questions_context(given, _("Please check your answers")) | {
        "form": plan_form(given, errors),
        "errors": [sentence for sentences in errors.values() for sentence in sentences],
        "places": places_meant(given.get("near", "")) if list(errors) == ["near"] else [],
        "other_answers": other_answers(given),
        "safety": shown_safety(given.get("near", ""), *given.getlist("q")),
    }


def plan_context(
    given: QueryDict, found: Plan, *, today: date, listed: Container[UUID], is_linked: bool
) -> dict[str, object]:
    search = found.question.search
    others = search.reading.others if search.reading else ()
    return questions_context(given, plan_heading(search)) | {
        "places": places(others),
        "other_answers": other_answers(given),
        "safety": shown_safety_of_plan(found.safety),
        "own_address": f"{reverse('plan')}?{urlencode(answers(given))}" if is_linked else "",
        "plan": shown_plan(found, today=today, listed=listed),
    }


def other_answers(given: QueryDict) -> Pairs:
    return without(answers(given), "near")


def places_meant(words: str) -> list[PlaceMeant]:
    try:
        read_place(words)
    except PlaceNotFound as unknown:
        return places(unknown.suggestions)
    return []


def places(found: Sequence[Place]) -> list[PlaceMeant]:
    return [PlaceMeant(place.label, place.query) for place in found]
