import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from tests.admin.conftest import desk_of
from tests.factories import TaxonomyTermFactory

pytestmark = pytest.mark.django_db


def test_a_term_keeps_its_slug(administrator: User) -> None:
    term = TaxonomyTermFactory(slug="medicaid", name="Medicaid")
    url = reverse("admin:finder_taxonomyterm_change", args=[term.pk])
    sent = {"slug": "other", "name": "Medicaid plans", "position": 0, "source_codes": "{}", "synonyms": ""}
    assert desk_of(administrator).post(url, sent).status_code == 302
    term.refresh_from_db()
    assert (term.slug, term.name) == ("medicaid", "Medicaid plans")
