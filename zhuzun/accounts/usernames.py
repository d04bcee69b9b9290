"""User names are made by rule: the body's code and a number, such as xiangzhou-03 (no name of a person in it)."""

import re

from zhuzun.accounts.models import User

RULE = "留空时按“单位编码-序号”自动编排，如 xiangzhou-03。"
LONGEST_STEM = 34


def stem(body) -> str:
    """The body's code without the city's letters: zh-xiangzhou → xiangzhou."""
    return re.sub(r"^(zh|zy)-", "", body.code)[:LONGEST_STEM].strip("-")


def free(body, taken=()) -> str:
    """The next user name for somebody of `body`; `taken` are names that are about to be used."""
    start = f"{stem(body)}-"
    used = {*User.objects.filter(username__startswith=start).values_list("username", flat=True), *taken}
    numbers = [int(name[len(start) :]) for name in used if re.fullmatch(re.escape(start) + r"[0-9]{2,4}", name)]
    return f"{start}{max(numbers, default=0) + 1:02d}"
