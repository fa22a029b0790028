from django.urls import URLPattern, URLResolver, path

from finder.api.search import search as api_search
from finder.api.vocabulary import vocabulary as api_vocabulary

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/search", api_search, name="api_search"),
    path("api/vocabulary", api_vocabulary, name="api_vocabulary"),
]
