from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from finder.actions.second_steps import forget_second_steps


class Command(BaseCommand):
    help = "Lets one person set up a new second step of signing in, who lost both app and recovery codes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *, username: str, **options: Any) -> None:
        person = User.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"Nobody here is called {username}.")
        if forget_second_steps(of=[person]):
            self.stdout.write(f"{username} sets up a new second step at the next sign-in.")
        else:
            self.stdout.write(f"{username} had no second step.")
