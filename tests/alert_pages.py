"""The page that ends letters about a saved search, in every state that it shows apart."""

from django.urls import reverse

from finder.letters.links import Purpose, token_of
from finder.models import SavedSearch
from tests.factories import SavedSearchFactory


def stop_alerts_page_of(search: SavedSearch) -> str:
    return reverse("stop_alerts", args=[token_of(Purpose.ALERTS, search.pk)])


def alert_pages() -> dict[str, str]:
    """Their addresses by what they show."""
    return {
        "the end of news": stop_alerts_page_of(SavedSearchFactory(rhythm="DAILY")),
        "the end of news, ended": stop_alerts_page_of(SavedSearchFactory()),
        "the end of news, by a wrong link": reverse("stop_alerts", args=["4711.1vH000.xYz"]),
    }
