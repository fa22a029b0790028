from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from finder.exporters.vcard import CONTENT_TYPE, listing_as_vcard
from finder.models import ServiceAtLocation
from finder.views.heirs import leads_on


@require_safe
@leads_on
def vcard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A file whose name tells nobody who looks at the phone what it is."""
    listing = get_object_or_404(ServiceAtLocation.objects.published().with_parts(), pk=pk)
    page = request.build_absolute_uri(listing.get_absolute_url())
    contact = listing_as_vcard(listing, note=note(listing, page))
    return HttpResponse(
        contact,
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": 'attachment; filename="contact.vcf"', "X-Robots-Tag": "noindex"},
    )


def note(listing: ServiceAtLocation, page: str) -> str:
    if listing.is_demo:
        return _("This is a made-up example. Do not call it.")
    return _("Who said what, and when it was checked: %(page)s") % {"page": page}
