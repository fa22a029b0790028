"""What OpenAPI says of each address: parameters with their limits, answers, examples, errors."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema

from finder.api import shapes
from finder.enums import Attending, CareCategory
from finder.filters import HAS_ROOM, LONGEST_PLACE, LONGEST_WORDS, LONGEST_ZONE, MOST_MILES, MOST_PAGES
from finder.plans.situations import Situation, Substance
from finder.search.question import DEFAULT_MILES, Sort, When


def parameter(name: str, schema: dict[str, Any], description: str, **more: Any) -> OpenApiParameter:
    return OpenApiParameter(name, schema, description=description, **more)


def repeatable(name: str, items: dict[str, Any], description: str) -> OpenApiParameter:
    schema = {"type": "array", "items": items}
    return parameter(name, schema, f"{description} Repeatable.", style="form", explode=True)


CLOCK_TIME = {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}

SEARCH_PARAMETERS = [
    parameter(
        "near",
        {"type": "string", "maxLength": LONGEST_PLACE},
        "Where: a ZIP code, a city and state (Asheville, NC), a county, a state, latitude and longitude "
        "(35.6,-82.55), or “online”.",
    ),
    parameter(
        "within",
        {"type": "number", "minimum": 1, "maximum": MOST_MILES, "default": DEFAULT_MILES},
        "Miles around a ZIP code, city or point. A county or state means the addresses in it.",
    ),
    repeatable(
        "category",
        {"type": "string", "enum": CareCategory.values},
        "Kind of help; several mean any of them.",
    ),
    repeatable(
        "need",
        {"type": "string"},
        "A slug of /api/vocabulary. Of one taxonomy any will do; of several, each must be met. "
        "A listing that does not state it comes after those that do; one that denies it is left out.",
    ),
    repeatable("not", {"type": "string"}, "A slug of /api/vocabulary. A listing that states it is left out."),
    parameter(
        "when",
        {"type": "string", "enum": When.values},
        "“now” is under way or starting within 60 minutes; “today” the rest of the day; “24h” the coming 24 "
        "hours; a weekday is the group's own, in the coming seven days. A listing that states no times comes "
        "after those that do.",
    ),
    parameter(
        "zone",
        {"type": "string", "maxLength": LONGEST_ZONE},
        "IANA name of the reader's time zone: whose day “today” is. Without it, the place's; without a "
        "place, the group's.",
    ),
    parameter(
        "from",
        CLOCK_TIME,
        "Starts at this time of day or later, on the group's clock. Open doors count as long as they are "
        "open.",
    ),
    parameter(
        "until",
        CLOCK_TIME,
        "Starts at this time of day or earlier. Earlier than “from”: past midnight, on the next day.",
    ),
    repeatable(
        "attend",
        {"type": "string", "enum": Attending.values},
        "How to take part; several mean any of them. The same as the needs in_person and online; “hybrid” is "
        "both at once.",
    ),
    repeatable(
        "fellowship",
        {"type": "string"},
        "A slug of the taxonomy “fellowship” in /api/vocabulary: the same as that need.",
    ),
    parameter(
        "available",
        {"type": "string", "enum": [HAS_ROOM]},
        "Only listings that are known to have room for new people now: the program or one of us said so, not "
        "too long ago. Most say nothing; leave it out to find those, too.",
    ),
    parameter(
        "q",
        {"type": "string", "maxLength": LONGEST_WORDS},
        "Words of its name or description. If nothing is found by them, corrected ones are tried.",
    ),
    parameter(
        "sort",
        {"type": "string", "enum": Sort.values, "default": Sort.BEST.value},
        "Among those that fit, and then among those that may. “best” weighs distance against age; "
        "“distance” needs a place; “soonest” puts what is on now or next first.",
    ),
    parameter(
        "page", {"type": "integer", "minimum": 1, "maximum": MOST_PAGES, "default": 1}, "Page, from 1 on."
    ),
]

PLAN_PARAMETERS = [
    *SEARCH_PARAMETERS,
    repeatable(
        "substance", {"type": "string", "enum": Substance.values}, "What is used; the most dangerous decides."
    ),
    repeatable(
        "situation", {"type": "string", "enum": Situation.values}, "Anything else that matters for the plan."
    ),
]

SEARCH_EXAMPLE: dict[str, Any] = {
    "count": 1,
    "count_maybe": 0,
    "place": {
        "label": "Asheville, NC",
        "latitude": 35.5951,
        "longitude": -82.5515,
        "corrected": False,
        "others": [],
    },
    "corrected_words": None,
    "times_are_behind": False,
    "results": [
        {
            "id": "00000000-0000-4000-8000-000000000001",
            "url": "https://help.example.org/listings/00000000-0000-4000-8000-000000000001/example-detox/",
            "name": "Example Detox",
            "organization": "Example Recovery Partners",
            "categories": ["withdrawal_management"],
            "fit": "yes",
            "miles": 2.1,
            "city": "Asheville",
            "state_province": "NC",
            "postal_code": "28801",
            "phone": "828-555-0142 x4",
            "checked_date": "2026-11-22",
            "freshness": [
                {
                    "part": "contact",
                    "date": "2026-11-22",
                    "method": "phone",
                    "voice": "editor",
                    "source": None,
                },
                {
                    "part": "services",
                    "date": "2025-06-01",
                    "method": "import",
                    "voice": None,
                    "source": "samhsa-su",
                },
            ],
            "disputed": [],
            "availability": [
                {
                    "unit": "detox_beds",
                    "code": "yes",
                    "available": 2,
                    "updated_at": "2026-11-22T15:00:00-05:00",
                    "expires_at": "2026-11-23T15:00:00-05:00",
                    "voice": "provider",
                }
            ],
            "states": ["medicaid", "medically_supervised"],
            "not_stated": [],
            "times_not_stated": False,
            "next": {
                "starts_at": "2026-11-23T08:00:00-05:00",
                "ends_at": "2026-11-23T11:00:00-05:00",
                "is_under_way": False,
            },
        }
    ],
    "facets": [{"taxonomy": "payment", "terms": [{"slug": "medicaid", "name": "Medicaid", "count": 1}]}],
    "next": None,
    "repairs": [
        {
            "label": "Within 50 miles",
            "url": "https://help.example.org/search/?near=Asheville%2C+NC&within=50&need=medicaid",
            "count": 4,
        }
    ],
    "safety": [],
}

PLAN_EXAMPLE = {
    "place": SEARCH_EXAMPLE["place"],
    "legs": [
        {
            "category": "withdrawal_management",
            "start": "now",
            "why": "Stopping suddenly can bring seizures and can kill.",
            "choices": [
                {
                    **SEARCH_EXAMPLE["results"][0],
                    "reasons": ["about 2 miles", "medically supervised", "says: Medicaid"],
                    "inferred": False,
                    "ask": ["Do you offer detox from alcohol?"],
                }
            ],
            "gap": None,
        },
        {
            "category": "behavioral_health",
            "start": "next",
            "why": "Detox alone is not treatment.",
            "choices": [],
            "gap": {
                "reason": "Nothing of this kind that suits you is listed within 25 miles of Asheville, NC.",
                "nearest": None,
                "remote": [],
                "instead": ["The SAMHSA helpline, 1-800-662-4357, is free."],
                "opens": SEARCH_EXAMPLE["repairs"],
            },
        },
    ],
    "safety": [
        {
            "slug": "alcohol-and-benzodiazepine-withdrawal",
            "title": "Stopping alcohol or benzodiazepines",
            "text": "Do not stop suddenly on your own.",
        }
    ],
}

VOCABULARY_EXAMPLE = {
    "terms": [
        {
            "slug": "medicaid",
            "taxonomy": "payment",
            "name": "Medicaid",
            "explanation": "",
            "categories": ["withdrawal_management", "behavioral_health"],
            "source_codes": {"samhsa": ["MD"]},
        }
    ]
}


def answers(shape: Any, description: str, example: Any) -> OpenApiResponse:
    return OpenApiResponse(
        shape, description, examples=[OpenApiExample("Answer", example, status_codes=["200"])]
    )


def refusal(status: int, description: str, errors: dict[str, list[str]]) -> OpenApiResponse:
    example = OpenApiExample("Refusal", {"errors": errors}, status_codes=[str(status)], response_only=True)
    return OpenApiResponse(shapes.Errors, description, examples=[example])


TOO_MANY = refusal(
    429,
    "Too many requests from one address in this minute. Retry-After says how many seconds are left of it.",
    {"request": ["Too many requests from one address. Try again in 12 seconds."]},
)
RETRY_AFTER = OpenApiParameter(
    "Retry-After",
    {"type": "integer", "minimum": 1, "maximum": 60},
    OpenApiParameter.HEADER,
    description="Seconds to wait.",
    response=[429],
)

describes_search = extend_schema(
    operation_id="search",
    summary="Search the directory",
    description="What the search page finds, twenty listings a page. An unknown parameter is an error, "
    "so that a typing mistake never widens a search.",
    parameters=[*SEARCH_PARAMETERS, RETRY_AFTER],
    tags=["Directory"],
    responses={
        200: answers(shapes.SearchAnswer, "What was found.", SEARCH_EXAMPLE),
        400: refusal(
            400,
            "A parameter was not understood, and nothing was searched.",
            {"within": ["Give a number of miles from 1 to 500."]},
        ),
        429: TOO_MANY,
    },
)

describes_plan = extend_schema(
    operation_id="plan",
    summary="One plan of three legs",
    description="Detox, treatment and a support group for one situation: when each starts and why, up to "
    "three choices with reasons, or a gap with what is nearest. `category`, `available`, `sort` and `page` "
    "are accepted and change nothing, so that the address of a search becomes that of a plan.",
    parameters=[*PLAN_PARAMETERS, RETRY_AFTER],
    tags=["Directory"],
    responses={
        200: answers(shapes.Plan, "The plan.", PLAN_EXAMPLE),
        400: refusal(
            400,
            "A parameter was not understood, and nothing was planned.",
            {"substance": ["“x” is not a substance we know. Choose from the list."]},
        ),
        429: TOO_MANY,
    },
)

describes_vocabulary = extend_schema(
    operation_id="vocabulary",
    summary="All needs that can be asked for",
    description="Some 300 terms. Read them once and keep them: they seldom change, and a slug never does.",
    parameters=[RETRY_AFTER],
    tags=["Directory"],
    responses={
        200: answers(shapes.Vocabulary, "Every term.", VOCABULARY_EXAMPLE),
        429: TOO_MANY,
    },
)
