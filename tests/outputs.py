"""Every public address that says something of listings, by what it is."""

from django.http import HttpResponse

from finder.models import ServiceAtLocation
from tests.made_up_lists import shared
from tests.read_paper import words

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
    "lists to print, by state": "/packs/",
    "lists to print, by county": "/packs/nc/",
    "list of a county": "/packs/nc/buncombe-county/",
    "list of a county, saved": "/packs/nc/buncombe-county/?download=1",
    "list of the next county": "/packs/nc/madison-county/",
    "list of a county as a PDF": "/packs/nc/buncombe-county/pack.pdf",
    "about": "/about/",
    "accuracy": "/accuracy/",
    "guidance": "/guidance/",
    "a text of guidance": "/guidance/kratom-and-7-oh/",
    "sitemap of guidance": "/sitemap-guidance.xml",
    "search by words that call for guidance": "/search/?q=kratom+safe+house",
    "contact card": "/listings/{pk}/contact.vcf",
    "calendar": "/listings/{pk}/calendar.ics",
    "calendar of its hours": "/listings/{pk}/{schedule}/calendar.ics",
    "a comparison": "/list/compare/?listing={pk}&listing={other}&near=28801",
    "a comparison by county": "/list/compare/?listing={other}&listing={pk}&near=Buncombe County, NC",
    "a comparison with itself": "/list/compare/?listing={pk}&listing={pk}",
    "what to compare": "/list/compare/",
    "claim it": "/listings/{pk}/claim/",
    "a program's page, by a foreign link": "/program/4711.1vH000.xYz/",
    "a code, by a foreign link": "/program/code/4711.1vH000.xYz/",
    "the end of letters, by a foreign link": "/program/stop/4711.1vH000.xYz/",
    "the end of news, by a foreign link": "/my/alerts/stop/4711.1vH000.xYz/",
    "a saved search, from outside": "/my/searches/4711/",
    "saving a search, from outside": "/my/searches/save/",
    "one's own list": "/list/",
    **{f"one's own list as {kind}": f"/list/list.{kind}" for kind in ("txt", "csv", "ics", "vcf")},
    **{
        f"one's own list, {what}": f"/list/{what}/"
        for what in ("add", "add-plan", "remove", "move", "clear", "name", "share", "paper")
    },
    "a note on one's own list": "/list/{pk}/note/",
    "a status on one's own list": "/list/{pk}/status/",
    "a link of one's own list": "/list/links/4711/take-back/",
    "one's work, from outside": "/my/",
    **{f"a list of work, from outside, {what}": f"/my/lists/{what}/" for what in ("begin", "keep")},
    **{
        f"a kept list, from outside, {what}": f"/my/lists/00000000-0000-0000-0000-000000000000/{what}"
        for what in ("", "open/", "team/", "throw-away/")
    },
    "opening a list by its code": "/l/",
    "opening a list by a foreign code": "/l/?code=K7CM-4X9P-4DTH",
    "a shared list": "/l/{list}/",
    "a shared list since it was printed": "/l/{list}/?since=20261128T120000Z",
    "a shared list on paper": "/l/{list}/list.pdf",
    "a shared list as text": "/l/{list}/list.txt",
    "a shared list as a table": "/l/{list}/list.csv",
    "a shared list as a calendar": "/l/{list}/list.ics",
    "a shared list as contacts": "/l/{list}/list.vcf",
    "robots": "/robots.txt",
    "sitemap": "/sitemap.xml",
    "sitemap of listings": "/sitemap-listings-1.xml",
    "health": "/healthz",
    "readiness": "/readyz",
}
WITHOUT_LANGUAGE = ("/api/", "/feeds/", "/healthz", "/readyz")
SHOWING_IT = (
    "the listing",
    *("a comparison", "a comparison by county", "a comparison with itself"),
    *("a shared list", "a shared list on paper", "a shared list as text", "a shared list as contacts"),
    *(f"search {how}" for how in ("by ZIP", "by county", "by state", "by words", "misspelt")),
    "list of a county",
    "list of a county as a PDF",
    *(f"API {how}" for how in ("by ZIP", "by point", "by county", "by state", "by words")),
)


def addresses(listing: ServiceAtLocation) -> dict[str, str]:
    """Of every output, in both languages."""
    schedule = listing.schedules.first()
    other = ServiceAtLocation.objects.published().exclude(pk=listing.pk).first()
    where = {
        "listing": listing.get_absolute_url(),
        "pk": listing.pk,
        "other": other.pk if other else listing.pk,
        "schedule": schedule.pk if schedule else 0,
        "list": shared(listing).token,
    }
    found = {name: address.format(**where) for name, address in OUTPUTS.items()}
    spanish = {name: f"/es{at}" for name, at in found.items() if not at.startswith(WITHOUT_LANGUAGE)}
    return found | {f"{name}, in Spanish": address for name, address in spanish.items()}


def body(response: HttpResponse) -> bytes:
    """Of a streamed answer too."""
    return response.getvalue()


def text(response: HttpResponse) -> str:
    """Of paper what is printed on it."""
    if response.headers.get("Content-Type") == "application/pdf":
        return words(body(response))
    return body(response).decode()


def told(response: HttpResponse) -> str:
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{headers}\n\n{text(response)}"
