"""How htmx is used: nothing inline and nothing evaluated, so that the content security policy holds."""

import json

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    htmx: HtmxDetails


CONFIGURATION = json.dumps(
    {
        "allowEval": False,
        "allowScriptTags": False,
        "includeIndicatorStyles": False,
        # Nothing of a search stays in the browser's storage: going back asks the site again.
        "historyCacheSize": 0,
        "refreshOnHistoryMiss": True,
        "historyRestoreAsHxRequest": False,
        "responseHandling": [
            {"code": "[23]..", "swap": True},
            {"code": "400", "swap": True},  # the page that says what was not understood
            {"code": "...", "swap": False, "error": True},
        ],
    },
    separators=(",", ":"),
)
