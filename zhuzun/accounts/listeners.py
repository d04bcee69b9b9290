"""Tells the trail of every sign-in, failure, lock and sign-out; none of these may be forgotten by a view."""

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from zhuzun import clock
from zhuzun.accounts import limits
from zhuzun.accounts.models import User
from zhuzun.happenings import announce


def connect():
    """Called once when the apps are ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="trail-signin")
    user_logged_out.connect(_signed_out, dispatch_uid="trail-signout")
    user_login_failed.connect(_failed, dispatch_uid="trail-failed")
    # Importing it connects axes: after us, so that the fifth failure stands before the lock that it brings.
    from axes.signals import user_locked_out

    user_locked_out.connect(_locked_out, dispatch_uid="trail-locked")


def _signed_in(sender, *, user, request=None, **kwargs):
    now = clock.now()
    if request is not None:
        limits.begin(request.session, now)
    announce("signin", actor=user, now=now)


def _signed_out(sender, *, user, request=None, **kwargs):
    if user is not None:
        reason = limits.REASONS.get(getattr(request, "signed_out_because", ""), "")
        announce("signout", actor=user, now=clock.now(), reason=reason)


def _failed(sender, *, credentials, request=None, **kwargs):
    locked = getattr(request, "axes_locked_out", False)
    counted = getattr(request, "axes_failures_since_start", None) is not None
    if not locked or counted:  # a try while locked is not counted; `_locked_out` alone tells of it
        _tell("signin.failed", credentials.get("username"))


def _locked_out(sender, *, username, **kwargs):
    _tell("signin.locked", username)


def _tell(action, username):
    user = User.objects.filter(username=username).first()
    detail = {"username": username} if user else {"username": _veiled(username), "说明": "没有这个用户名"}
    announce(action, actor=None, now=clock.now(), obj=user, detail=detail, succeeded=False)


def _veiled(username) -> str:
    """The beginning of a name that nobody bears: people type their password into the wrong field."""
    return f"{(username or '')[:2]}…"
