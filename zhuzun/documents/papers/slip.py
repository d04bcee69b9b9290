"""The 发文稿纸: on it a paper's way is signed by hand; printed from the draft before it goes to the leaders.

What the portal knows is filled in; what is signed on paper stays open. The draft's text follows on the next pages, so
that those who sign see what they sign.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string

from zhuzun.documents.papers import layout, press, signs
from zhuzun.documents.papers.pdf import without_gaps
from zhuzun.documents.papers.sheet import Sheet, day, one_line
from zhuzun.errors import DomainError

LONGEST_OPINION = 300
LONGEST_LIST = 80
MOST_SIGNINGS = 40


@dataclass(frozen=True)
class Signing:
    """One who signed, or has to: 拟稿 核稿 会签 签发 复核; without a name there is room for the pen."""

    step: str
    body: str = ""
    name: str = ""
    on: date | None = None
    opinion: str = ""

    @property
    def day(self) -> str:
        """When, or room for it."""
        return day(self.on) if self.on else "年　　月　　日"


@dataclass(frozen=True)
class Slip:
    """All that stands on a 发文稿纸; the draft itself is the sheet."""

    sheet: Sheet
    kind: str  # 通报
    identity: str  # 发文身份
    drafted_by: str = ""  # 拟稿单位
    telephone: str = ""
    urgency: str = ""  # 缓急
    publicity: str = ""  # 公开属性
    basis: str = ""  # 发文依据
    signings: tuple[Signing, ...] = ()

    def check(self) -> None:
        """Refuse what cannot be printed."""
        self.sheet.check()
        lines = (
            (self.kind, "文种"),
            (self.identity, "发文身份"),
            (self.drafted_by, "拟稿单位"),
            (self.telephone, "电话"),
        )
        for line, label in (*lines, (self.urgency, "缓急"), (self.publicity, "公开属性"), (self.basis, "发文依据")):
            signs.check_line(line, label, 120, empty=True)
        if len(self.signings) > MOST_SIGNINGS:
            raise DomainError(f"发文稿纸上最多 {MOST_SIGNINGS} 个签署栏，现有 {len(self.signings)} 个。")
        for one in self.signings:
            for line in (one.step, one.body, one.name):
                signs.check_line(line, f"{one.step}栏", 60, empty=True)
            signs.check_line(one.opinion, f"{one.step}意见", LONGEST_OPINION, empty=True)


def render(slip: Slip, **limits) -> press.Printed:
    """The form with the draft behind it, as PDF."""
    return press.run(drafts(slip), **limits)


def drafts(slip: Slip) -> list[str]:
    """The one document to be set."""
    slip.check()
    return [html(slip)]


def html(slip: Slip) -> str:
    """The whole document."""
    context = layout.context(slip.sheet, alone=False) | {
        "slip": slip,
        "slip_to": _shortened(slip.sheet.addressees),
        "slip_copies": _shortened([[body] for body in slip.sheet.copies]),
    }
    return without_gaps(render_to_string("papers/slip.html", context))


def _shortened(groups) -> str:
    """All names while they leave room for the signatures; otherwise the first ones and how many there are."""
    whole, number = one_line(groups), sum(map(len, groups))
    if number < 2 or len(whole) <= LONGEST_LIST:
        return whole
    return f"{re.split('[、，][^、，]*$', whole[:LONGEST_LIST])[0]}等 {number} 个单位"
