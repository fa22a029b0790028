"""What every page shows; none of it needs the database, so that error pages show it too."""

from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language

from finder.views.own_list import count_in


class OtherLanguage(TypedDict):
    code: str
    name: str
    url: str


class Site(TypedDict):
    language: str
    other_languages: list[OtherLanguage]
    quick_exit_url: str
    list_count: int
    """How many are on the list that the reader is making."""
    is_at_work: bool
    """Someone signed in with this browser, it may be long ago: readers have no session."""
    carried: tuple[tuple[str, str], ...]
    """What was sent by POST, and goes along by POST to the same page in another language."""


def site(request: HttpRequest) -> Site:
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "language": language,
        "other_languages": [
            {"code": code, "name": name, "url": this_page_in(code, request)}
            for code, name in settings.LANGUAGES
            if code != language
        ],
        "quick_exit_url": settings.QUICK_EXIT_URL,
        "list_count": count_in(request.COOKIES),
        "is_at_work": settings.SESSION_COOKIE_NAME in request.COOKIES,
        "carried": (),
    }


def this_page_in(language: str, request: HttpRequest) -> str:
    """The same page and question; for a page that does not exist, the other language's home page."""
    if getattr(request, "resolver_match", None) is None:
        return translate_url(reverse("home"), language)
    return translate_url(request.get_full_path(), language)
