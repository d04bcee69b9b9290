"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuzun.settings")


def behind_proxies(answer, count: int):
    """Wrap a WSGI app that stands behind `count` reverse proxies of our own: the trail, the lockout and the logs then
    see the person's address, which the outermost of them wrote, and never one that a person wrote himself."""
    if not count:
        return answer

    def with_true_address(environ, start_response):
        hops = [hop.strip() for hop in environ.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        if len(hops) >= count:
            environ["REMOTE_ADDR"] = hops[-count]
        return answer(environ, start_response)

    return with_true_address


application = behind_proxies(get_wsgi_application(), int(os.environ.get("PROXIES") or 0))
