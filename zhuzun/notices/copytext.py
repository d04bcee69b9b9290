"""The list of whom to call, as text for 粤政易, 微信 or the telephone. Pure: no database, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass

NO_CONTACT = "未登记联系人"
NO_PHONE = "未登记电话"


@dataclass(frozen=True)
class PhoneRow:
    """One contact of a body that has something missing; several of a body stand in one entry."""

    body: str
    contact: str = ""
    post: str = ""
    phone: str = ""
    missing: str = ""
    days_late: int = 0


def phone_list(rows: Iterable[PhoneRow], *, title: str = "") -> str:
    """One numbered entry for each body, in the order of the rows: what is missing, how late, whom to call."""
    bodies: dict[str, list[PhoneRow]] = {}
    for row in rows:
        bodies.setdefault(_plain(row.body), []).append(row)
    if not bodies:
        return f"【{_plain(title)}】没有需要联系的单位。" if title else "没有需要联系的单位。"
    lines = [f"【{_plain(title)}】共 {len(bodies)} 个单位："] if title else []
    for number, (body, of_body) in enumerate(bodies.items(), 1):
        lines += [f"{number}. {body}{_what(of_body)}", f"   联系人：{_people(of_body)}"]
    return "\n".join(lines)


def _what(rows: list[PhoneRow]) -> str:
    """：尚缺 10月月报（逾期 3 个工作日）、三季度情况."""
    found = dict.fromkeys(_one_missing(row) for row in rows if row.missing)
    return f"：尚缺 {'、'.join(found)}" if found else ""


def _one_missing(row: PhoneRow) -> str:
    return _plain(row.missing) + (f"（逾期 {row.days_late} 个工作日）" if row.days_late > 0 else "")


def _people(rows: list[PhoneRow]) -> str:
    found = dict.fromkeys(_person(row) for row in rows if row.contact)
    return "；".join(found) or NO_CONTACT


def _person(row: PhoneRow) -> str:
    post = f"（{_plain(row.post)}）" if row.post else ""
    return f"{_plain(row.contact)}{post} {_plain(row.phone) or NO_PHONE}"


def _plain(text: str) -> str:
    """On one line: nothing typed into a name makes a further entry."""
    return " ".join(str(text).split())
