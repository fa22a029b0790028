"""Words of the history: who, what, and values as people say them."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Field, ForeignKey, Model
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finder.enums import Voice
from finder.models import ImportRun

DECISIONS = {
    "archive": gettext_lazy("Archived"),
    "restore": gettext_lazy("Restored"),
    "publish": gettext_lazy("Published"),
    "accept": gettext_lazy("A source's value was taken"),
    "reject": gettext_lazy("A person's value was kept"),
    "merge": gettext_lazy("Merged with a duplicate"),
    "undo_merge": gettext_lazy("Parted from a duplicate"),
    "take_down": gettext_lazy("Taken down"),
    "put_back": gettext_lazy("Put back"),
    "review": gettext_lazy("Reviewed"),
    "ship": gettext_lazy("Brought up to date with the site"),
    "revert_field": gettext_lazy("Put back"),
}


class People:
    """Names of people and of imports by id, read once each."""

    def __init__(self) -> None:
        self.names: dict[object, str] = {}
        self.imports: dict[int, str] = {}

    def import_name(self, pk: int) -> str:
        if pk not in self.imports:
            found = ImportRun.objects.filter(pk=pk).first()
            self.imports[pk] = str(found or pk)
        return self.imports[pk]

    def title(self, told: Mapping[str, Any]) -> str:
        if "import_run" in told:
            return _("Import: %(name)s") % {"name": self.import_name(told["import_run"])}
        if "reverted_run" in told:
            return _("Import taken back: %(name)s") % {"name": self.import_name(told["reverted_run"])}
        return str(DECISIONS.get(told.get("decision", ""), _("Changed")))

    def name(self, pk: Any) -> str:
        if pk not in self.names:
            found = User.objects.filter(pk=pk).first()
            self.names[pk] = (
                (found.get_full_name() or found.get_username()) if found else _("Someone who left")
            )
        return self.names[pk]

    def teller(self, told: Mapping[str, Any]) -> str:
        """Of a change: a person, else an import, else a role, else a command."""
        if told.get("user") is not None:
            return self.name(told["user"])
        if "import_run" in told:
            return _("An import")
        if told.get("voice") in Voice.values:
            return str(Voice(told["voice"]).label)
        return _("A command")

    def person_or_role(self, pk: Any, voice: str = "") -> str:
        return self.name(pk) if pk is not None else self.teller({"voice": voice})


def url_of(told: Mapping[str, Any]) -> str:
    """Of the import that a change belongs to."""
    run = told.get("import_run", told.get("reverted_run"))
    return reverse("admin:finder_importrun_change", args=[run]) if run else ""


def name_of(model: type[Model]) -> str:
    return capfirst(str(model._meta.verbose_name))


def in_words(field: "Field[Any, Any]", value: Any) -> str:
    if isinstance(field, ForeignKey) and value is not None:
        found = field.related_model._default_manager.filter(pk=value).first()
        return str(found or value)
    return value_in_words(value, getattr(field, "base_field", field).choices)


def value_in_words(value: Any, choices: Any = None) -> str:
    labels = dict(choices or ())
    match value:
        case None | "" | []:
            return _("nothing")
        case bool():
            return _("yes") if value else _("no")
        case list():
            between = "; " if any(isinstance(item, dict) for item in value) else ", "
            return between.join(value_in_words(item, choices) for item in value if item not in (None, ""))
        case dict():
            return json.dumps(value, ensure_ascii=False)
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M")
    return str(labels.get(value, value))
