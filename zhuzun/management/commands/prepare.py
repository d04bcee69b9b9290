"""Bring the database to what the code expects: tables, the policy, and on a demonstration its people and records."""

import io
import sys
import time
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Migrate, load the policy, and on an empty demonstration build its records. Idle when nothing is missing."

    def add_arguments(self, parser):
        parser.add_argument("--collect", action="store_true", help="also collect the front-end files (production)")

    def handle(self, *args, collect=False, **options):
        if collect:
            self.step("front-end files", "collectstatic", interactive=False)
        self.step("tables of the database", "migrate", interactive=False)
        self.step("data of the policy", "load_policy")
        if get_user_model().objects.exists():
            return
        if settings.DEMO:
            self.step("demonstration accounts and records", "demo")
        else:
            self.stdout.write(
                "  This installation has no accounts yet. Make the first one, the security administrator's:\n"
                f"      {typed('first_admin')}\n"
                "  (in containers: docker-compose run --rm web python manage.py first_admin)\n"
                "  docs/operations.md, «First real start», tells what follows."
            )

    def step(self, title, command, **options):
        """Run one command, and say how long it took or how to go on."""
        self.stdout.write(f"  {title} ... ", ending="")
        self.stdout.flush()
        start = time.monotonic()
        try:
            call_command(command, verbosity=0, stdout=io.StringIO(), **options)
        except Exception as error:
            self.stdout.write("FAILED")
            raise CommandError(
                f"{title}: {error}\nHow to go on: run `{typed(command)}` to see more; nothing was started."
            ) from error
        self.stdout.write(f"done ({time.monotonic() - start:.1f} s)")


def typed(command) -> str:
    """A command of manage.py as one types it here: a machine's own python would not find the portal's packages."""
    python = Path(sys.executable)
    inside = python.is_relative_to(settings.BASE_DIR)
    return f"{python.relative_to(settings.BASE_DIR) if inside else 'python'} manage.py {command}"
