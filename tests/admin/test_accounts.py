import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from tests.admin.conftest import desk_of

pytestmark = pytest.mark.django_db


def change(user: User) -> str:
    return reverse("admin:auth_user_change", args=[user.pk])


def test_an_administrator_sees_people_and_their_roles(administrator: User, editor: User) -> None:
    html = desk_of(administrator).get(reverse("admin:auth_user_changelist")).content.decode()
    assert "eddie" in html
    assert "editor" in html


@pytest.mark.parametrize("role", ["case_worker", "editor"])
def test_others_do_not_see_people(role: str, request: pytest.FixtureRequest) -> None:
    client = desk_of(request.getfixturevalue(role))
    assert client.get(reverse("admin:auth_user_changelist")).status_code == 403


def test_an_administrator_cannot_make_a_superuser(administrator: User, editor: User) -> None:
    sent = {
        "username": "eddie",
        "is_active": "on",
        "is_staff": "on",
        "is_superuser": "on",
        "groups": [group.pk for group in editor.groups.all()],
    }
    assert desk_of(administrator).post(change(editor), sent).status_code == 302
    editor.refresh_from_db()
    assert not editor.is_superuser


def test_an_administrator_cannot_take_over_a_superuser(administrator: User, superuser: User) -> None:
    url = reverse("admin:auth_user_password_change", args=[superuser.pk])
    assert desk_of(administrator).post(url, {}).status_code == 403
    assert desk_of(administrator).post(change(superuser), {"username": "mine"}).status_code == 403


@pytest.mark.parametrize(("role", "status"), [("administrator", 403), ("superuser", 200)])
def test_only_superusers_delete_people(
    role: str, status: int, editor: User, request: pytest.FixtureRequest
) -> None:
    client = desk_of(request.getfixturevalue(role))
    assert client.get(reverse("admin:auth_user_delete", args=[editor.pk])).status_code == status
