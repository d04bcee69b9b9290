"""Refuses what no page of the portal takes, before anything else is asked: other methods, bodies too large to read."""

from django.conf import settings
from django.http import HttpResponseNotAllowed
from django.shortcuts import render

METHODS = ("GET", "HEAD", "POST")
TOO_LARGE = 413


class KnownMethods:
    """Browsers read and send forms; Django's admin takes a PUT for a GET, its views tell strangers their methods."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)


class BodyLimit:
    """Answers 413 with what to do; also before sign-in, where nobody has anything to upload."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if _announced(request) > settings.BODY_MAX_BYTES:
            limit = settings.BODY_MAX_BYTES // (1024 * 1024)
            response = render(request, "413.html", {"limit": limit}, status=TOO_LARGE)
            response.headers["Connection"] = "close"  # what follows on this connection is the unread body
            return response
        return self.get_response(request)


def _announced(request) -> int:
    """The size that the request announces; without one nothing is read at all."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
