"""What stands around the lists of a county: whom to call, and what to read first."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from finder.enums import CareCategory
from finder.models import Guidance, ServiceAtLocation
from tests.public_pages import take_down_for_pages
from tests.read_packs import PACK, page, words
from tests.reading import fernandez_huerta_ease, flesch_kincaid_grade

Make = Callable[..., ServiceAtLocation]

pytestmark = [
    pytest.mark.usefixtures("vocabulary", "crisis_lines", "guidance_texts", "saturday"),
    pytest.mark.django_db,
]

DETOX, TREATMENT, GROUP = CareCategory


def test_911_and_988_come_first_and_again_at_the_foot(client: Client, listed: Make) -> None:
    listed()
    shown = page(client)
    assert re.findall(r'href="([^"]+)"', shown.split("<body>")[1])[:3] == ["tel:911", "tel:988", "sms:988"]
    assert "Call 911" in shown.split("<footer")[1]
    assert "Call 988 or text 988" in shown.split("<footer")[1]
    lines = words(shown.split('<ul class="lines">')[1].split("</ul>")[0])
    assert lines.index("Call 911") < lines.index("Call 988") < lines.index("1-800-662-4357")


def test_the_box_for_people_just_released_says_the_guidance(client: Client, listed: Make) -> None:
    listed()
    box = words(page(client).split('<section class="box">')[1].split("</section>")[0])
    text = Guidance.objects.get(slug="just-out-of-jail")
    for line in text.core:
        assert words(re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", line["text"])).strip() in box
    for said in ("naloxone", "methadone or buprenorphine", "Ask to have it switched on again"):
        assert said in box
    assert "](" not in box


def test_the_box_says_whether_a_clinician_reviewed_its_text(client: Client, listed: Make) -> None:
    listed()
    assert "Not yet reviewed by a clinician." in page(client)
    Guidance.objects.filter(slug="just-out-of-jail").update(
        reviewed_on=date(2026, 11, 22), reviewed_by_role="NURSE"
    )
    assert "Reviewed on Nov. 22, 2026. Role of the reviewer: Nurse." in page(client)


def test_what_to_do_tonight_and_on_release_comes_before_any_detox(client: Client, listed: Make) -> None:
    listed(name="Riverside Detox", categories=[DETOX])
    shown = page(client)
    before = shown[: shown.index("Riverside Detox")]
    for said in ("Just released?", "Do not stop suddenly on your own.", "Keep naloxone close."):
        assert said in before


@pytest.mark.parametrize("taken_down", [["just-out-of-jail"], ["just-out-of-jail", "after-detox"]])
def test_a_text_that_was_taken_down_is_replaced_and_its_core_stays(
    client: Client, listed: Make, taken_down: list[str]
) -> None:
    listed()
    for slug in taken_down:
        take_down_for_pages(slug)
    box = words(page(client).split('<section class="box">')[1].split("</section>")[0])
    assert "Ask the jail" not in box
    assert "your body can take less" in box
    assert "naloxone" in box


def test_the_texts_read_at_about_grade_six(client: Client, listed: Make) -> None:
    listed(categories=list(CareCategory))
    boxes = re.findall(r'<section class="box">(.*?)</section>', page(client), re.DOTALL)
    assert flesch_kincaid_grade(as_lines(boxes)) <= 6
    spanish = re.findall(r'<section class="box">(.*?)</section>', page(client, f"/es{PACK}"), re.DOTALL)
    assert fernandez_huerta_ease(as_lines(spanish)) >= 65


def as_lines(boxes: list[str]) -> str:
    return "\n".join(re.findall(r">([^<]+)</(?:p|li|h2)>", "".join(boxes)))
