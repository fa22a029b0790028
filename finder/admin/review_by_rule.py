"""Import review by rule: one source, one field, one answer, with a look at what it would change."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from finder.actions.reviewing_by_rule import Outcome, Rule, decide_by_rule, rules
from finder.admin.listing_decisions import SignedIn
from finder.admin.shown import field_words, said
from finder.admin.site import desk
from finder.enums import ReviewStatus
from finder.models import ChangeRequest, ServiceAtLocation, Source
from finder.permissions import may_decide_everywhere

SHOWN = 20
MOST_AT_ONCE = 500
VERDICTS = {"accept": ReviewStatus.ACCEPTED, "reject": ReviewStatus.REJECTED}
TITLE = gettext_lazy("Questions of imports, by rule")


class Choice(NamedTuple):
    source: Source
    field: str
    questions: int
    url: str


class Side(NamedTuple):
    """`url` leads to the question itself."""

    listing: ServiceAtLocation
    url: str
    old: str
    new: str


@desk.page("questions-by-rule/", name="questions_by_rule", is_for=may_decide_everywhere, title=TITLE)
@require_http_methods(["GET", "HEAD", "POST"])
def questions_by_rule(request: SignedIn) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    rule = Rule(asked.get("source", ""), asked.get("field", ""))
    if request.method == "POST":
        return decide(request, rule)
    if not rule.questions().exists():
        return page(request, choices=choices())
    found = rule.questions().select_related("listing__service", "source")
    count = found.count()
    last = rule.questions().last()
    return page(
        request,
        rule=rule,
        source=Source.objects.get(pk=rule.source),
        field=field_words(rule.field),
        count=count,
        most=min(count, MOST_AT_ONCE),
        up_to=last.pk if last else 0,
        sides=list(map(side, found[:SHOWN])),
    )


def page(request: HttpRequest, **shown: Any) -> HttpResponse:
    context = {**desk.each_context(request), "title": TITLE, **shown}
    return TemplateResponse(request, "admin/questions_by_rule.html", context)


def choices() -> list[Choice]:
    sources = Source.objects.in_bulk()
    return [
        Choice(sources[rule.source], field_words(rule.field), count, url_of(rule)) for rule, count in rules()
    ]


def side(question: ChangeRequest) -> Side:
    return Side(
        question.listing,
        reverse("admin:finder_changerequest_change", args=[question.pk]),
        said(question.field, question.current_value),
        said(question.field, question.proposed_value),
    )


def url_of(rule: Rule) -> str:
    return f"{reverse('admin:questions_by_rule')}?{urlencode(rule._asdict())}"


def decide(request: SignedIn, rule: Rule) -> HttpResponse:
    """The rest, where there is one, is shown again."""
    verdict = VERDICTS.get(request.POST.get("verb", ""))
    up_to = request.POST.get("up_to", "")
    if verdict and up_to.isdecimal():
        outcome = decide_by_rule(
            rule=rule,
            verdict=verdict,
            up_to=int(up_to),
            most=MOST_AT_ONCE,
            by=request.user,
            now=timezone.now(),
        )
        tell(request, outcome)
    return HttpResponseRedirect(url_of(rule))


def tell(request: HttpRequest, outcome: Outcome) -> None:
    words = ngettext("%(count)d question decided.", "%(count)d questions decided.", outcome.decided)
    messages.success(request, words % {"count": outcome.decided})
    if outcome.left:
        left = ngettext(
            "%(count)d question is left: its listing has changed since it was asked. Decide it by itself.",
            "%(count)d questions are left: their listings have changed since. Decide them one by one.",
            outcome.left,
        )
        messages.warning(request, left % {"count": outcome.left})
    if not outcome.decided and not outcome.left:
        messages.warning(request, _("Nothing was left to decide."))
