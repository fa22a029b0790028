"""Meetings for other sites and apps, in the format that they read already."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import condition
from drf_spectacular.utils import extend_schema

from finder.api.requests import read_only
from finder.enums import Fellowship
from finder.exporters.feed_keys import is_key_of
from finder.exporters.meeting_feed import WRITTEN, FeedQuestion, as_json, feed, listings_of
from finder.exporters.meeting_guide import Edition
from finder.geography.states import STATE_NAMES
from finder.models import ServiceAtLocation, Source
from finder.models.row_versions import row_versions

SECONDS_KEPT = 60
"""For so long nobody asks again whether something changed."""

SECONDS_A_TIME_IS_KEPT = 30 * 24 * 3600


class FeedForm(forms.Form):
    fellowship = forms.ChoiceField(choices=[("", ""), *Fellowship.choices], required=False)
    state = forms.CharField(max_length=2, required=False)
    county = forms.CharField(max_length=100, required=False)
    source = forms.SlugField(required=False)
    key = forms.CharField(max_length=100, required=False)

    def clean_state(self) -> str:
        state = str(self.cleaned_data["state"]).upper()
        if state and state not in STATE_NAMES:
            raise forms.ValidationError(_("Two letters of a state, such as NC."))
        return state

    def clean_source(self) -> str:
        slug = str(self.cleaned_data["source"])
        if slug and not Source.objects.filter(pk=slug, opted_out_at=None).exists():
            raise forms.ValidationError(_("There is no such source."))
        return slug

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for name in sorted(set(self.data) - set(self.fields)):
            accepted = ", ".join(name for name in self.fields if name != "key")
            sentence = gettext("Not a parameter. Accepted are: %(names)s.") % {"names": accepted}
            self.errors[name[:60]] = self.error_class([sentence])
        if said.get("county") and not said.get("state"):
            self.add_error("county", gettext("Say the state, too: many have a county of this name."))
        if said.get("key") and not is_key_of(said.get("source", ""), said["key"]):
            self.add_error("key", gettext("This is not the key of this source."))
        return said

    @property
    def question(self) -> FeedQuestion:
        return FeedQuestion(**{name: said for name, said in self.cleaned_data.items() if name != "key"})


@extend_schema(exclude=True)
@read_only
def meetings_feed(request: HttpRequest) -> HttpResponseBase:
    """By fellowship, state, county or source; with a source's key, its own meetings and how to join."""
    form = FeedForm(request.GET)
    if not form.is_valid():
        errors = {name: list(sentences) for name, sentences in form.errors.items()}
        return JsonResponse({"errors": errors}, status=400)
    if form.cleaned_data["key"]:
        return own_feed(request, form.question)
    return public_feed(request, form.question)


def own_feed(request: HttpRequest, question: FeedQuestion) -> HttpResponseBase:
    edition = edition_for(request, question, own=Source.objects.get(pk=question.source))
    response = streamed(question, edition)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def public_feed(request: HttpRequest, question: FeedQuestion) -> HttpResponseBase:
    etag = f'"{feed_version()}-{timezone.localdate():%Y%m%d}"'
    since = first_seen(etag)

    @condition(etag_func=lambda _: etag, last_modified_func=lambda _: since)
    def respond(request: HttpRequest) -> HttpResponseBase:
        return streamed(question, edition_for(request, question))

    response = respond(getattr(request, "_request", request))
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


def edition_for(request: HttpRequest, question: FeedQuestion, own: Source | None = None) -> Edition:
    return Edition(
        today=timezone.localdate(),
        page_url=page_url(request),
        own=own,
        repeated=frozenset() if question.source else listings_of(FeedQuestion()).repeated_slugs(),
    )


def page_url(request: HttpRequest) -> Callable[[ServiceAtLocation], str]:
    return lambda listing: request.build_absolute_uri(listing.get_absolute_url())


def streamed(question: FeedQuestion, edition: Edition) -> HttpResponseBase:
    return StreamingHttpResponse(as_json(feed(question, edition)), content_type="application/json")


def feed_version() -> str:
    return str(cache.get_or_set("feed:version", lambda: row_versions(WRITTEN), SECONDS_KEPT))


def first_seen(etag: str) -> datetime:
    """When this process first had this edition: never before it was made, as Last-Modified must not be."""
    seen: datetime = cache.get_or_set(f"feed:{etag}", timezone.now, SECONDS_A_TIME_IS_KEPT) or timezone.now()
    return seen
