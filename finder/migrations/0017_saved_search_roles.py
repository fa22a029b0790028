"""Every role keeps searches. It adds to what the groups hold, and takes nothing from them."""

from django.apps import apps as current_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

ROLES = ("case_worker", "editor", "reviewer", "administrator")


def let_roles_keep_searches(apps, schema_editor):
    """Django makes permissions after all migrations; on a new database they are needed now."""
    using = schema_editor.connection.alias
    create_permissions(
        current_apps.get_app_config("finder"), verbosity=0, interactive=False, using=using, apps=apps
    )
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    keeping = Permission.objects.using(using).get(
        codename="keep_searches", content_type__app_label="finder"
    )
    for group in Group.objects.using(using).filter(name__in=ROLES):
        group.permissions.add(keeping)


class Migration(migrations.Migration):
    dependencies = [("finder", "0016_saved_searches")]
    operations = [migrations.RunPython(let_roles_keep_searches, migrations.RunPython.noop)]
