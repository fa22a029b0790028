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
from finder.views.compare import compare
from finder.views.feeds import meetings_feed
from finder.views.guidance import guidance, guidance_index
from finder.views.health import healthz, readyz
from finder.views.help_now import help_now
from finder.views.home import home
from finder.views.joining import how_to_join
from finder.views.list_changes import (
    add_plan_to_list,
    add_to_list,
    clear_list,
    move_on_list,
    take_off_list,
)
from finder.views.list_giving import list_file, print_list, share_list, take_link_back
from finder.views.list_notes import name_list, say_status, write_note
from finder.views.list_page import list_page
from finder.views.listing import listing
from finder.views.next_hours import next_hours
from finder.views.packs import pack, pack_pdf, packs, packs_of_state
from finder.views.plan import plan
from finder.views.program import program
from finder.views.references import references, report_state
from finder.views.reporting import report, suggest
from finder.views.robots import not_indexed, robots
from finder.views.saved_searches import save, saved_search
from finder.views.search import search
from finder.views.shared_list import list_code, shared_list, shared_list_file
from finder.views.sitemap import SITEMAPS
from finder.views.stop_alerts import stop as stop_alerts
from finder.views.stop_letters import stop
from finder.views.vcard import vcard
from finder.views.work import (
    begin_list,
    give_list_to_team,
    keep_brought_list,
    open_kept_list,
    read_kept_list,
    throw_list_away,
    work,
)

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
        path("l/", list_code, name="list_code"),
        path("l/<str:token>/", shared_list, name="shared_list"),
        path("l/<str:token>/list.<str:kind>", shared_list_file, name="shared_list_file"),
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
        path("list/", not_indexed(list_page), name="list"),
        path("list/compare/", not_indexed(compare), name="list_compare"),
        path("list/add/", not_indexed(add_to_list), name="list_add"),
        path("list/add-plan/", not_indexed(add_plan_to_list), name="list_add_plan"),
        path("list/remove/", not_indexed(take_off_list), name="list_remove"),
        path("list/move/", not_indexed(move_on_list), name="list_move"),
        path("list/clear/", not_indexed(clear_list), name="list_clear"),
        path("list/name/", not_indexed(name_list), name="list_name"),
        path("list/<uuid:pk>/note/", not_indexed(write_note), name="list_note"),
        path("list/<uuid:pk>/status/", not_indexed(say_status), name="list_status"),
        path("list/share/", not_indexed(share_list), name="list_share"),
        path("list/paper/", not_indexed(print_list), name="list_paper"),
        path("list/links/<int:pk>/take-back/", not_indexed(take_link_back), name="list_link_take_back"),
        path("list/list.<str:kind>", not_indexed(list_file), name="list_file"),
        path("my/", not_indexed(work), name="work"),
        path("my/lists/begin/", not_indexed(begin_list), name="work_begin_list"),
        path("my/lists/keep/", not_indexed(keep_brought_list), name="work_keep_list"),
        path("my/lists/<uuid:pk>/", not_indexed(read_kept_list), name="work_list"),
        path("my/lists/<uuid:pk>/open/", not_indexed(open_kept_list), name="work_open_list"),
        path("my/lists/<uuid:pk>/team/", not_indexed(give_list_to_team), name="work_team_list"),
        path("my/lists/<uuid:pk>/throw-away/", not_indexed(throw_list_away), name="work_throw_away"),
        path("my/searches/save/", not_indexed(save), name="save_search"),
        path("my/searches/<int:pk>/", not_indexed(saved_search), name="saved_search"),
        path("my/alerts/stop/<str:token>/", not_indexed(stop_alerts), name="stop_alerts"),
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
