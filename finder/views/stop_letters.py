"""The end of letters, by their link: with a button for people, in one press from a mail program."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from finder.actions.contacts import allow_letters, stop_letters
from finder.letters.links import LinkFault, LinkIsOld, Purpose, pk_of
from finder.models import Contact
from finder.views.link_gone import link_gone

AGAIN = "again"


# Mail programs send it without a cookie (RFC 8058). Whoever holds the link may use it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """It does not show the address that it is about."""
    try:
        contact = contact_of(token)
    except LinkFault as fault:
        return link_gone(request, fault)
    if request.method == "POST":
        if request.POST.get("verb") == AGAIN:
            allow_letters(contact=contact)
        elif contact.unsubscribed_at is None:
            stop_letters(contact=contact, now=timezone.now())
    context = {"stopped_at": contact.unsubscribed_at, "is_done": request.method == "POST"}
    return render(request, "stop_letters.html", context)


def contact_of(token: str) -> Contact:
    found = Contact.objects.filter(pk=pk_of(Purpose.STOP, token)).first()
    if found is None:
        raise LinkIsOld
    return found
