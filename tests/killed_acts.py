"""What must be done wholly or not at all, as functions of texts: `tests.killed` runs and kills them."""

from django.contrib.auth.models import User
from django.core.management import call_command

from finder.actions.merging import KEPT, PARTS, accept_merge
from finder.actions.parting import undo_merge
from finder.actions.reverting import revert_field, state_of
from finder.actions.reviewing import accept_change
from finder.actions.taking_back import revert_import
from finder.models import ChangeRequest, ImportRun, Location, Merge
from tests.samples import NOW


def somebody() -> User:
    return User.objects.earliest("pk")


def import_directory(file: str) -> None:
    call_command("import_listings", "samhsa", file, "--json")


def take_back(run: str) -> None:
    revert_import(run=ImportRun.objects.get(pk=run), by=somebody(), now=NOW)


def merge(pk: str) -> None:
    choices = dict.fromkeys(PARTS, KEPT)
    accept_merge(merge=Merge.objects.get(pk=pk), by=somebody(), now=NOW, choices=choices)


def part(pk: str) -> None:
    undo_merge(merge=Merge.objects.get(pk=pk), by=somebody(), now=NOW)


def accept(pk: str) -> None:
    accept_change(request=ChangeRequest.objects.get(pk=pk), by=somebody(), now=NOW)


def put_city_back(event: str) -> None:
    seen = state_of(Location.objects.get(), ["city"])
    revert_field(model=Location, event=int(event), field="city", seen=seen, by=somebody(), now=NOW)
