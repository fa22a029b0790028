import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import translation

from finder.models import Guidance
from tests.factories import GuidanceFactory

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", client.get(address).content.decode())


@pytest.fixture
def shipped(vocabulary: None) -> list[Guidance]:
    call_command("loaddata", "guidance", verbosity=0)
    return list(Guidance.objects.all())


def test_the_index_lists_what_is_shown(client: Client) -> None:
    GuidanceFactory(title="Shown text")
    GuidanceFactory(title="Hidden text", taken_down=True)
    listed = page(client, "/guidance/")
    assert "Shown text" in listed
    assert "Hidden text" not in listed


def test_an_empty_index_still_points_to_the_lines(client: Client) -> None:
    assert "The lines above answer all the same." in page(client, "/guidance/")


def test_the_core_comes_before_all_else(client: Client) -> None:
    GuidanceFactory(slug="kratom")
    shown = page(client, "/guidance/kratom/")
    order = [shown.index(words) for words in ("First, stay safe", "On this page", "It is a plant.", "A book")]
    assert order == sorted(order)


def test_a_claim_names_its_source_by_number(client: Client) -> None:
    GuidanceFactory(slug="kratom")
    shown = page(client, "/guidance/kratom/")
    assert 'href="#source-1" aria-label="Source 1">[1]</a>' in shown
    assert 'id="source-1"' in shown
    assert "A press, May 2025." in shown
    assert "Not opened." in shown


def test_a_text_that_nobody_reviewed_says_so(client: Client) -> None:
    GuidanceFactory(slug="kratom")
    shown = page(client, "/guidance/kratom/")
    assert "Written from the sources below; not yet reviewed by a clinician." in shown
    assert "Written on Nov. 22, 2026." in shown
    assert "Nobody has opened each source again since." in shown


def test_a_review_is_said_with_its_day_and_role(client: Client) -> None:
    GuidanceFactory(slug="kratom", reviewed=True)
    shown = page(client, "/guidance/kratom/")
    assert "Reviewed on Nov. 1, 2026. Role of the reviewer: Physician." in shown
    assert "not yet reviewed" not in shown


def test_an_overdue_text_keeps_its_core_and_leaves_its_claims_out(client: Client) -> None:
    GuidanceFactory(slug="kratom", overdue=True)
    shown = page(client, "/guidance/kratom/")
    assert "This page is due for a check." in shown
    assert 'Call <a href="tel:911">911</a>.' in shown
    assert "It is a plant." not in shown
    assert "Known" not in shown
    assert "Ask." in shown


def test_every_core_survives_overdue(client: Client, shipped: list[Guidance]) -> None:
    before = {text.slug: cores(page(client, text.get_absolute_url())) for text in shipped}
    Guidance.objects.update(review_due_on="2020-01-01")
    for text in shipped:
        after = page(client, text.get_absolute_url())
        assert cores(after) == before[text.slug]
        assert len(cores(after)) == len(text.core)
        assert 'class="cited"' not in after


def cores(shown: str) -> list[str]:
    box = re.search(r'aria-labelledby="first">(.*?)</section>', shown)
    assert box is not None
    return re.findall(r"<li>(.*?)</li>", box[1])


def test_a_text_that_was_taken_down_is_gone_and_the_lines_stay(client: Client) -> None:
    GuidanceFactory(slug="kratom", title="Kratom", taken_down=True)
    response = client.get("/guidance/kratom/")
    shown = response.content.decode()
    assert response.status_code == 410
    assert "We took “Kratom” down" in shown
    assert "tel:988" in shown
    assert "tel:+18006624357" in shown
    assert "It is a plant." not in shown
    assert "Wrong" not in shown


def test_a_text_that_never_was_is_not_found(client: Client) -> None:
    response = client.get("/guidance/nothing/")
    assert response.status_code == 404
    assert b"tel:988" in response.content


def test_a_spanish_text_is_spanish_and_says_that_nobody_reviewed_it(client: Client) -> None:
    GuidanceFactory(slug="kratom")
    shown = page(client, "/es/guidance/kratom/")
    assert "Es una planta." in shown
    assert "It is a plant." not in shown
    assert shown.count("Ninguna persona ha revisado todavía esta traducción.") == 2


def test_every_shipped_page_answers_and_every_link_within_leads_somewhere(
    client: Client, shipped: list[Guidance]
) -> None:
    lost = []
    for text in shipped:
        for prefix in ("", "/es"):
            address = f"{prefix}/guidance/{text.slug}/"
            response = client.get(address)
            assert response.status_code == 200, address
            html = response.content.decode()
            anchors = set(re.findall(r'\sid="([^"]+)"', html))
            for link in re.findall(r'href="([^"]+)"', html):
                if link.startswith("#"):
                    lost += [f"{address} {link}"] if link[1:] not in anchors else []
                elif link.startswith("/") and not link.startswith("/static/"):
                    lost += [] if resolves(link) else [f"{address} {link}"]
    assert not lost


def resolves(link: str) -> bool:
    try:
        with translation.override("en"):
            resolve(re.sub(r"^/es/", "/", link).split("?")[0])
    except Resolver404:
        return False
    return True


def test_every_anchor_of_a_page_stands_once(client: Client, shipped: list[Guidance]) -> None:
    for text in shipped:
        ids = re.findall(r'\sid="([^"]+)"', client.get(text.get_absolute_url()).content.decode())
        assert len(ids) == len(set(ids)), text.slug


@pytest.mark.parametrize("address", ["/search/?q=kratom", "/es/search/?q=cratom", "/search/?near=kratom"])
@pytest.mark.parametrize("parts", [False, True])
def test_words_typed_into_a_search_bring_the_text_above_the_results(
    client: Client, vocabulary: None, address: str, parts: bool
) -> None:
    GuidanceFactory(slug="kratom")
    response = client.get(address, headers={"HX-Request": "true"} if parts else {})
    shown = response.content.decode()
    assert "/guidance/kratom/" in shown
    assert ("Do not mix it." in shown) != ("No lo mezcle." in shown)


def test_a_number_in_such_a_text_can_be_tapped(client: Client, vocabulary: None) -> None:
    GuidanceFactory(routed="Poison Help: [1-800-222-1222](tel:+18002221222).")
    assert '<a href="tel:+18002221222">1-800-222-1222</a>' in page(client, "/search/?q=kratom")


def test_a_search_without_such_words_brings_none(client: Client, vocabulary: None) -> None:
    GuidanceFactory(slug="kratom")
    assert "Before you go on" not in page(client, "/search/?q=counseling&near=28801")
