"""`manage.py write_docs`: the pages of docs/ that are written from the code."""

from django.conf import settings
from django.core.management.base import BaseCommand

from zhuzun.access import handbook as permissions
from zhuzun.access.policy import permission
from zhuzun.workflow import handbook as states


def pages() -> dict[str, str]:
    """What is written from the code, by file name."""
    return {
        "permissions.md": permissions.as_markdown(),
        "states.md": states.as_markdown(lambda name: permission(name).label),
    }


class Command(BaseCommand):
    help = "Writes docs/permissions.md from the policy table and docs/states.md from the workflows."

    def handle(self, *args, **options):
        for name, text in pages().items():
            path = settings.BASE_DIR / "docs" / name
            path.write_text(text, encoding="utf-8")
            self.stdout.write(f"wrote {path.relative_to(settings.BASE_DIR)}")
