from datetime import date

import pytest

from finder.enums import CareCategory
from finder.models import ServiceAtLocation
from finder.search.facts import Fact, facts_of
from finder.search.vocabulary import current_vocabulary
from tests.factories import StatementFactory, make_listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("directory")]


def fact(listing: ServiceAtLocation, slug: str) -> Fact:
    (found,) = (each for each in facts_of(listing) if each.term.slug == slug)
    return found


def test_says_yes_no_and_not_stated() -> None:
    listing = make_listing(yes=["medicaid"], no=["methadone"])
    assert fact(listing, "medicaid").is_yes is True
    assert fact(listing, "methadone").is_yes is False
    assert fact(listing, "spanish").is_yes is None


def test_says_who_stated_it_and_when() -> None:
    listing = make_listing(yes=["medicaid"], stated_on=date(2025, 6, 1))
    stated = fact(listing, "medicaid").statement
    assert stated is not None
    assert (stated.source.slug, stated.stated_on) == ("samhsa-su", date(2025, 6, 1))


def test_what_nobody_stated_has_no_source() -> None:
    assert fact(make_listing(), "medicaid").statement is None


def test_a_person_who_checked_outweighs_a_newer_import() -> None:
    listing = make_listing(yes=["medicaid"], stated_on=date(2026, 11, 1))
    StatementFactory(listing=listing, no=("medicaid",), by_phone=True, stated_on=date(2026, 1, 1))
    assert fact(listing, "medicaid").is_yes is False


def test_leaves_out_what_does_not_concern_the_listing() -> None:
    group = make_listing(categories=[CareCategory.SUPPORT_GROUP])
    assert "medicaid" not in {each.term.slug for each in facts_of(group)}


def test_keeps_what_was_stated_even_if_it_does_not_concern_the_listing() -> None:
    group = make_listing(categories=[CareCategory.SUPPORT_GROUP], yes=["medicaid"])
    assert fact(group, "medicaid").is_yes is True


def test_follows_the_order_of_the_vocabulary() -> None:
    order = list(current_vocabulary().terms)
    found = [order.index(each.term.pk) for each in facts_of(make_listing())]
    assert found == sorted(found)
