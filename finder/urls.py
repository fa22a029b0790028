from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, path

from finder.admin import desk
from finder.api.search import search as api_search
from finder.api.vocabulary import vocabulary as api_vocabulary
from finder.views import errors
from finder.views.health import healthz, readyz
from finder.views.help_now import help_now
from finder.views.home import home
from finder.views.listing import listing
from finder.views.search import search

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/search", api_search, name="api_search"),
    path("api/vocabulary", api_vocabulary, name="api_vocabulary"),
    path("desk/", desk.urls),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    # The address says the language, so that no cookie has to: /search/ is English, /es/search/ Spanish.
    *i18n_patterns(
        path("", home, name="home"),
        path("search/", search, name="search"),
        path("help-now/", help_now, name="help_now"),
        path("listings/<uuid:pk>/<slug:slug>/", listing, name="listing"),
        prefix_default_language=False,
    ),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
