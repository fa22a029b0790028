"""The three roles, as groups. Run again, it brings each group back to what is said here."""

from django.apps import apps as current_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

DIRECTORY = ("organization", "service", "location", "serviceatlocation", "phone", "schedule")
DECISIONS = ("changerequest", "merge")
RECORDS = ("statement", "sourcerecord", "importrun", "listingindex", "directoryword")
VOCABULARY = ("taxonomy", "taxonomyterm", "source")


def allowed(actions, models):
    return {f"{action}_{model}" for action in actions.split() for model in models}


CASE_WORKER = allowed("view", (*DIRECTORY, *VOCABULARY, "statement", "sourcerecord", "crisisline", "guidance")) | {
    "add_statement"
}
EDITOR = (
    CASE_WORKER
    | allowed("view", RECORDS)
    | allowed("add change", DIRECTORY)
    | allowed("delete", ("phone", "schedule"))
    | allowed("view change", DECISIONS)
    | {"take_down_guidance"}
)
ADMINISTRATOR = (
    EDITOR
    | allowed("add change", (*VOCABULARY, "crisisline", "guidance"))
    | {"delete_crisisline", "review_guidance"}
    | allowed("view add change", ("user",))
    | {"view_group", "view_unmetneed"}
)
ROLES = {"case_worker": CASE_WORKER, "editor": EDITOR, "administrator": ADMINISTRATOR}


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
        ("finder", "0002_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
