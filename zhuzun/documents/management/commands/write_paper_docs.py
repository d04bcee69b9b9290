"""`manage.py write_paper_docs`: docs/papers.md, with the measures of one paper of each form."""

from django.conf import settings
from django.core.management.base import BaseCommand

from zhuzun.documents.papers.handbook import as_markdown


class Command(BaseCommand):
    """Apart from `write_docs`, because it prints papers and so needs fonts."""

    help = "Write docs/papers.md from the code and from papers that are printed and measured for it."

    def handle(self, *args, **options):
        """Overwrite the page."""
        path = settings.BASE_DIR / "docs" / "papers.md"
        path.write_text(as_markdown(), encoding="utf-8")
        self.stdout.write(f"wrote {path.relative_to(settings.BASE_DIR)}")
