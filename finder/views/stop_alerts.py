"""The end of letters about a saved search, by their link: by a button, or one press in a mail program."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from finder.actions.searches import stop_alerts
from finder.enums import AlertRhythm
from finder.letters.links import LinkFault, LinkIsOld, LinkIsWrong, Purpose, pk_of
from finder.models import SavedSearch


# Mail programs send it without a cookie (RFC 8058). Whoever holds the link may use it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """It says neither whose search it is nor what is searched for."""
    try:
        search = search_of(token)
    except LinkFault as fault:
        context = {"is_gone": True, "is_stopped": False}
        status = 404 if isinstance(fault, LinkIsWrong) else 410
        return render(request, "stop_alerts.html", context, status=status)
    if request.method == "POST":
        stop_alerts(search=search)
        search.refresh_from_db()
    context = {"is_gone": False, "is_stopped": search.rhythm == AlertRhythm.NONE}
    return render(request, "stop_alerts.html", context)


def search_of(token: str) -> SavedSearch:
    found = SavedSearch.objects.filter(pk=pk_of(Purpose.ALERTS, token)).first()
    if found is None:
        raise LinkIsOld
    return found
