"""`manage.py check_attachments`: whether every attachment has its file, whole and unchanged; after a restore."""

import hashlib

from django.core.management.base import BaseCommand, CommandError

from zhuzun.documents import vault
from zhuzun.documents.kinds import ERASED
from zhuzun.documents.models import Attachment


class Command(BaseCommand):
    """Compares rows and files; ends with an error where a row's file is missing or another one."""

    help = "Compare every attachment with its file (length and SHA-256), and name files that belong to none."

    def handle(self, *args, **options):
        """One line for each difference; files without a row are only named: nothing is deleted."""
        wrong, places = 0, set()
        for row in Attachment.objects.order_by("pk").iterator(chunk_size=500):
            place = vault.place_of(row.pk)
            places.add(place)
            if fault := _fault(place, row):
                wrong += 1
                self.stdout.write(f"{row.pk} {row.name}: {fault}")
        strays = [path for path in sorted(vault.folder().rglob("*")) if path.is_file() and path not in places]
        for path in strays:
            self.stdout.write(f"{path.relative_to(vault.folder())}: belongs to no attachment (harmless)")
        if wrong:
            raise CommandError(f"{wrong} of {len(places)} attachments are not as they were: restore the media folder.")
        self.stdout.write(f"{len(places)} attachments, all whole; {len(strays)} files belong to none.")


def _fault(place, row) -> str:
    if not place.is_file():
        return "" if row.withdrawn_at and row.kind in ERASED else "its file is missing"
    if hashlib.sha256(vault.read(row.pk)).hexdigest() != row.sha256:
        return "its file has changed"
    return ""
