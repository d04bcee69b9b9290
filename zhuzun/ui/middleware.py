"""Refuses a request whose body is larger than any page of the portal takes, before a byte of it is read."""

from django.conf import settings
from django.shortcuts import render

TOO_LARGE = 413


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
