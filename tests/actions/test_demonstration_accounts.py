from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User

from finder.actions.demonstration_accounts import ensure_demonstration_accounts

pytestmark = pytest.mark.django_db


def test_each_account_can_sign_in_with_its_password(tmp_path: Path) -> None:
    for account in ensure_demonstration_accounts(file=tmp_path / "accounts"):
        assert User.objects.get(username=account.username).check_password(account.password)


def test_only_the_administrator_may_do_everything(tmp_path: Path) -> None:
    ensure_demonstration_accounts(file=tmp_path / "accounts")
    assert list(User.objects.filter(is_superuser=True).values_list("username", flat=True)) == ["admin"]


def test_each_account_has_the_role_that_it_is_named_for(tmp_path: Path) -> None:
    for name in ("administrator", "editor", "reviewer", "case_worker"):
        Group.objects.get_or_create(name=name)
    ensure_demonstration_accounts(file=tmp_path / "accounts")
    assert dict(User.objects.values_list("username", "groups__name")) == {
        "admin": "administrator",
        "editor": "editor",
        "reviewer": "reviewer",
        "caseworker": "case_worker",
    }


def test_a_password_that_a_person_chose_stays(tmp_path: Path) -> None:
    ensure_demonstration_accounts(file=tmp_path / "accounts")
    admin = User.objects.get(username="admin")
    admin.set_password("chosen by a person")
    admin.save()
    ensure_demonstration_accounts(file=tmp_path / "accounts")
    admin.refresh_from_db()
    assert admin.check_password("chosen by a person")


def test_two_sites_have_different_passwords(tmp_path: Path) -> None:
    first = ensure_demonstration_accounts(file=tmp_path / "first")
    second = ensure_demonstration_accounts(file=tmp_path / "second")
    assert not {account.password for account in first} & {account.password for account in second}
