import secrets
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import Group, User
from django.db import transaction

from finder.made_once import made_once

ROLES = {
    "admin": "administrator",
    "editor": "editor",
    "reviewer": "reviewer",
    "caseworker": "case worker",
}


@dataclass(frozen=True)
class DemonstrationAccount:
    username: str
    password: str

    @property
    def role(self) -> str:
        return ROLES[self.username]


@transaction.atomic
def ensure_demonstration_accounts(*, file: Path) -> list[DemonstrationAccount]:
    """One account for each role, for whoever tries the site on their own machine.

    The passwords are made once and kept in `file`; an account that is there already stays as it is.
    """
    accounts = _accounts(made_once(file, _new_passwords))
    known = set(User.objects.values_list("username", flat=True).filter(username__in=ROLES))
    for account in accounts:
        if account.username not in known:
            user = User.objects.create_user(
                account.username,
                password=account.password,
                is_staff=True,
                is_superuser=account.username == "admin",
            )
            user.groups.set(Group.objects.filter(name=account.role.replace(" ", "_")))
    return accounts


def _new_passwords() -> str:
    return "".join(f"{username} {secrets.token_urlsafe(12)}\n" for username in ROLES)


def _accounts(text: str) -> list[DemonstrationAccount]:
    return [DemonstrationAccount(*line.split()) for line in text.splitlines()]
