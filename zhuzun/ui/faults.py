"""What a person reads when the portal fails: its own fault (500), a database that does not answer (503), or a form
whose text is more than is read at all (413, where Django would say 400).
"""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.shortcuts import render
from django.views import defaults
from django.views.decorators.csrf import requires_csrf_token

TOO_LARGE = 413
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


@requires_csrf_token
def bad_request(request, exception):
    """`handler400`."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
        return render_bare("too_much_text.html", TOO_LARGE)
    return defaults.bad_request(request, exception)


def render_bare(template, status):
    """A page without request, person or navigation: it must stand when everything else fails."""
    return render(None, template, status=status)
