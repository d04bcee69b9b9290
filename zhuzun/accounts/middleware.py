"""What holds for every request of a signed-in person: session limits, the identity he acts in, his own password, and
that nobody else keeps his pages.
"""

from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin

from zhuzun import clock
from zhuzun.accounts import identity, limits
from zhuzun.accounts.models import User


class SessionLimits(MiddlewareMixin):
    """Ends a session that was idle too long or lasted too long; the sign-in page says why, for a dead one too."""

    def process_request(self, request):
        key = request.session.get(SESSION_KEY)  # read before Django empties a session whose password has changed
        if key is None:
            return None
        now = clock.now()
        why = limits.why_over(request.session, now) if request.user.is_authenticated else _why_dead(key)
        if not why:
            limits.touch(request.session, now)
            return None
        request.signed_out_because = why
        logout(request)
        request.session[limits.WHY] = why
        return _go(reverse("accounts:login")) if request.headers.get("HX-Request") else None


def _go(address):
    """Send the browser to a page; a fragment cannot show another one, so htmx is told by a header."""
    return HttpResponse(status=204, headers={"HX-Redirect": address})


def _why_dead(key) -> str:
    user = User.objects.filter(pk=key).first()
    return limits.PASSWORD if user and user.works_on(clock.today()) else limits.ENDED


class ActingIdentity(MiddlewareMixin):
    """Makes the person act in the identity that he chose (or the first he holds)."""

    def process_request(self, request):
        if request.user.is_authenticated:
            identity.restore(request.user, request.session)


class PrivatePages(MiddlewareMixin):
    """What a signed-in person was shown no cache on the way keeps, and a browser asks for anew after he signed out."""

    def process_response(self, request, response):
        if "Cache-Control" not in response.headers and request.user.is_authenticated:
            response.headers["Cache-Control"] = "private, no-cache"
        return response


class OwnPassword(MiddlewareMixin):
    """Lets a person with a one-time password do nothing but choose his own (首次登录须修改密码)."""

    OPEN = frozenset({"accounts:password_change", "accounts:logout", "accounts:login", "home:healthz"})

    def process_view(self, request, view, args, kwargs):
        if not request.user.is_authenticated or not request.user.must_change_password:
            return None
        if request.resolver_match.view_name in self.OPEN:
            return None
        address = reverse("accounts:password_change")
        return _go(address) if request.headers.get("HX-Request") else HttpResponseRedirect(address)
