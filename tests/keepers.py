"""People who keep searches."""

from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection

from finder.permissions import CASE_WORKER
from tests.admin.conftest import let_roles_keep_searches, make_roles, person


def keeper(username: str = "casey", role: str = CASE_WORKER) -> User:
    """With their role as the migrations make it."""
    with connection.schema_editor() as schema_editor:
        make_roles(apps, schema_editor)
        let_roles_keep_searches(apps, schema_editor)
    user = person(username, role)
    User.objects.filter(pk=user.pk).update(email=f"{username}@example.org")
    user.refresh_from_db()
    return user
