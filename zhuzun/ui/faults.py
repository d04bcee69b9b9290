"""What a person reads when the portal fails: its own fault (500), or a database that does not answer (503)."""

import sys

from django.db import InterfaceError, OperationalError
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

UNAVAILABLE = 503
RETRY_SECONDS = 30


@requires_csrf_token
def server_error(request):
    """`handler500`: called while the error is being handled; neither page asks the database for anything."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        response = render_bare("503.html", UNAVAILABLE)
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response
    return render_bare("500.html", 500)


def render_bare(template, status):
    """A page without request, person or navigation: it must stand when everything else fails."""
    return render(None, template, status=status)
