from typing import Any

from django.http import HttpRequest

from finder.search.repairs import Repair
from finder.views.repair_words import repair_address, repair_label


def repair_as_json(repair: Repair, request: HttpRequest) -> dict[str, Any]:
    return {
        "label": repair_label(repair),
        "url": request.build_absolute_uri(repair_address(repair)),
        "count": repair.count,
    }
