"""Load the policy's own data."""

from django.core.management.base import BaseCommand

from tasks.loading import load_policy
from zhuzun import clock

SHOWN = 20


class Command(BaseCommand):
    help = "Create what is missing of the policy's data (fixtures/policy). Never changes a row that exists."

    def handle(self, *args, verbosity, **options):
        report = load_policy(now=clock.now())
        if not verbosity:
            return
        for label, number in report.created.items():
            self.stdout.write(f"created: {label} {number}")
        if not report.created:
            self.stdout.write("nothing is missing")
        shown = report.differences if verbosity > 1 else report.differences[:SHOWN]
        for line in shown:
            self.stdout.write(f"left as it is: {line}")
        if len(shown) < len(report.differences):
            self.stdout.write(f"... {len(report.differences) - len(shown)} more differences; --verbosity 2 shows all")
