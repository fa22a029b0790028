"""Every public address that says something of listings, by what it is."""

from django.http import HttpResponse

from finder.models import ServiceAtLocation

OUTPUTS = {
    "home": "/",
    "help now": "/help-now/",
    "next by ZIP": "/next/?near=28801&within=60",
    "next by point": "/next/?near=35.5951,-82.5515",
    "next by county": "/next/?near=Buncombe County, NC",
    "next online": "/next/?near=online",
    "next refused": "/next/?near=Qwxyzt",
    "how to join, by a link": "/how-to-join/{pk}/",
    "the listing": "{listing}",
    "telling of a call": "/listings/{pk}/called/",
    "thanks for telling of a call": "/listings/{pk}/called/?told=NO_BED",
    "reporting a problem": "/listings/{pk}/report/",
    "suggesting a place": "/suggest/",
    "looking up a report": "/reports/",
    "looking up a report by a reference": "/reports/?reference=CDFG+HJKM",
    "what became of a report": "/reports/CDFGHJKM/",
    "the listing by another name": "/listings/{pk}/x/",
    "everything": "/search/",
    "search by ZIP": "/search/?near=28801&within=60",
    "search by point": "/search/?near=35.5951,-82.5515&sort=distance",
    "search by county": "/search/?near=Buncombe County, NC",
    "search by state": "/search/?near=NC&sort=name",
    "search with needs": "/search/?near=28801&within=60&need=medicaid&need=spanish",
    "search by words": "/search/?q=safe house",
    "search misspelt": "/search/?q=safe houze",
    "search online": "/search/?near=online",
    "search for room": "/search/?near=28801&within=60&available=1",
    "search refused": "/search/?near=Qwxyzt",
    "API by ZIP": "/api/search?near=28801&within=60",
    "API by point": "/api/search?near=35.5,-82.4&sort=distance&within=100",
    "API by county": "/api/search?near=Buncombe County, NC",
    "API by state": "/api/search?near=NC&sort=name",
    "API with needs": "/api/search?near=28801&within=60&need=medicaid",
    "API by words": "/api/search?q=safe+house",
    "API for room": "/api/search?near=28801&within=60&available=1",
    "API refused": "/api/search?near=Qwxyzt",
    "feed of meetings": "/feeds/meetings.json",
    "feed of meetings by county": "/feeds/meetings.json?state=NC&county=Buncombe County",
    "questions for a plan": "/plan/",
    "plan by ZIP": "/plan/?near=28801&within=60&substance=opioids",
    "plan by county": "/plan/?near=Buncombe County, NC&situation=pregnant",
    "plan by words": "/plan/?q=safe+house",
    "plan of gaps": "/plan/?near=99501&need=medicaid",
    "plan refused": "/plan/?near=Qwxyzt",
    "API plan by ZIP": "/api/plan?near=28801&within=60&substance=opioids",
    "API plan by county": "/api/plan?near=Buncombe County, NC&situation=pregnant",
    "API plan of gaps": "/api/plan?near=99501&need=medicaid",
    "API vocabulary": "/api/vocabulary",
    "API description": "/api/openapi.json",
    "API reference": "/api/",
    "about": "/about/",
    "accuracy": "/accuracy/",
    "guidance": "/guidance/",
    "a text of guidance": "/guidance/kratom-and-7-oh/",
    "sitemap of guidance": "/sitemap-guidance.xml",
    "search by words that call for guidance": "/search/?q=kratom+safe+house",
    "contact card": "/listings/{pk}/contact.vcf",
    "calendar": "/listings/{pk}/calendar.ics",
    "calendar of its hours": "/listings/{pk}/{schedule}/calendar.ics",
    "claim it": "/listings/{pk}/claim/",
    "a program's page, by a foreign link": "/program/4711.1vH000.xYz/",
    "a code, by a foreign link": "/program/code/4711.1vH000.xYz/",
    "the end of letters, by a foreign link": "/program/stop/4711.1vH000.xYz/",
    "the end of news, by a foreign link": "/work/alerts/stop/4711.1vH000.xYz/",
    "a saved search, from outside": "/work/searches/4711/",
    "saving a search, from outside": "/work/searches/save/",
    "robots": "/robots.txt",
    "sitemap": "/sitemap.xml",
    "sitemap of listings": "/sitemap-listings-1.xml",
    "health": "/healthz",
    "readiness": "/readyz",
}
WITHOUT_LANGUAGE = ("/api/", "/feeds/", "/healthz", "/readyz")
SHOWING_IT = (
    "the listing",
    *(f"search {how}" for how in ("by ZIP", "by county", "by state", "by words", "misspelt")),
    *(f"API {how}" for how in ("by ZIP", "by point", "by county", "by state", "by words")),
)


def addresses(listing: ServiceAtLocation) -> dict[str, str]:
    """Of every output, in both languages."""
    schedule = listing.schedules.first()
    where = {
        "listing": listing.get_absolute_url(),
        "pk": listing.pk,
        "schedule": schedule.pk if schedule else 0,
    }
    found = {name: address.format(**where) for name, address in OUTPUTS.items()}
    spanish = {name: f"/es{at}" for name, at in found.items() if not at.startswith(WITHOUT_LANGUAGE)}
    return found | {f"{name}, in Spanish": address for name, address in spanish.items()}


def body(response: HttpResponse) -> bytes:
    """Of a streamed answer too."""
    return response.getvalue()


def told(response: HttpResponse) -> str:
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{headers}\n\n{body(response).decode()}"
