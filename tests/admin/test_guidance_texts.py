"""The safety texts at the desk: one tap takes a text down, and nothing is saved that must not be shown."""

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from finder.models import Guidance
from tests.admin.conftest import desk_of
from tests.factories import GuidanceFactory

pytestmark = pytest.mark.django_db


def at(text: Guidance, name: str = "change") -> str:
    return reverse(f"admin:finder_guidance_{name}", args=[text.pk])


def again(text: Guidance) -> Guidance:
    return Guidance.objects.get(pk=text.pk)


def decide(user: User, text: Guidance, **said: str) -> HttpResponse:
    return desk_of(user).post(at(text, "decide"), said)


def filled(client: Client, text: Guidance) -> dict[str, str]:
    """The form as it comes to the browser, ready to be sent back."""
    html = client.get(at(text)).content.decode()
    form = html[html.index('id="guidance_form"') :]
    fields = {
        name: value
        for tag in re.findall(r"<input [^>]*>", form)
        if "submit" not in tag
        for name, value in [(attribute(tag, "name"), attribute(tag, "value"))]
    }
    boxes = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL)
    return fields | {name: unescape(value) for name, value in boxes}


def attribute(tag: str, name: str) -> str:
    found = re.search(rf'{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


def save(user: User, text: Guidance, **changed: str) -> HttpResponse:
    client = desk_of(user)
    return client.post(at(text), filled(client, text) | changed)


def test_an_editor_takes_a_text_down_in_one_tap(editor: User) -> None:
    text = GuidanceFactory()
    assert b"Take down now" in desk_of(editor).get(at(text)).content
    decide(editor, text, verb="take_down")
    assert not again(text).is_shown
    assert again(text).taken_down_by == editor


def test_several_are_taken_down_from_the_list(editor: User) -> None:
    texts = [GuidanceFactory(), GuidanceFactory(), GuidanceFactory(taken_down=True)]
    desk_of(editor).post(
        reverse("admin:finder_guidance_changelist"),
        {"action": "take_selected_down", "_selected_action": [text.pk for text in texts]},
    )
    assert not Guidance.objects.shown().exists()


def test_a_text_is_put_back(editor: User) -> None:
    text = GuidanceFactory(taken_down=True)
    decide(editor, text, verb="put_back")
    assert again(text).is_shown


def test_a_case_worker_takes_nothing_down(case_worker: User) -> None:
    text = GuidanceFactory()
    assert decide(case_worker, text, verb="take_down").status_code == 403
    assert b"Take down now" not in desk_of(case_worker).get(at(text)).content
    assert again(text).is_shown


def test_an_editor_cannot_change_wording_or_record_a_review(editor: User) -> None:
    text = GuidanceFactory()
    assert desk_of(editor).post(at(text), {"title": "Mine"}).status_code == 403
    assert decide(editor, text, verb="review", role="NURSE").status_code == 403
    assert again(text).reviewed_on is None


def test_an_administrator_records_a_review_with_its_role(administrator: User) -> None:
    text = GuidanceFactory()
    decide(administrator, text, verb="review", role="NURSE")
    assert again(text).reviewed_by_role == "NURSE"
    assert again(text).reviewed_on is not None


def test_a_review_without_a_role_is_refused_in_words(administrator: User) -> None:
    text = GuidanceFactory()
    answer = desk_of(administrator).post(at(text, "decide"), {"verb": "review"}, follow=True)
    assert b"Say the role" in answer.content
    assert again(text).reviewed_on is None


def test_only_a_post_decides(editor: User) -> None:
    text = GuidanceFactory()
    assert desk_of(editor).get(at(text, "decide"), {"verb": "take_down"}).status_code == 403
    assert again(text).is_shown


def test_saving_without_a_change_changes_nothing(administrator: User) -> None:
    text = GuidanceFactory(reviewed=True)
    before = Guidance.objects.filter(pk=text.pk).values().get()
    assert save(administrator, text).status_code == 302
    assert Guidance.objects.filter(pk=text.pk).values().get() == before


def test_every_shipped_text_passes_the_form_unchanged(administrator: User, vocabulary: None) -> None:
    call_command("loaddata", "guidance", verbosity=0)
    for text in Guidance.objects.all():
        before = Guidance.objects.filter(pk=text.pk).values().get()
        response = save(administrator, text)
        assert response.status_code == 302, (
            text.slug,
            re.findall(r"errorlist.*?</ul>", response.content.decode()),
        )
        assert Guidance.objects.filter(pk=text.pk).values().get() == before, text.slug


def test_new_words_are_saved_and_end_the_review(administrator: User) -> None:
    text = GuidanceFactory(reviewed=True)
    save(administrator, text, **{"core-0-text": "Call 911 now."})
    assert again(text).core[0] == {"text": "Call 911 now.", "text_es": "Llame al [911](tel:911)."}
    assert again(text).reviewed_on is None


def test_a_row_is_added_and_an_emptied_row_goes(administrator: User) -> None:
    text = GuidanceFactory()
    save(administrator, text, **{"core-1-text": "Stay.", "core-1-text_es": "Quédese."})
    assert len(again(text).core) == 2
    save(administrator, text, **{"core-0-text": "", "core-0-text_es": ""})
    assert again(text).core == [{"text": "Stay.", "text_es": "Quédese."}]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"core-0-text": "Take 5 mg."}, "a dose"),
        ({"core-0-text_es": "Tome dos pastillas."}, "a dose"),
        ({"summary": "The best clinic."}, "praise"),
        ({"sections-1-text": "For an addict."}, "a word that blames"),
        ({"core-0-text_es": ""}, "Row 1 lacks: Spanish."),
        ({"core-0-text": "", "core-0-text_es": ""}, "This field is required."),
        ({"claims-0-sources": "no-such-book"}, "names a section and sources"),
        ({"claims-0-section": "nowhere"}, "names a section and sources"),
        ({"sources-0-url": "http://book.example/"}, "begins with https"),
        ({"sections-0-key": "Not a key"}, "Keys are a-z"),
        ({"sections-0-key": "do"}, "each once"),
        ({"related-0-query": "need=no-such-need"}, "no search that we know"),
        ({"routed": ""}, "need the words to show"),
    ],
)
def test_what_must_not_be_shown_is_not_saved(
    administrator: User, vocabulary: None, changed: dict[str, str], told: str
) -> None:
    text = GuidanceFactory()
    before: Any = Guidance.objects.filter(pk=text.pk).values().get()
    response = save(administrator, text, **changed)
    assert response.status_code == 200
    assert told in unescape(response.content.decode())
    assert Guidance.objects.filter(pk=text.pk).values().get() == before


