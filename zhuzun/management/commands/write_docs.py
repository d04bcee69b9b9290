"""`manage.py write_docs`: the pages of docs/ that are written from the code."""

from django.conf import settings
from django.core.management.base import BaseCommand

from zhuzun.access.handbook import as_markdown


class Command(BaseCommand):
    help = "Writes docs/permissions.md from the policy table."

    def handle(self, *args, **options):
        path = settings.BASE_DIR / "docs" / "permissions.md"
        path.write_text(as_markdown(), encoding="utf-8")
        self.stdout.write(f"wrote {path.relative_to(settings.BASE_DIR)}")
