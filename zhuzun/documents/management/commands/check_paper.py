"""`manage.py check_paper FILE.pdf`: every measure of a paper beside that of GB/T 9704-2012."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from zhuzun.documents.papers.measure import report
from zhuzun.documents.papers.sheet import Form


class Command(BaseCommand):
    """Ends with 1 where a measure does not fit, or where there is nothing to measure."""

    help = "Measure papers (PDF) against GB/T 9704-2012 and print each measure beside the standard's."

    def add_arguments(self, parser):
        """Files, and the format where it is not to be guessed from the red lines."""
        parser.add_argument("files", nargs="+", metavar="FILE.pdf")
        parser.add_argument("--form", choices=[form.value for form in Form])

    def handle(self, *args, files, form, **options):
        """One block for each file."""
        wrong = [name for name in files if not self._one(Path(name), Form(form) if form else None)]
        if wrong:
            raise CommandError(f"{len(wrong)} of {len(files)} papers do not fit: {', '.join(wrong)}")

    def _one(self, path: Path, form: Form | None) -> bool:
        try:
            text, fits = report(path.read_bytes(), form)
        except (OSError, ValueError) as error:
            raise CommandError(f"{path}: cannot be measured: {error}") from error
        self.stdout.write(f"{path.name}\n{text}\n")
        return fits
