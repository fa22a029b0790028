"""From the list that a reader makes to a client's hand: a link, paper, files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.datastructures import MultiValueDict
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from finder.actions.list_links import Secret, make_link, revoke_link, spaced
from finder.actions.lists import contents_of, keep_list
from finder.actions.refusals import Refused
from finder.exporters.qr import picture
from finder.models import ReferralList, SharedLink
from finder.views.list_files import file_of
from finder.views.list_page import Typed, links_of, page_of_own_list, shown_own
from finder.views.own_forms import sent_from_here
from finder.views.own_list import OwnList, keeper, own_list, remember
from finder.views.shown_list import listings_of
from finder.views.too_many import at_most_per_minute

LINKS_PER_MINUTE = 10


@sent_from_here
@require_POST
@cache_control(no_store=True)
@at_most_per_minute(LINKS_PER_MINUTE)
def share_list(request: HttpRequest) -> HttpResponse:
    """The link is said once, here: nobody can look it up again."""
    try:
        own, link, secret = linked(request, is_paper=False)
    except Refused as why:
        return page_of_own_list(request, Typed(refused=str(why)), status=409)
    address = address_of(request, secret)
    context = {
        "title": own.contents.title,
        "link": link,
        "address": address,
        "code": spaced(secret.code),
        "code_page": request.build_absolute_uri(reverse("list_code")),
        "picture": picture(address),
        "notes_shown": sum(entry.note_is_shown for entry in own.contents.entries),
    }
    return remember(request, render(request, "list_shared.html", context), own)


@sent_from_here
@require_POST
@cache_control(no_store=True)
@at_most_per_minute(LINKS_PER_MINUTE)
def print_list(request: HttpRequest) -> HttpResponse:
    """Paper with a link of its own, so that it can say later what changed since it was printed."""
    try:
        own, link, secret = linked(request, is_paper=True)
    except Refused as why:
        return page_of_own_list(request, Typed(refused=str(why)), status=409)
    with translation.override(language_in(request.POST)):
        shown = shown_own(
            own,
            absolute=request.build_absolute_uri,
            link=address_of(request, secret),
            code=spaced(secret.code),
            expires_at=link.expires_at,
        )
        is_large = request.POST.get("size") == "large"
        return remember(
            request, file_of(shown, (), "pdf", absolute=str, now=shown.as_of, large_type=is_large), own
        )


@require_safe
@cache_control(no_store=True)
def list_file(request: HttpRequest, kind: str) -> HttpResponse:
    """For the maker's own use: it holds no link."""
    own = own_list(request)
    found = listings_of(own.contents)
    return file_of(
        shown_own(own, absolute=request.build_absolute_uri),
        found.listings,
        kind,
        absolute=request.build_absolute_uri,
        now=timezone.now(),
        large_type=request.GET.get("size") == "large",
    )


@sent_from_here
@require_POST
def take_link_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Only of whoever made it: others' are absent."""
    own, now = own_list(request), timezone.now()
    link = get_object_or_404(SharedLink, pk=pk, pk__in=[each.pk for each in links_of(own, now=now)])
    revoke_link(link=link, now=now)
    return redirect(reverse("list") + "#links")


def linked(request: HttpRequest, *, is_paper: bool) -> tuple[OwnList, SharedLink, Secret]:
    """What only the browser kept is from now on kept here, too, for as long as the link lasts."""
    own, now = own_list(request), timezone.now()
    if not own.contents.entries:
        raise Refused(translation.gettext("This list is empty. Add places first."))
    kept = own.kept or kept_for_reader(own) or keep_list(contents=own.contents, by=keeper(request), now=now)
    link, secret = make_link(kept=kept, is_paper=is_paper, now=now)
    return (own if own.kept else own.linked(link.pk)), link, secret


def kept_for_reader(own: OwnList) -> ReferralList | None:
    """One that says the same is not kept twice."""
    lists = ReferralList.objects.filter(owner=None, links__in=own.links).distinct().newest_first()
    return next((kept for kept in lists if contents_of(kept) == own.contents), None)


def address_of(request: HttpRequest, secret: Secret) -> str:
    return request.build_absolute_uri(reverse("shared_list", args=[secret.token]))


def language_in(asked: MultiValueDict[str, str]) -> str:
    chosen = str(asked.get("language", ""))
    return chosen if translation.check_for_language(chosen) else translation.get_language() or "en"
