"""The office's list of people (花名册): its columns, and each row as what it says, or why it cannot be used."""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from zhuzun.accounts.roles import Role
from zhuzun.documents import sheets
from zhuzun.documents.reading.text import key
from zhuzun.documents.sheets import Cell, CellError, Column, Row
from zhuzun.errors import DomainError
from zhuzun.organisations.models import Organisation, OrganisationAlias, OrganisationName
from zhuzun.rosters import spans

COLUMNS = (
    Column("单位", ("所在单位", "任职单位", "工作单位", "单位名称")),
    Column("姓名", ("名字", "人员姓名")),
    Column("角色", ("身份", "系统角色")),
    Column("起止日期", ("起止时间", "任职起止日期", "任期"), required=False),
    Column("起始日期", ("开始日期", "起始时间", "任职日期"), required=False),
    Column("截止日期", ("结束日期", "终止日期", "截止时间"), required=False),
    Column("电话", ("联系电话", "手机", "手机号", "手机号码", "联系方式"), required=False),
    Column("邮箱", ("电子邮箱", "电子邮件", "邮件地址"), required=False),
    Column("用户名", ("账号", "登录名"), required=False),
    Column("查阅范围", (), required=False),
)
MAX_ROWS = 500
CODES_SHOWN = 5
NEAR_SHOWN = 3
HINTS = 20  # looking for similar names is slow: done for the first unknown names of a list only

_ROLES = {key(role.label): role for role in Role}


@dataclass(frozen=True)
class Entry:
    """What one row says: this person holds this role at this body from day to day."""

    body: Organisation
    name: str
    role: Role
    valid_from: date
    valid_to: date | None
    phone: str
    email: str
    username: str
    scope: tuple[Organisation, ...]


def read(data: bytes, filename: str) -> sheets.Sheet:
    """The list's rows; raises `DomainError` where the file is no such list."""
    sheet = sheets.read(data, filename=filename, columns=COLUMNS, max_rows=MAX_ROWS)
    if not {"起止日期", "起始日期"} & set(sheet.columns):
        raise DomainError("表中没有“起止日期”列（也可以分为“起始日期”“截止日期”两列），请补充后重新上传。")
    if not sheet.rows:
        raise DomainError("表中没有人员，请填写后重新上传。")
    return sheet


class Bodies:
    """All bodies by any of their names, read once for the whole list; `unknown` are the names looked for in vain."""

    def __init__(self, day: date):
        self._day = day
        self._bodies = {body.pk: body for body in Organisation.objects.on(day).prefetch_related("names")}
        self._found: dict[str, set[int]] = {}
        self.unknown: dict[str, str] = {}
        for pk, short, full in OrganisationName.objects.values_list("organisation", "short", "full"):
            self._add(pk, short, full)
        for pk, alias in OrganisationAlias.objects.values_list("organisation", "name"):
            self._add(pk, alias)
        for body in self._bodies.values():
            self._add(body.pk, body.code)

    def _add(self, pk, *names):
        for name in names:
            self._found.setdefault(key(name), set()).add(pk)

    def find(self, cell: Cell, text: str) -> Organisation:
        """The one body of this name; raises `CellError` where there is none or more than one."""
        found = [self._bodies[pk] for pk in sorted(self._found.get(key(text), ())) if pk in self._bodies]
        if not found:
            raise cell.error(self._no_such(text[:40]))
        if len(found) > 1:
            codes = "、".join(f"{body.full_name_on(self._day)}（{body.code}）" for body in found[:CODES_SHOWN])
            raise cell.error(f"名为「{text}」的单位不止一个，请改填括号中的编码：{codes}。")
        return found[0]

    def _no_such(self, text) -> str:
        """What to say of a name that no body bears: with the nearest ones."""
        if text not in self.unknown:
            near = "、".join(self._near(key(text))) if len(self.unknown) < HINTS else ""
            self.unknown[text] = f"相近的有：{near}。" if near else "请核对名称。"
        return f"没有名为「{text}」的单位，{self.unknown[text]}"

    def _near(self, text) -> list[str]:
        """Today's names of the bodies whose name holds the text or is most like it."""
        names = {name: keys & self._bodies.keys() for name, keys in self._found.items()}
        names = {name: keys for name, keys in names.items() if keys}
        holding = sorted((name for name in names if text in name), key=len)
        alike = [*holding, *get_close_matches(text, names, n=NEAR_SHOWN, cutoff=0.6)]
        bodies = [self._bodies[pk] for name in alike for pk in sorted(names[name])]
        return list(dict.fromkeys(body.name_on(self._day) for body in bodies))[:NEAR_SHOWN]


def entry(row: Row, bodies: Bodies) -> tuple[Entry | None, list[CellError]]:
    """What the row says, or all that is wrong with its cells."""
    wrong: list[CellError] = []

    def take(function, *args):
        try:
            return function(*args)
        except CellError as error:
            wrong.append(error)
            return None

    body, role = take(_body, row, bodies), take(_role, row)
    span, scope = take(_span, row), take(_scope, row, bodies)
    name, phone = take(_text, row["姓名"], "姓名", 40), take(_optional, row["电话"], 40)
    email, username = take(_email, row["邮箱"]), take(_optional, row["用户名"], 40)
    if wrong:
        return None, wrong
    return Entry(body, name, role, *span, phone, email, username.lower(), scope), []


def _body(row: Row, bodies: Bodies) -> Organisation:
    return bodies.find(row["单位"], _text(row["单位"], "单位", 100))


def _role(row: Row) -> Role:
    cell = row["角色"]
    role = _ROLES.get(key(_text(cell, "角色", 40)))
    if role is None:
        known = "、".join(one.label for one in Role)
        raise cell.error(f"没有名为「{sheets.as_text(cell)[:40]}」的角色，只能填：{known}。")
    return role


def _span(row: Row) -> tuple[date, date | None]:
    cell = _first_filled(row["起止日期"], row["起始日期"])
    start, end = spans.span(cell)
    if not row["截止日期"].is_blank:
        end = spans.last_day(row["截止日期"])
    if start is None:
        raise cell.error("起始日期没有填写。")
    if end and end < start:
        raise cell.error("截止日期早于起始日期，请核对。")
    return start, end


def _first_filled(*cells: Cell) -> Cell:
    """The cell that says something, else one that stands in the file, where it should have been said."""
    present = [cell for cell in cells if cell.address.isascii()]
    return next((cell for cell in cells if not cell.is_blank), present[0] if present else cells[0])


def _scope(row: Row, bodies: Bodies) -> tuple[Organisation, ...]:
    cell = row["查阅范围"]
    names = [part for part in key(sheets.as_text(cell)).replace(",", "、").replace(";", "、").split("、") if part]
    return tuple(bodies.find(cell, name) for name in names)


def _text(cell: Cell, label: str, longest: int) -> str:
    text = _optional(cell, longest)
    if not text:
        raise cell.error(f"{label}没有填写。")
    return text


def _email(cell: Cell) -> str:
    text = _optional(cell, 254)
    try:
        if text:
            validate_email(text)
    except ValidationError as error:
        raise cell.error(f"「{text[:40]}」不是邮箱地址，请核对。") from error
    return text


def _optional(cell: Cell, longest: int) -> str:
    text = sheets.as_name(cell)  # 张　三 is 张三, １３８ is 138
    if len(text) > longest:
        raise cell.error(f"超过 {longest} 字，请核对。")
    return text
