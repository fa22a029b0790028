from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.signing import TimestampSigner

from finder.letters.links import LASTS, LinkIsOld, LinkIsWrong, Purpose, link_to, pk_of, token_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize("purpose", Purpose)
def test_a_link_leads_to_its_row(purpose: Purpose) -> None:
    assert pk_of(purpose, token_of(purpose, 4711)) == 4711


def test_a_link_to_a_listing_lasts_45_days() -> None:
    with time_machine.travel(NOW, tick=False):
        token = token_of(Purpose.LISTING, 4711)
    with time_machine.travel(NOW + timedelta(days=45), tick=False):
        assert pk_of(Purpose.LISTING, token) == 4711
    with time_machine.travel(NOW + timedelta(days=45, seconds=1), tick=False), pytest.raises(LinkIsOld):
        pk_of(Purpose.LISTING, token)


def test_the_end_of_letters_can_be_asked_for_long_after() -> None:
    with time_machine.travel(NOW, tick=False):
        token = token_of(Purpose.STOP, 4711)
    with time_machine.travel(NOW + timedelta(days=365), tick=False):
        assert pk_of(Purpose.STOP, token) == 4711


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("other", Purpose)
def test_a_link_serves_one_purpose_only(purpose: Purpose, other: Purpose) -> None:
    if purpose == other:
        return
    with pytest.raises(LinkIsWrong):
        pk_of(other, token_of(purpose, 4711))


def test_no_sign_of_a_link_can_be_altered() -> None:
    token = token_of(Purpose.LISTING, 4711)
    for place, sign in enumerate(token):
        other = "a" if sign != "a" else "b"
        with pytest.raises(LinkIsWrong):
            pk_of(Purpose.LISTING, token[:place] + other + token[place + 1 :])


@pytest.mark.parametrize("cut", ["", "4711", "4711.", "x.y.z", "4711.1vH000.", "é", "4711" * 3000])
def test_what_is_no_link_is_refused(cut: str) -> None:
    with pytest.raises(LinkIsWrong):
        pk_of(Purpose.LISTING, cut)


@pytest.mark.parametrize("text", ["", "-1", "1" * 19, "x"])
def test_a_signed_text_that_names_no_row_is_refused(text: str) -> None:
    token = TimestampSigner(sep=".", salt=f"finder.letters.{Purpose.LISTING}").sign(text)
    with pytest.raises(LinkIsWrong):
        pk_of(Purpose.LISTING, token)


def test_a_link_is_one_word_that_mail_programs_keep_whole() -> None:
    address = link_to(Purpose.LISTING, 4711)
    assert len(address) < 120
    assert not set(address.split("/program/")[1]) & set(" <>\"'&?#=%:;,")
    assert max(LASTS.values()) == LASTS[Purpose.STOP]
