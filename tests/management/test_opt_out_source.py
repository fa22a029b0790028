from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from finder.enums import EditorialStatus
from tests.made_up_groups import fellowship_source, make_group

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]


def test_its_listings_are_archived_and_counted() -> None:
    listing = make_group()
    out = StringIO()
    call_command("opt_out_source", "example-intergroup", "--reason", "They asked.", stdout=out)
    assert out.getvalue() == "Example Intergroup: its feed is no longer read. Listings archived: 1.\n"
    listing.refresh_from_db()
    assert listing.editorial_status == EditorialStatus.ARCHIVED


@pytest.mark.parametrize(("slug", "told"), [("nobody", "no source nobody"), ("out", "already")])
def test_what_is_wrong_is_told(slug: str, told: str) -> None:
    fellowship_source("out", opted_out_at="2026-11-01T00:00:00Z")
    with pytest.raises(CommandError, match=told):
        call_command("opt_out_source", slug, "--reason", "They asked.")
