"""Password rules beyond Django's: three of four classes of characters, and none of the last five (GB/T 22239)."""

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

KEPT = 5


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
