"""Locking after failed sign-ins: five for one user name from one address, for 30 minutes (GB/T 22239: 登录失败处理).

django-axes counts; here stands what it leaves to us: how long it still lasts, in Chinese, who is locked, unlocking.
"""

from datetime import timedelta
from math import ceil

from axes.helpers import get_client_ip_address, get_client_username, get_cool_off
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db.models import Sum
from django.shortcuts import render

from zhuzun import clock


def _recent(now):
    return AccessAttempt.objects.filter(attempt_time__gte=now - get_cool_off())


def locked_usernames(now):
    """User names that are locked at `now`, from one address or more."""
    failures = _recent(now).values("username", "ip_address").annotate(failures=Sum("failures_since_start"))
    return failures.filter(failures__gte=settings.AXES_FAILURE_LIMIT).values("username")


def time_left(username: str, address: str | None, now) -> timedelta:
    """How long `username` stays locked for `address`; nothing when it is not."""
    tries = list(_recent(now).filter(username=username, ip_address=address).order_by("attempt_time"))
    count = sum(one.failures_since_start for one in tries)
    for one in tries:  # each browser has its row; the lock ends when enough of them have aged
        before, count = count, count - one.failures_since_start
        if before >= settings.AXES_FAILURE_LIMIT > count:
            return one.attempt_time + get_cool_off() - now
    return timedelta()


def unlock(username: str) -> None:
    """Forget the failed tries of `username`, from every address."""
    reset(username=username)


def respond(request, response, credentials):
    """The page that a locked person sees, with the minutes that are left (429)."""
    username = get_client_username(request, credentials)
    left = time_left(username, get_client_ip_address(request), clock.now())
    context = {"title": "账号已锁定", "minutes": max(1, ceil(left.total_seconds() / 60))}
    return render(request, "accounts/locked.html", context, status=settings.AXES_HTTP_RESPONSE_CODE)
