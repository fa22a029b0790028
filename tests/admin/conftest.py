"""The cast of the desk: a stranger, a case worker, an editor, a reviewer, an administrator."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import connection
from django.db.models import Model
from django.test import Client, RequestFactory

from finder.admin import desk
from finder.permissions import ADMINISTRATOR, CASE_WORKER, EDITOR, REVIEWER

make_roles = import_module("finder.migrations.0015_list_roles").make_roles
let_roles_keep_searches = import_module("finder.migrations.0017_saved_search_roles").let_roles_keep_searches


@pytest.fixture
def roles(db: None) -> None:
    """As the migration makes them; run again here, since a test that empties the database may come first."""
    with connection.schema_editor() as schema_editor:
        make_roles(apps, schema_editor)
        let_roles_keep_searches(apps, schema_editor)


def person(username: str, role: str) -> User:
    user = User.objects.create_user(username, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def case_worker(roles: None) -> User:
    return person("casey", CASE_WORKER)


@pytest.fixture
def editor(roles: None) -> User:
    return person("eddie", EDITOR)


@pytest.fixture
def reviewer(roles: None) -> User:
    return person("rita", REVIEWER)


@pytest.fixture
def administrator(roles: None) -> User:
    return person("ada", ADMINISTRATOR)


@pytest.fixture
def superuser(roles: None) -> User:
    return User.objects.create_superuser("root")


def read_of(row: Model) -> str:
    """What the row's page shows now, as the page's hidden field has it."""
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True)
    page: Any = desk._registry[type(row)]
    return str(page.read_again(request, type(row)._default_manager.get(pk=row.pk)))


def desk_of(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client
