"""The letter of a saved search's news as a mail server gets it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client, override_settings

from finder.actions.alerting import send_alerts
from finder.actions.indexing import rebuild_index
from finder.enums import AlertRhythm
from finder.filters import question_of
from finder.models import Phone
from tests.factories import SavedSearchFactory, make_listing
from tests.keepers import keeper
from tests.letters.links_of import path_of
from tests.lived import on
from tests.own_mail import receiving

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]
SITE = "https://help.example.org"
LOOKED = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def site() -> Iterator[None]:
    with override_settings(SITE_URL=SITE, DEFAULT_FROM_EMAIL="Recovery Finder <letters@help.example.org>"):
        yield


def test_a_letter_of_news_arrives_plain_and_stops_by_its_head(client: Client) -> None:
    kept = SavedSearchFactory(
        owner=keeper(), query="near=28801", created_at=LOOKED, rhythm=AlertRhythm.DAILY, name="Río"
    )
    listing = make_listing(name="Casa “Río” & Söhne <b>")
    with on(LOOKED + timedelta(hours=1)):
        Phone.objects.filter(listing=listing).update(extension="12")
    rebuild_index()
    with receiving() as mailbox:
        send_alerts(question_of=question_of, now=LOOKED + timedelta(days=3))
        refused = SavedSearchFactory(
            owner=keeper("carla"), query="near=28801", created_at=LOOKED, rhythm=AlertRhythm.DAILY
        )
        mailbox.refused.add("carla@example.org")
        sent = send_alerts(question_of=question_of, now=LOOKED + timedelta(days=3))
    (letter,) = mailbox.letters
    assert letter.get_content_type() == "text/plain"
    assert not letter.defects
    assert (letter["To"], letter["Auto-Submitted"]) == ("casey@example.org", "auto-generated")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    body = letter.get_content()
    assert "Changed: Casa “Río” & Söhne <b>" in body
    stop = letter["List-Unsubscribe"].strip(" <>")
    assert stop in body.replace("\r\n", "\n")
    assert client.post(path_of(stop), {"List-Unsubscribe": "One-Click"}).status_code == 200
    kept.refresh_from_db()
    assert kept.rhythm == AlertRhythm.NONE
    assert (sent.letters, sent.not_sent) == (0, [refused.pk])
    refused.refresh_from_db()
    assert refused.last_alert_at is None
