import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from finder.actions.sampling import draw_accuracy_sample
from finder.models import AccuracyCheck, ServiceAtLocation
from tests.admin.conftest import desk_of
from tests.factories import make_listing

pytestmark = pytest.mark.django_db

SAMPLE = "admin:accuracy_sample"


@pytest.fixture
def listings(vocabulary: None) -> list[ServiceAtLocation]:
    return [make_listing(name="Riverside"), make_listing(name="Hillside")]


@pytest.fixture
def check(listings: list[ServiceAtLocation]) -> AccuracyCheck:
    draw_accuracy_sample(per_category=5, seed=1, now=timezone.now())
    return AccuracyCheck.objects.order_by("pk")[0]


def url(check: AccuracyCheck) -> str:
    return reverse("admin:accuracy_check", args=[check.pk])


def test_without_a_sample_the_page_says_how_one_is_drawn(editor: User) -> None:
    assert b"draw_accuracy_sample" in desk_of(editor).get(reverse(SAMPLE)).content


def test_an_editor_writes_down_one_and_comes_to_the_next(editor: User, check: AccuracyCheck) -> None:
    client = desk_of(editor)
    assert url(check) in client.get(reverse(SAMPLE)).content.decode()
    sent = {"was_reached": "yes", "phone_is_right": "yes", "service_is_right": "no"}
    following = AccuracyCheck.objects.order_by("pk")[1]
    assert client.post(url(check), sent).headers["Location"] == url(following)
    check.refresh_from_db()
    assert (check.checked_by, check.phone_is_right, check.service_is_right) == (editor, True, False)
    assert check.name_is_right is None
    last = client.post(url(following), {"was_reached": "no"})
    assert last.headers["Location"] == reverse(SAMPLE)


@pytest.mark.parametrize("sent", [{}, {"was_reached": "yes"}, {"was_reached": "perhaps"}])
def test_nothing_said_writes_nothing(editor: User, check: AccuracyCheck, sent: dict[str, str]) -> None:
    page = desk_of(editor).post(url(check), sent)
    assert page.status_code == 200
    assert b"errorlist" in page.content
    check.refresh_from_db()
    assert check.checked_at is None


def test_written_down_twice_is_refused(editor: User, check: AccuracyCheck) -> None:
    client = desk_of(editor)
    client.post(url(check), {"was_reached": "no"})
    said = client.post(url(check), {"was_reached": "yes", "phone_is_right": "yes"}, follow=True)
    assert b"Someone has written this down already." in said.content
    check.refresh_from_db()
    assert check.was_reached is False


@pytest.mark.parametrize(("role", "status"), [("case_worker", 403), ("editor", 200), ("administrator", 200)])
def test_who_may_open_it(
    role: str, status: int, check: AccuracyCheck, request: pytest.FixtureRequest
) -> None:
    client = desk_of(request.getfixturevalue(role))
    assert client.get(reverse(SAMPLE)).status_code == status
    assert client.get(url(check)).status_code == status
