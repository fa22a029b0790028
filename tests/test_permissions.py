from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.db import connection

from finder.enums import StatementMethod
from finder.permissions import (
    may_decide,
    may_edit_listings,
    may_record_reviews,
    may_see_unmet_needs,
    may_state_facts,
    may_take_down,
    methods_of,
)

pytestmark = pytest.mark.django_db
RULES = (
    may_edit_listings,
    may_decide,
    may_state_facts,
    may_take_down,
    may_record_reviews,
    may_see_unmet_needs,
)
make_roles = import_module("finder.migrations.0003_roles").make_roles


def run_migration() -> None:
    with connection.schema_editor() as schema_editor:
        make_roles(apps, schema_editor)


def person(role: str) -> User:
    run_migration()
    user = User.objects.create_user("person", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.mark.parametrize(
    ("role", "edits", "decides", "states"),
    [
        ("case_worker", False, False, True),
        ("editor", True, True, True),
        ("administrator", True, True, True),
    ],
)
def test_each_role_may_do_its_work(role: str, edits: bool, decides: bool, states: bool) -> None:
    user = person(role)
    assert (may_edit_listings(user), may_decide(user), may_state_facts(user)) == (edits, decides, states)


@pytest.mark.parametrize(
    ("role", "takes_down", "records_reviews"),
    [("case_worker", False, False), ("editor", True, False), ("administrator", True, True)],
)
def test_editors_take_guidance_down_and_administrators_record_reviews(
    role: str, takes_down: bool, records_reviews: bool
) -> None:
    user = person(role)
    assert (may_take_down(user), may_record_reviews(user)) == (takes_down, records_reviews)


@pytest.mark.parametrize(
    ("role", "sees"), [("case_worker", False), ("editor", False), ("administrator", True)]
)
def test_only_administrators_see_unmet_needs(role: str, sees: bool) -> None:
    assert may_see_unmet_needs(person(role)) == sees


def test_a_stranger_may_do_nothing() -> None:
    stranger = AnonymousUser()
    assert not any(rule(stranger) for rule in RULES)
    assert not methods_of(stranger)


def test_a_closed_account_may_do_nothing() -> None:
    user = person("administrator")
    user.is_active = False
    assert not any(rule(user) for rule in RULES)


def test_a_case_worker_checks_by_phone_only() -> None:
    assert methods_of(person("case_worker")) == (StatementMethod.PHONE,)


def test_nobody_checks_as_an_import() -> None:
    assert StatementMethod.IMPORT not in methods_of(person("editor"))


def test_roles_are_made_where_permissions_are_not_there_yet() -> None:
    Group.objects.all().delete()
    Permission.objects.all().delete()
    run_migration()
    editor = Group.objects.get(name="editor")
    assert editor.permissions.filter(codename="change_serviceatlocation").exists()


def test_making_the_roles_again_changes_nothing() -> None:
    run_migration()
    before = set(Group.objects.values_list("name", "permissions__codename"))
    run_migration()
    assert set(Group.objects.values_list("name", "permissions__codename")) == before


def test_no_role_deletes_what_the_directory_holds() -> None:
    run_migration()
    given = Permission.objects.filter(group__isnull=False, codename__startswith="delete_")
    deleted = set(given.values_list("codename", flat=True))
    assert deleted == {"delete_phone", "delete_schedule", "delete_crisisline"}
