"""The desk's door: after the password a code, and both again after half a day."""

from collections.abc import Callable
from functools import wraps
from ipaddress import IPv6Address
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django_otp import login as keep_second_step
from django_otp import user_has_device

from finder.actions.second_steps import app_to_set_up, check_code, confirm_app, new_recovery_codes
from finder.api.rate_limit import address_of, unnamed
from finder.exporters.qr import picture
from finder.permissions import Person

if TYPE_CHECKING:
    from finder.admin.site import DeskSite

SECOND_STEP, SET_UP, CODES = "second_step", "set_up_second_step", "recovery_codes"

View = Callable[..., HttpResponse]


class SignedIn(HttpRequest):
    user: User


class CodeForm(forms.Form):
    code = forms.CharField(
        max_length=16,
        label=gettext_lazy("Code"),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        """As apps show it: in two groups."""
        return "".join(str(self.cleaned_data["code"]).split()).lower()


def step_left(request: HttpRequest) -> str | None:
    """The page of the step that someone with a right password has still to take."""
    person = request.user
    if not isinstance(person, User) or person.is_verified():  # type: ignore[attr-defined]
        return None
    if has_app(person):
        return SECOND_STEP
    return SET_UP if settings.REQUIRE_TWO_FACTOR else None


def has_app(person: User) -> bool:
    """Asked once for each request, which has its own `person`."""
    known = person.__dict__
    if "has_app" not in known:
        known["has_app"] = user_has_device(person)
    return bool(known["has_app"])


def has_ended(person: Person) -> bool:
    """Half a day after the password was typed, whatever was clicked since."""
    signed_in = person.last_login if isinstance(person, User) else None
    return signed_in is None or signed_in + settings.SESSION_ENDS_AFTER < timezone.now()


def after_password(view: View) -> View:
    """For staff who gave their password, whether or not they took the second step."""

    @wraps(view)
    def guarded(request: HttpRequest, *, site: "DeskSite") -> HttpResponse:
        person = request.user
        if not isinstance(person, User) or not (person.is_active and person.is_staff):
            return redirect(f"{reverse('admin:login')}?{urlencode({REDIRECT_FIELD_NAME: wanted(request)})}")
        return view(request, site=site)

    return never_cache(guarded)


@after_password
def second_step(request: SignedIn, *, site: "DeskSite") -> HttpResponse:
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        device = check_code(by=request.user, code=form.cleaned_data["code"])
        if device:
            keep_second_step(request, device)
            return HttpResponseRedirect(wanted(request))
        form.add_error("code", _("That is not the code. Wait for the next one and try again."))
    return page(request, site, "admin/second_step.html", _("Second step"), {"form": form})


@after_password
def set_up_second_step(request: SignedIn, *, site: "DeskSite") -> HttpResponse:
    """A new app is asked for the old one's code first: the password alone must not replace it."""
    if step_left(request) == SECOND_STEP:
        return redirect("admin:second_step")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        device = confirm_app(by=request.user, code=form.cleaned_data["code"])
        if device:
            keep_second_step(request, device)
            return redirect("admin:recovery_codes")
        form.add_error("code", _("That is not the code. Wait for the next one and try again."))
    app = app_to_set_up(by=request.user)
    context = {"form": form, "picture": picture(app.config_url), "key": grouped(app.config_url)}
    return page(request, site, "admin/set_up_second_step.html", _("Set up your second step"), context)


@after_password
def recovery_codes(request: SignedIn, *, site: "DeskSite") -> HttpResponse:
    """Shown once: GET only offers to make them."""
    if step_left(request) or not has_app(request.user):
        return redirect("admin:login")
    codes = new_recovery_codes(by=request.user) if request.method == "POST" else []
    return page(request, site, "admin/recovery_codes.html", _("Recovery codes"), {"codes": codes})


def page(
    request: HttpRequest, site: "DeskSite", template: str, title: str, context: dict[str, Any]
) -> HttpResponse:
    shown = {**site.each_context(request), "title": title, "next": wanted(request), **context}
    return TemplateResponse(request, template, shown)


def wanted(request: HttpRequest) -> str:
    """Where they were going: on this site only."""
    named = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    is_here = url_has_allowed_host_and_scheme(named, {request.get_host()}, require_https=request.is_secure())
    return named if is_here else reverse("admin:index")


def grouped(address: str) -> str:
    """The same for someone who types it: in groups of four."""
    secret = address.partition("secret=")[2].partition("&")[0]
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def unnamed_address(request: HttpRequest) -> str:
    """Stands for whoever tries, for a day: a hash in the shape of an address, which `axes` asks for."""
    return str(IPv6Address(int(f"fd{unnamed(address_of(request))[:30]}", 16)))


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: Any) -> HttpResponse:
    """After too many wrong passwords; `axes` calls it."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds()) // 60
    said = ngettext("Try again in %(count)d minute.", "Try again in %(count)d minutes.", minutes)
    context = {"title": _("Too many wrong passwords"), "wait": said % {"count": minutes}}
    return TemplateResponse(request, "admin/locked_out.html", context, status=429).render()


def end_old_session(request: HttpRequest) -> None:
    if request.user.is_authenticated and has_ended(request.user):
        logout(request)
