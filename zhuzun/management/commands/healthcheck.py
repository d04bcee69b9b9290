"""Ask the web server of this machine how it is, for the start script and the container."""

import http.client

from django.conf import settings
from django.core.management import CommandError
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Fail unless /healthz of this machine's web server answers 200."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args, port, **options):
        # Asked as a reverse proxy of ours would ask: by a name that we answer to, on behalf of https.
        headers = {"Host": settings.ALLOWED_HOSTS[0].lstrip(".*") or "localhost", "X-Forwarded-Proto": "https"}
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=8)
        try:
            connection.request("GET", "/healthz", headers=headers)
            status = connection.getresponse().status
        except OSError as error:
            raise CommandError(f"The web server does not answer: {error}") from error
        finally:
            connection.close()
        if status != 200:
            raise CommandError(f"/healthz answered {status}")
