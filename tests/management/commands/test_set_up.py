import pytest
from django.core.management import call_command

from finder.models import CrisisLine, Guidance, QueueItem, ServiceAtLocation, TaxonomyTerm

pytestmark = pytest.mark.django_db


def test_an_empty_database_receives_the_vocabulary_and_the_demonstration() -> None:
    call_command("set_up", verbosity=0)
    assert TaxonomyTerm.objects.exists()
    assert ServiceAtLocation.objects.demonstration().exists()


def test_the_queue_can_be_tried_with_the_demonstration() -> None:
    call_command("set_up", verbosity=0)
    waiting = QueueItem.objects.open().count()
    assert 3 <= waiting < ServiceAtLocation.objects.demonstration().count()


def test_the_demonstration_can_be_left_out() -> None:
    call_command("set_up", without_demo=True, verbosity=0)
    assert TaxonomyTerm.objects.exists()
    assert not ServiceAtLocation.objects.exists()


def test_what_was_removed_does_not_come_back() -> None:
    call_command("set_up", verbosity=0)
    CrisisLine.objects.all().delete()
    call_command("set_up", verbosity=0)
    assert not CrisisLine.objects.exists()


def test_guidance_comes_to_an_installation_that_has_none_yet() -> None:
    call_command("set_up", without_demo=True, verbosity=0)
    Guidance.objects.all().delete()
    call_command("set_up", without_demo=True, verbosity=0)
    assert Guidance.objects.shown().count() == 16


def test_guidance_that_people_changed_is_kept_and_named(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("set_up", without_demo=True, verbosity=0)
    Guidance.objects.filter(slug="after-detox").update(title="Afterwards")
    call_command("set_up", without_demo=True, verbosity=1)
    assert Guidance.objects.get(slug="after-detox").title == "Afterwards"
    assert "kept as people here made it: after-detox." in capsys.readouterr().out
