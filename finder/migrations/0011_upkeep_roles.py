"""The four roles with what upkeep adds to them. Run again, it brings each group back to what is said here."""

from importlib import import_module

from django.apps import apps as current_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

earlier = import_module("finder.migrations.0003_roles")
allowed = earlier.allowed

CHECKS = ("verification", "capacity", "calloutcome", "queueitem")
PROGRAMS = ("contact", "claim", "ask", "askedlisting")

CASE_WORKER = earlier.CASE_WORKER | allowed("view", CHECKS) | allowed("add", ("verification", "calloutcome"))
EDITOR = (
    earlier.EDITOR
    | CASE_WORKER
    | {"work_queue", "view_accuracycheck", "change_accuracycheck", "change_calloutcome"}
    | allowed("view change", ("listingreport", "claim"))
    | allowed("view", (*PROGRAMS, "redirect"))
)
REVIEWER = EDITOR | {"undo_merge", "revert_importrun", "review_guidance"}
ADMINISTRATOR = (
    earlier.ADMINISTRATOR
    | REVIEWER
    | {"view_accuracysample", "add_accuracysample"}
    | allowed("view add change delete", ("staffarea",))
)
ROLES = {
    "case_worker": CASE_WORKER,
    "editor": EDITOR,
    "reviewer": REVIEWER,
    "administrator": ADMINISTRATOR,
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
    dependencies = [
        ("finder", "0010_upkeep"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
