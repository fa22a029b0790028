from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import index, sitemap
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.http import require_safe

from finder.admin import desk
from finder.api.errors import not_found as api_not_found
from finder.api.openapi import openapi
from finder.api.plan import api_plan
from finder.api.search import search as api_search
from finder.api.vocabulary import vocabulary as api_vocabulary
from finder.views import errors
from finder.views.about import about
from finder.views.accuracy import accuracy
from finder.views.api_reference import api_reference
from finder.views.calendars import calendar, meeting_calendar
from finder.views.called import called
from finder.views.claim import claim
from finder.views.claim_code import claim_code
from finder.views.feeds import meetings_feed
from finder.views.guidance import guidance, guidance_index
from finder.views.health import healthz, readyz
from finder.views.help_now import help_now
from finder.views.home import home
from finder.views.joining import how_to_join
from finder.views.listing import listing
from finder.views.next_hours import next_hours
from finder.views.packs import pack, pack_pdf, packs, packs_of_state
from finder.views.plan import plan
from finder.views.program import program
from finder.views.references import references, report_state
from finder.views.reporting import report, suggest
from finder.views.robots import not_indexed, robots
from finder.views.search import search
from finder.views.sitemap import SITEMAPS
from finder.views.stop_letters import stop
from finder.views.vcard import vcard

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/search", api_search, name="api_search"),
    path("api/plan", api_plan, name="api_plan"),
    path("api/vocabulary", api_vocabulary, name="api_vocabulary"),
    path("api/openapi.json", openapi, name="openapi"),
    path("api/<path:rest>", api_not_found),
    path("feeds/meetings.json", meetings_feed, name="meetings_feed"),
    path("robots.txt", robots, name="robots"),
    path(
        "sitemap.xml",
        require_safe(index),
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_part"},
        name="sitemap",
    ),
    path("sitemap-<section>.xml", require_safe(sitemap), {"sitemaps": SITEMAPS}, name="sitemap_part"),
    path("desk/", desk.urls),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    # The address says the language, so that no cookie has to: /search/ is English, /es/search/ Spanish.
    *i18n_patterns(
        path("", home, name="home"),
        path("search/", not_indexed(search), name="search"),
        path("plan/", not_indexed(plan), name="plan"),
        path("next/", not_indexed(next_hours), name="next"),
        path("help-now/", help_now, name="help_now"),
        path("guidance/", guidance_index, name="guidance_index"),
        path("guidance/<slug:slug>/", guidance, name="guidance"),
        path("listings/<uuid:pk>/called/", not_indexed(called), name="called"),
        path("listings/<uuid:pk>/report/", not_indexed(report), name="report"),
        path("suggest/", not_indexed(suggest), name="suggest"),
        path("reports/", not_indexed(references), name="references"),
        path("reports/<str:reference>/", not_indexed(report_state), name="report_state"),
        path("listings/<uuid:pk>/claim/", not_indexed(claim), name="claim"),
        path("listings/<uuid:pk>/<slug:slug>/", listing, name="listing"),
        path("how-to-join/<uuid:pk>/", not_indexed(how_to_join), name="how_to_join"),
        path("listings/<uuid:pk>/contact.vcf", vcard, name="vcard"),
        path("listings/<uuid:pk>/calendar.ics", calendar, name="calendar"),
        path("listings/<uuid:pk>/<int:schedule_pk>/calendar.ics", meeting_calendar, name="meeting_calendar"),
        path("program/code/<str:token>/", not_indexed(claim_code), name="claim_code"),
        path("program/stop/<str:token>/", not_indexed(stop), name="stop_letters"),
        path("program/<str:token>/", not_indexed(program), name="program"),
        path("packs/", packs, name="packs"),
        path("packs/<slug:state>/", packs_of_state, name="packs_of_state"),
        path("packs/<slug:state>/<slug:county>/", pack, name="pack"),
        path("packs/<slug:state>/<slug:county>/pack.pdf", pack_pdf, name="pack_pdf"),
        path("about/", about, name="about"),
        path("accuracy/", accuracy, name="accuracy"),
        path("api/", api_reference, name="api_reference"),
        prefix_default_language=False,
    ),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
