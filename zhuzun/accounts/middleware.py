"""What holds for every request of a signed-in person: session limits, and the identity he acts in."""

from django.contrib.auth import logout
from django.utils.deprecation import MiddlewareMixin

from zhuzun import clock
from zhuzun.accounts import identity, limits


class SessionLimits(MiddlewareMixin):
    """Ends a session that was idle too long, lasted too long, or whose account has ended."""

    def process_request(self, request):
        if not request.user.is_authenticated:
            return
        now = clock.now()
        if limits.over(request.session, now) or not request.user.works_on(clock.today()):
            logout(request)
            return
        limits.touch(request.session, now)


class ActingIdentity(MiddlewareMixin):
    """Makes the person act in the identity that he chose (or the first he holds)."""

    def process_request(self, request):
        if request.user.is_authenticated:
            identity.restore(request.user, request.session)
