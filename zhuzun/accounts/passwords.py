"""Passwords: the rules beyond Django's (GB/T 22239), and one-time passwords on printed slips."""

import secrets
from dataclasses import dataclass

from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, get_hasher
from django.core.exceptions import ValidationError
from django.utils.crypto import constant_time_compare

KEPT = 5
HELP = (
    "至少 8 个字符，须含大写字母、小写字母、数字、其他符号中的三类；"
    f"不能与用户名、姓名、电话相近，不能用常见密码和最近 {KEPT} 次用过的密码。"
)

# Read from paper and typed by hand: nothing that can be taken for something else (0 O o, 1 I l, 2 Z z).
_LARGE, _SMALL, _DIGITS = "ABCDEFGHJKLMNPQRSTUVWXY", "abcdefghijkmnpqrstuvwxy", "3456789"
ONE_TIME_ITERATIONS = 20_000
SALT_LENGTH = 22  # signs of Django's own salts


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
        if is_among(password, used):
            raise ValidationError(f"不能使用最近 {KEPT} 次用过的密码。", code="former")

    def get_help_text(self):
        return f"不能使用最近 {KEPT} 次用过的密码。"


def own_hash(password: str, present: str) -> str:
    """The hash of a new password with the salt of the one before.

    A salt keeps people apart, not the passwords of one person. With one salt each, a single round of hashing (a third
    of a second) compares a new password with all former ones, instead of one round for each of them.
    """
    hasher = get_hasher()
    salt = _salt(present) if hasher.algorithm == present.partition("$")[0] else ""
    return hasher.encode(password, salt if len(salt) >= SALT_LENGTH else hasher.salt())


def is_among(password: str, hashes: list[str]) -> bool:
    """Whether one of `hashes` is of this password: one round for all that differ in the result alone."""
    alike: dict[str, list[str]] = {}
    for one in hashes:
        alike.setdefault(one.rpartition("$")[0], []).append(one)
    return any(_is_one_of(password, group) for group in alike.values())


def _is_one_of(password, hashes) -> bool:
    hasher = get_hasher()
    if len(hashes) == 1 or hasher.algorithm != hashes[0].partition("$")[0]:
        return any(check_password(password, one) for one in hashes)
    rounds = hasher.decode(hashes[0]).get("iterations")
    fresh = hasher.encode(password, _salt(hashes[0]), **({"iterations": rounds} if rounds else {}))
    return any(constant_time_compare(fresh, one) for one in hashes)


def _salt(hashed) -> str:
    return get_hasher().decode(hashed).get("salt", "")


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
