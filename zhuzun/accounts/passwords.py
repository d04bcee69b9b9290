"""Passwords: the rules beyond Django's (GB/T 22239), and one-time passwords on printed slips."""

import secrets
from dataclasses import dataclass

from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, get_hasher
from django.core.exceptions import ValidationError

KEPT = 5
HELP = (
    "至少 8 个字符，须含大写字母、小写字母、数字、其他符号中的三类；"
    f"不能与用户名、姓名、电话相近，不能用常见密码和最近 {KEPT} 次用过的密码。"
)

# Read from paper and typed by hand: nothing that can be taken for something else (0 O o, 1 I l, 2 Z z).
_LARGE, _SMALL, _DIGITS = "ABCDEFGHJKLMNPQRSTUVWXY", "abcdefghijkmnpqrstuvwxy", "3456789"
ONE_TIME_ITERATIONS = 20_000


class CharacterClassesValidator:
    """At least three of: capital letters, small letters, digits, others."""

    def validate(self, password, user=None):
        tests = (str.isupper, str.islower, str.isdigit, lambda sign: not sign.isalnum())
        if sum(any(test(sign) for sign in password) for test in tests) < 3:
            raise ValidationError("密码须包含大写字母、小写字母、数字、其他符号中的三类。", code="classes")

    def get_help_text(self):
        return "密码须包含大写字母、小写字母、数字、其他符号中的三类。"


class NotFormerValidator:
    """Not the present one and none of the last five."""

    def validate(self, password, user=None):
        if user is None or user.pk is None:
            return
        used = [user.password, *user.former_passwords.values_list("password", flat=True)[:KEPT]]
        if any(check_password(password, old) for old in used):
            raise ValidationError(f"不能使用最近 {KEPT} 次用过的密码。", code="former")

    def get_help_text(self):
        return f"不能使用最近 {KEPT} 次用过的密码。"


@dataclass(frozen=True)
class Slip:
    """A one-time password for a person (密码条). It lives in one answer to a browser and on paper; nothing keeps it."""

    user: object
    password: str

    def __repr__(self):
        return f"<Slip {self.user.username}>"  # a traceback or a log must not show the password


def one_time() -> str:
    """A one-time password such as Kp7m-Xw4r-9tQe: 64 bits and more, of all four classes."""
    signs = _LARGE + _SMALL + _DIGITS
    while True:
        drawn = "".join(secrets.choice(signs) for _ in range(12))
        if all(any(sign in drawn for sign in kind) for kind in (_LARGE, _SMALL, _DIGITS)):
            return "-".join(drawn[start : start + 4] for start in (0, 4, 8))


def one_time_hash(password: str) -> str:
    """The hash of a drawn one-time password.

    Many rounds protect what people think up; 64 drawn bits need none. With fewer, a roster of 200 people is saved in
    a second instead of a minute. Django brings the rounds up at the first sign-in; a wrong try takes as long as any.
    """
    hasher = get_hasher()
    fewer = {"iterations": ONE_TIME_ITERATIONS} if isinstance(hasher, PBKDF2PasswordHasher) else {}
    return hasher.encode(password, hasher.salt(), **fewer)
