import pytest
from django.core.management import call_command

from finder.models import CrisisLine, ServiceAtLocation, TaxonomyTerm

pytestmark = pytest.mark.django_db


def test_an_empty_database_receives_the_vocabulary_and_the_demonstration() -> None:
    call_command("set_up", verbosity=0)
    assert TaxonomyTerm.objects.exists()
    assert ServiceAtLocation.objects.demonstration().exists()


def test_the_demonstration_can_be_left_out() -> None:
    call_command("set_up", without_demo=True, verbosity=0)
    assert TaxonomyTerm.objects.exists()
    assert not ServiceAtLocation.objects.exists()


def test_what_was_removed_does_not_come_back() -> None:
    call_command("set_up", verbosity=0)
    CrisisLine.objects.all().delete()
    call_command("set_up", verbosity=0)
    assert not CrisisLine.objects.exists()
