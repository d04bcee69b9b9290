"""Carrying out a list of people row by row through the services of accounts.

Preview and import are the same work: the preview does all of it and takes it back, so that what it shows is what will
happen, and a rule that would stop the import is named at its row beforehand.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from zhuzun.accounts import services
from zhuzun.accounts.models import RoleAssignment, User
from zhuzun.accounts.passwords import Slip
from zhuzun.accounts.rules import Post
from zhuzun.documents.sheets import Row, Sheet
from zhuzun.errors import DomainError
from zhuzun.rosters.reading import Bodies, Entry, entry
from zhuzun.ui import formats

NEW, CHANGED, SAME, BAD = "new", "changed", "same", "bad"
REASON = "按花名册"


@dataclass
class Line:
    """One row of the list and what becomes of it: outcome, user name, and in words what changes or what is wrong."""

    row: Row
    outcome: str = SAME
    username: str = ""
    remarks: list[str] = field(default_factory=list)
    entry: Entry | None = None

    @property
    def facts(self) -> tuple:
        """What was shown, to be compared with what happens later."""
        return (self.row.number, self.outcome, self.username, *self.remarks)


@dataclass
class Result:
    """All rows with what became of them, the slips of those who are new, and the names that no body bears."""

    lines: list[Line]
    slips: list[Slip]
    unknown: list[str]

    def count(self, outcome) -> int:
        """How many rows came to this."""
        return sum(line.outcome == outcome for line in self.lines)


def apply(sheet: Sheet, *, actor, now, today) -> Result:
    """Carry out every row; a row that breaks a rule is undone by itself and named as bad."""
    work = _Work(actor, now, Bodies(today), today)
    lines = [work.line(row) for row in sheet.rows]
    return Result(lines, work.slips, list(work.bodies.unknown))


class _Work:
    """What is known while the rows go by: bodies, people met, roles met."""

    def __init__(self, actor, now, bodies, today):
        self.actor, self.now, self.bodies, self.today = actor, now, bodies, today
        self.slips: list[Slip] = []
        self._met: dict[tuple, list[Line]] = {}

    def line(self, row: Row) -> Line:
        """One row, carried out in a savepoint of its own."""
        line = Line(row)
        line.entry, wrong = entry(row, self.bodies)
        if wrong:
            return _bad(line, [error.message.removeprefix(f"「{row.sheet}」表 ") for error in wrong])
        try:
            with transaction.atomic():
                self._carry_out(line, line.entry)
        except DomainError as error:
            return _bad(line, [error.message])
        return line

    def _carry_out(self, line, wanted: Entry):
        user = self._person(wanted)
        if user is None:
            self._open(line, wanted)
            return
        line.username = user.username
        self._refuse_twice(line, user, wanted)
        if not user.works_on(self.today):
            raise DomainError(f"{user.name}（{user.username}）的账号已停用，请先在“人员与账号”中启用。")
        role = self._role(user, wanted)
        particulars = self._particulars(user, wanted, outlasts=bool(role))
        line.remarks = [remark for remark in (role, particulars) if remark]
        line.outcome = CHANGED if line.remarks else SAME

    def _person(self, wanted: Entry) -> User | None:
        """Who is meant: by user name; by name and body; by name and telephone."""
        people = User.objects.filter(name=wanted.name)
        if wanted.username:
            named = User.objects.filter(username=wanted.username).first()
            if named and named.name != wanted.name:
                raise DomainError(f"用户名 {wanted.username} 是{named.name}的，与姓名不符，请核对。")
            return named
        here = people.filter(home=wanted.body) | people.filter(assignments__organisation=wanted.body)
        found = list(here.distinct()) or (list(people.filter(phone=wanted.phone)) if wanted.phone else [])
        if len(found) > 1:
            names = "、".join(user.username for user in found)
            raise DomainError(f"有 {len(found)} 个同名账号（{names}），请增加“用户名”列写明是哪一个。")
        return found[0] if found else None

    def _open(self, line, wanted: Entry):
        slip = services.open_account(
            wanted.name,
            wanted.body,
            username=wanted.username,
            phone=wanted.phone,
            email=wanted.email,
            ends_on=wanted.valid_to,
            post=_post(wanted),
            twin=bool(wanted.username),
            actor=self.actor,
            now=self.now,
        )
        self.slips.append(slip)
        line.outcome, line.username = NEW, slip.user.username
        self._met[slip.user.pk, wanted.role, wanted.body.pk] = [line]
        line.remarks = [f"账号截止日期 {formats.day(wanted.valid_to)}"] if wanted.valid_to else []

    def _refuse_twice(self, line, user, wanted: Entry):
        """The same role of the same person on two rows contradicts itself, unless one follows the other."""
        met = self._met.setdefault((user.pk, wanted.role, wanted.body.pk), [])
        for earlier in met:
            apart = (earlier.entry.valid_to or date.max) < wanted.valid_from
            if not apart and earlier.entry.valid_from <= (wanted.valid_to or date.max):
                raise DomainError(f"与第 {earlier.row.number} 行重复，请删去一行。")
        met.append(line)

    def _role(self, user, wanted: Entry) -> str:
        """Give the role or correct its days; in words what was done, '' where nothing was to do."""
        held = user.assignments.filter(role=wanted.role, organisation=wanted.body)
        held = held.overlapping(wanted.valid_from, wanted.valid_to).order_by("valid_from").first()
        if held is None:
            services.give_role(user, _post(wanted), actor=self.actor, now=self.now)
            return f"新增角色：{wanted.body} · {wanted.role.label}"
        if wanted.scope and {body.pk for body in held.scope.all()} != {body.pk for body in wanted.scope}:
            raise DomainError("查阅范围与现有的不同：请先终止原角色，再授予新的。")
        before = formats.span(held.valid_from, held.valid_to)
        after = formats.span(wanted.valid_from, wanted.valid_to)
        if before == after:
            return ""
        self._correct(held, wanted)
        return f"起止日期：{before} → {after}"

    def _correct(self, held: RoleAssignment, wanted: Entry):
        services.correct_role(
            held,
            valid_from=wanted.valid_from,
            valid_to=wanted.valid_to,
            reason=REASON,
            actor=self.actor,
            now=self.now,
        )

    def _particulars(self, user, wanted: Entry, *, outlasts) -> str:
        """Telephone, e-mail, and the account's last day where a role given or corrected now outlasts it."""
        phone, email = wanted.phone or user.phone, wanted.email or user.email
        short = outlasts and user.ends_on and (wanted.valid_to is None or wanted.valid_to > user.ends_on)
        ends_on = wanted.valid_to if short else user.ends_on
        changes = [f"电话：{user.phone or '空'} → {phone}"] if phone != user.phone else []
        if email != user.email:
            changes.append(f"邮箱：{user.email or '空'} → {email}")
        if short:
            changes.append(f"账号截止日期：{formats.day(user.ends_on)} → {formats.day(ends_on) or '不限期'}")
        if changes:
            services.correct_account(
                user,
                name=user.name,
                home=user.home,
                phone=phone,
                email=email,
                ends_on=ends_on,
                reason=REASON,
                actor=self.actor,
                now=self.now,
            )
        return "；".join(changes)


def _bad(line: Line, remarks) -> Line:
    line.outcome, line.remarks = BAD, remarks
    return line


def _post(wanted: Entry) -> Post:
    return Post(wanted.role, wanted.body, wanted.valid_from, wanted.valid_to, wanted.scope, REASON)
