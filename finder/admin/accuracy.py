"""The monthly sample at the desk: one listing after another, called and written down."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from finder.actions.refusals import Refused
from finder.actions.sampling import ANSWERS, record_check
from finder.admin.base import DeskAdmin, ReadOnly
from finder.admin.listing_decisions import SignedIn
from finder.admin.site import desk
from finder.enums import CareCategory
from finder.models import AccuracyCheck, AccuracySample
from finder.permissions import may_check_accuracy

TITLE = gettext_lazy("Accuracy sample")
QUESTIONS = {
    "name_is_right": gettext_lazy("Is this its name?"),
    "phone_is_right": gettext_lazy("Did this number reach it?"),
    "address_is_right": gettext_lazy("Is it at this address?"),
    "service_is_right": gettext_lazy("Does it offer this kind of help?"),
    "takes_new_people": gettext_lazy("Can a new person come now?"),
}
OF_MEETINGS = {
    "phone_is_right": gettext_lazy("Did this number or link work?"),
    "service_is_right": gettext_lazy("Did it meet then?"),
}
SAID = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")), ("", gettext_lazy("Not asked"))]
READ = {"yes": True, "no": False, "": None}


class CheckForm(forms.Form):
    was_reached = forms.ChoiceField(
        choices=[
            ("yes", gettext_lazy("Yes")),
            ("no", gettext_lazy("No, on three different days")),
        ],
        widget=forms.RadioSelect,
        label=gettext_lazy("Did you reach it?"),
    )

    def __init__(self, data: Any, *, category: str) -> None:
        super().__init__(data)
        is_meeting = category == CareCategory.SUPPORT_GROUP
        for name in ANSWERS:
            self.fields[name] = forms.ChoiceField(
                choices=SAID,
                required=False,
                widget=forms.RadioSelect,
                label=OF_MEETINGS.get(name, QUESTIONS[name]) if is_meeting else QUESTIONS[name],
            )

    @property
    def answers(self) -> dict[str, bool | None]:
        return {name: READ[self.cleaned_data[name]] for name in ANSWERS}

    def clean(self) -> dict[str, Any]:
        """Reached, but nothing asked, measures nothing."""
        said = self.cleaned_data
        asked = [said.get(name) for name in ANSWERS[:4]]
        if said.get("was_reached") == "yes" and not any(asked):
            raise forms.ValidationError(_("You reached it: say at least what you asked."))
        return said


@desk.page("accuracy/", name="accuracy_sample", is_for=may_check_accuracy, title=TITLE)
@require_safe
def accuracy_sample(request: HttpRequest) -> HttpResponse:
    sample = AccuracySample.objects.order_by("-month", "-pk").first()
    waiting = sample.checks.waiting().select_related("listing__location").order_by("pk") if sample else []
    context = {
        **desk.each_context(request),
        "title": TITLE,
        "sample": sample,
        "waiting": waiting,
        "done": sample.checks.done().count() if sample else 0,
    }
    return TemplateResponse(request, "admin/accuracy_sample.html", context)


@desk.page("accuracy/<int:pk>/", name="accuracy_check", is_for=may_check_accuracy)
@require_http_methods(["GET", "HEAD", "POST"])
def accuracy_check(request: SignedIn, pk: int) -> HttpResponse:
    check = get_object_or_404(AccuracyCheck.objects.select_related("listing__location"), pk=pk)
    form = CheckForm(request.POST if request.method == "POST" else None, category=check.category)
    if form.is_valid():
        return written_down(request, check, form)
    context = {
        **desk.each_context(request),
        "title": check.shown["name"],
        "check": check,
        "kind": CareCategory(check.category).label,
        "form": form,
    }
    return TemplateResponse(request, "admin/accuracy_check.html", context)


def written_down(request: SignedIn, check: AccuracyCheck, form: CheckForm) -> HttpResponse:
    try:
        record_check(
            check=check,
            was_reached=form.cleaned_data["was_reached"] == "yes",
            answers=form.answers,
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("Written down: %(name)s.") % {"name": check.shown["name"]})
    except Refused as why:
        messages.error(request, str(why))
    following = AccuracyCheck.objects.waiting().filter(sample=check.sample_id).order_by("pk").first()
    return redirect("admin:accuracy_check", following.pk) if following else redirect("admin:accuracy_sample")


@admin.register(AccuracySample, site=desk)
class AccuracySampleAdmin(ReadOnly, DeskAdmin):
    list_display = ("month", "drawn_at", "seed", "frame")
    fields = list_display


@admin.register(AccuracyCheck, site=desk)
class AccuracyCheckAdmin(ReadOnly, DeskAdmin):
    list_display = ("listing", "category", "sample", "was_reached", "checked_at", "checked_by")
    list_filter = ("category", "sample", ("checked_at", admin.EmptyFieldListFilter))
    list_select_related = ("listing__service", "sample", "checked_by")
    fields = ("listing", "category", "sample", "was_reached", *ANSWERS, "checked_at", "checked_by", "shown")
