"""Words of the plan's page: numbers that can be called, a short summary, and language for grade 6."""

import pytest
from django.http import QueryDict

from finder.plan_filters import PlanFilterSet
from finder.plans.situations import Situation
from finder.plans.whys import HAND_OVER, OPIOID_HAND_OVER, WHYS
from finder.views.plan_form import PAYMENTS, WHO, answers, options
from finder.views.plan_page import NAMES, PROMISES, plan_heading, summary, with_numbers
from tests.reading import flesch_kincaid_grade

pytestmark = pytest.mark.usefixtures("vocabulary")

HEADINGS = {
    "": "Your plan",
    "near=Asheville, NC": "Your plan near Asheville, NC",
    "near=28801": "Your plan near 28801 (Asheville, NC)",
    "near=35.5951,-82.5515": "Your plan near Asheville, NC",
    "near=Buncombe County, NC": "Your plan in Buncombe County, NC",
    "near=NC": "Your plan in North Carolina",
    "near=online": "Your plan, online or by phone",
}
MOST_GRADES = 7


def asked(query: str) -> PlanFilterSet:
    parameters = PlanFilterSet(QueryDict(query))
    assert parameters.is_valid(), parameters.errors
    return parameters


@pytest.mark.parametrize("query", HEADINGS)
def test_the_heading_says_where(query: str) -> None:
    assert plan_heading(asked(query).plan_question.search) == HEADINGS[query]


def test_the_summary_is_short_and_whole() -> None:
    question = asked("substance=opioids&situation=pregnant&need=medicaid&not=methadone&q=river").plan_question
    assert summary(question) == ["Opioids", "Pregnant", "Medicaid", "Not: Methadone", "“river”"]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Call 911 for a seizure.", ["tel:911"]),
        ("Call or text 988, or 1-800-662-4357, now.", ["tel:988", "tel:+18006624357"]),
        ("Quiet House, 3 miles away. 828-555-0142", ["tel:+18285550142"]),
        ("From 2911 on, about 988th, nothing to call", []),
    ],
)
def test_a_number_in_a_sentence_can_be_called(text: str, links: list[str]) -> None:
    parts = with_numbers(text)
    assert "".join(part.text for part in parts) == text
    assert [part.href for part in parts if part.href] == links


def test_a_label_parts_from_what_explains_it() -> None:
    (option,) = options([("opioids", "Opioids: fentanyl, heroin")], ["opioids"])
    assert option == ("opioids", "Opioids", "fentanyl, heroin", True)


def test_answers_are_carried_once_and_without_what_nobody_asks() -> None:
    said = QueryDict("x=1&page=3&substance=alcohol&substance=alcohol&near=28801")
    assert answers(said) == (("near", "28801"), ("substance", "alcohol"))


def test_who_it_is_for_is_a_situation() -> None:
    assert {*WHO} <= {*Situation}
    assert all(map(str, [*WHO.values(), *PAYMENTS.values(), *PROMISES.values(), *NAMES.values()]))


def test_the_words_of_a_plan_are_easy_to_read() -> None:
    texts = " ".join(map(str, [*WHYS.values(), *HAND_OVER.values(), OPIOID_HAND_OVER]))
    assert flesch_kincaid_grade(texts) <= MOST_GRADES
