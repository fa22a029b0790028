"""Every role keeps lists; administrators make teams. Run again, it brings each group back to what is said here."""

from importlib import import_module

from django.db import migrations

earlier = import_module("finder.migrations.0011_upkeep_roles")

LISTS = {"keep_lists"}
TEAMS = earlier.allowed("view add change delete", ("team", "teammember"))


def make_roles(apps, schema_editor):
    earlier.make_roles(apps, schema_editor)
    using = schema_editor.connection.alias
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name in earlier.ROLES:
        more = LISTS | TEAMS if name == "administrator" else LISTS
        found = Permission.objects.using(using).filter(codename__in=more, content_type__app_label="finder")
        Group.objects.using(using).get(name=name).permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [("finder", "0014_lists")]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
