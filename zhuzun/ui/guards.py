"""Asking for a permission before a page does anything; the answer and its reason come from the policy table."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied


def require(user, name: str, obj=None):
    """Let through whoever may do `name` (on `obj`); otherwise 403, and the page shows the reason."""
    decision = user.decide(name, obj)
    if not decision.allowed:
        raise PermissionDenied(decision.reason)
    return decision


class Guarded:
    """A page for signed-in people who hold the permission named in `permission`.

    `permission = None` must be written out where every signed-in person may read the page (his own account, say).
    """

    permission: str | None = ""

    def dispatch(self, request, *args, **kwargs):
        """Sign-in first, then the permission, then the page."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        self.guard()
        return super().dispatch(request, *args, **kwargs)

    def guard(self):
        """The named permission, without an object; pages of one object ask again with it."""
        if self.permission == "":
            raise ImproperlyConfigured(f"{type(self).__name__} names no permission")
        if self.permission is not None:
            require(self.request.user, self.permission)
