"""Build the demonstration (演示数据), or print its accounts."""

from django.conf import settings
from django.core.management import CommandError
from django.core.management.base import BaseCommand

from zhuzun import clock
from zhuzun.accounts.roles import Role
from zhuzun.errors import DomainError
from zhuzun.home import demo
from zhuzun.home.demo.people import PEOPLE
from zhuzun.home.demo.reporting import COLLECTING, STAGES
from zhuzun.ui.formats import shown_width

COLUMN = 18  # the longest role takes 16


class Command(BaseCommand):
    help = (
        "Build demonstration data through the services, once; refused in production. --accounts prints who may sign in."
    )

    def add_arguments(self, parser):
        parser.add_argument("--accounts", action="store_true", help="print the table of accounts and stop")

        parser.add_argument("--stage", choices=STAGES, default=COLLECTING, help="how far the reporting is")

    def handle(self, *args, accounts, stage, **options):
        if accounts:
            self.print_accounts()
            return
        if demo.exists():
            self.stdout.write("演示数据已存在，未作改动。")
            return
        try:
            demo.build(clock.now(), stage)
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write("演示数据已建立。")

    def print_accounts(self):
        """Who may sign in, as what, with which password; nothing where there is no demonstration."""
        if not demo.exists():
            return
        self.stdout.write(f"演示账号（密码均为 {settings.DEMO_PASSWORD}）：")
        for person in PEOPLE:
            self.stdout.write(f"  {person.username:<16}{_column(Role(person.role).label)}{person.name}")


def _column(text):
    """Set to `COLUMN` places of a terminal, where a Chinese character takes two."""
    return text + " " * max(1, COLUMN - shown_width(text))
