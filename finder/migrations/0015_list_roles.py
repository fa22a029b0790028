"""Every role keeps lists; administrators make teams. Run again, it brings each group back to what is said here."""

from importlib import import_module

from django.apps import apps as current_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

earlier = import_module("finder.migrations.0011_upkeep_roles")

LISTS = {"keep_lists"}
TEAMS = earlier.allowed("view add change delete", ("team", "teammember"))
ROLES = {
    name: held | LISTS | (TEAMS if name == "administrator" else set()) for name, held in earlier.ROLES.items()
}


def make_roles(apps, schema_editor):
    """Django makes permissions after all migrations; on a new database they are needed now."""
    using = schema_editor.connection.alias
    for label in ("auth", "finder"):
        create_permissions(
            current_apps.get_app_config(label), verbosity=0, interactive=False, using=using, apps=apps
        )
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, codenames in ROLES.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.set(
            Permission.objects.using(using).filter(
                codename__in=codenames, content_type__app_label__in=("auth", "finder")
            )
        )


class Migration(migrations.Migration):
    dependencies = [("finder", "0014_lists")]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
