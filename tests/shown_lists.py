"""Lists as readers see them, for what is written from `ShownList` alone."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from finder.referral.shown import ShownItem, ShownLine, ShownList, ShownPhone, ShownSection

AS_OF = datetime(2026, 11, 27, 19, 30, tzinfo=ZoneInfo("America/New_York"))
LINK = "https://finder.example.org/en/l/K7QM2X9P4DTH/"
CODE = "K7QM-2X9P-4DTH"
CRISIS = {
    "en": (
        ShownLine("911 (emergency)", "Call 911"),
        ShownLine("988 Suicide & Crisis Lifeline", "Call or text 988"),
        ShownLine("SAMHSA National Helpline", "Call 1-800-662-4357"),
        ShownLine("Poison Help", "Call 1-800-222-1222"),
    ),
    "es": (
        ShownLine("911 (emergencia)", "Llame al 911"),
        ShownLine("Línea 988 de Prevención del Suicidio y Crisis", "Llame al 988, oprima 2"),
        ShownLine("Línea Nacional de Ayuda de SAMHSA", "Llame al 1-800-662-4357"),
    ),
}
DETOX = ("WITHDRAWAL_MANAGEMENT", "Detox")
TREATMENT = ("BEHAVIORAL_HEALTH", "Treatment")
GROUP = ("SUPPORT_GROUP", "Support group")


def shown_item(number: int = 1, **values: Any) -> ShownItem:
    """A place that says much."""
    usual: dict[str, Any] = {
        "listing": UUID(int=number),
        "name": f"Example Place {number}",
        "url": f"https://finder.example.org/en/listings/{UUID(int=number)}/",
        "categories": (DETOX,),
        "where": "Asheville, NC",
        "address": (f"{number} Example Street", "Asheville, NC 28801"),
        "phones": (
            ShownPhone(f"828-555-01{number % 100:02}", f"tel:+182855501{number % 100:02}", "front desk"),
        ),
        "limits": ("Adults 18 and older", "Ask if they take your insurance"),
        "facts": ("Medically supervised: yes", "Medicaid: yes", "Spanish: not stated"),
        "times": ("Monday to Friday, 9:00 am to 5:00 pm",),
        "checked": "Phone and address checked 3 days ago, by phone",
    }
    return ShownItem(**usual | values)


def shown_list(*items: ShownItem, **values: Any) -> ShownList:
    usual: dict[str, Any] = {
        "title": "Places to call",
        "language": "en",
        "as_of": AS_OF,
        "sections": (ShownSection(DETOX[0], "Detox", "Start now", items),),
        "crisis": CRISIS[values.get("language", "en")],
    }
    return ShownList(**usual | values)


def plan_list(**values: Any) -> ShownList:
    """Three legs, with all that can befall a place."""
    detox = (
        shown_item(
            1,
            note="Ask for Example Nurse. Bring your pills in their bottles.",
            doubts=("Someone could not reach it 2 days ago.",),
        ),
        shown_item(
            2,
            changes=("New phone: 828-555-0102. It was 828-555-0199.",),
            phones=(
                ShownPhone("828-555-0102 ext. 12", "tel:+18285550102,12", "intake"),
                ShownPhone("828-555-0162", "tel:+18285550162"),
            ),
        ),
    )
    treatment = (
        shown_item(3, categories=(TREATMENT,), limits=(), facts=("Sliding scale: yes",)),
        shown_item(4, is_gone=True),
    )
    groups = (
        shown_item(
            5,
            name="Example Group, Tuesday Night",
            categories=(GROUP,),
            where="Online",
            address=(),
            limits=(),
            facts=(),
            phones=(),
            times=("Tuesday 7:00 pm to 8:00 pm", "Thursday 7:00 pm to 8:00 pm"),
            checked="",
            is_demo=True,
        ),
    )
    usual: dict[str, Any] = {
        "sections": (
            ShownSection(DETOX[0], "Detox", "Start now", detox),
            ShownSection(TREATMENT[0], "Treatment", "Right after", treatment),
            ShownSection(GROUP[0], "Support groups", "Alongside", groups),
        ),
        "link": LINK,
        "code": CODE,
        "expires": "The link ends on January 26, 2027.",
    }
    return shown_list(**usual | values)