def test_what_is_shown_in_a_field_is_text(administrator: User) -> None:
    text = GuidanceFactory(core=[{"text": "</textarea><script>x</script>", "text_es": '"><b>'}])
    html = desk_of(administrator).get(at(text)).content.decode()
    assert "<script>x" not in html
    assert "&lt;/textarea&gt;&lt;script&gt;" in html


def test_the_history_says_who_took_it_down(administrator: User) -> None:
    text = GuidanceFactory()
    decide(administrator, text, verb="take_down", reason="Wrong number")
    shown = desk_of(administrator).get(at(text, "history")).content.decode()
    assert "Taken down" in shown
    assert "Wrong number" in shown
    assert administrator.username in shown


def test_an_overdue_text_waits_on_the_first_page(administrator: User, editor: User) -> None:
    GuidanceFactory(overdue=True)
    GuidanceFactory(overdue=True, taken_down=True)
    first_page = reverse("admin:index")
    told = b"<strong>1</strong> guidance texts to check again"
    assert told in desk_of(administrator).get(first_page).content
    assert told not in desk_of(editor).get(first_page).content


def test_the_list_says_where_each_text_stands(administrator: User) -> None:
    GuidanceFactory()
    GuidanceFactory(overdue=True)
    GuidanceFactory(taken_down=True)
    listed = desk_of(administrator).get(reverse("admin:finder_guidance_changelist")).content.decode()
    for state in ("shown", "overdue: claims left out", "taken down"):
        assert state in listed
