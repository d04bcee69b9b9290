"""All that stands on one paper, as one frozen value. The same sheet gives the same PDF and .docx, byte for byte."""

import hashlib
import json
import re
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from itertools import chain

from zhuzun.documents.papers import signs, text
from zhuzun.documents.papers.text import Blocks, Table
from zhuzun.errors import DomainError

MOST_BODIES = 400  # 主送 or 抄送
MOST_ANNEXES = 30
LONGEST_NAME = 120
NUMBER = re.compile(r"[^\s〔〕\[\]()（）]{0,20}〔[0-9]{4}〕[1-9][0-9]{0,5}号|第[1-9][0-9]{0,3}[期号]")


class Form(StrEnum):
    """The formats of GB/T 9704-2012, and the office's own."""

    OFFICIAL = "official"  # 公文（文件式）
    LETTER = "letter"  # 信函格式
    MINUTES = "minutes"  # 纪要格式
    INNER = "inner"  # 内部：督办单、催报提醒，无红头


FORM_LABELS = {Form.OFFICIAL: "文件格式", Form.LETTER: "信函格式", Form.MINUTES: "纪要格式", Form.INNER: "内部格式"}


class Mark(StrEnum):
    """What is printed as text above the page, so that nobody takes the print for the paper itself."""

    DRAFT = "草稿"
    REVOKED = "已撤销"
    REPEALED = "已废止"
    VOID = "已作废"
    UNSEALED = "未用印，仅供参考"
    DEMO = "演示"


@dataclass(frozen=True)
class Annex:
    """An annex by its title; without blocks it is only listed (a file of its own)."""

    title: str
    blocks: Blocks = ()


@dataclass(frozen=True)
class Attendance:
    """出席 请假 列席 of minutes: (出席, 市乡村振兴局：张三、李四)."""

    label: str
    names: str


@dataclass(frozen=True)
class Sheet:
    """One paper. What is empty is not printed; a paper without `number` is a draft and says so."""

    form: Form
    title: str
    blocks: Blocks = ()
    letterhead: tuple[str, ...] = ()  # 版头, one line each (several: 联合行文); 信函 takes the first
    number: str | None = None  # 字号
    signers: tuple[str, ...] = ()  # 签发人, upward papers only
    urgency: str = ""  # 特急 加急
    addressees: tuple[tuple[str, ...], ...] = ()  # 主送, bodies of one kind together
    annexes: tuple[Annex, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    signatures: tuple[str, ...] = ()  # 署名
    dated: date | None = None  # 成文日期
    sealed: bool = False  # leaves room for the seal
    note: str = ""  # 附注, without its brackets: 此件公开发布
    copies: tuple[str, ...] = ()  # 抄送
    printer: str = ""  # 印发机关
    printed_on: date | None = None  # 印发日期
    print_run: int | None = None  # 份数
    marks: tuple[Mark, ...] = ()
    instead: str = ""  # of a paper that ended: which is valid in its place (以…为准)
    qr: str | None = None

    @property
    def all_marks(self) -> tuple[str, ...]:
        """草稿 first where there is no number yet; beside 已撤销 or 已废止 which paper is valid."""
        draft = () if self.number else (Mark.DRAFT,)
        return tuple(dict.fromkeys(self._worded(mark) for mark in (*draft, *self.marks)))

    def _worded(self, mark: Mark) -> str:
        return f"{mark}，{self.instead}" if self.instead and mark in (Mark.REVOKED, Mark.REPEALED) else str(mark)

    def to_json(self) -> dict:
        """As a JSON field keeps it."""
        return {field.name: _out(field.name, getattr(self, field.name)) for field in fields(self)}

    @classmethod
    def from_json(cls, stored: dict) -> "Sheet":
        """The sheet of what `to_json` gave; raises `DomainError` for what is no sheet."""
        try:
            sheet = cls(**{name: _in(name, value) for name, value in stored.items()})
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise DomainError("文稿的格式不对，无法排版。") from error
        sheet.check()
        return sheet

    def canonical(self) -> bytes:
        """One spelling for one content."""
        return json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @property
    def digest(self) -> str:
        """SHA-256 of the content, hexadecimal. Marks and QR code belong to a print, not to the content."""
        content = {name: value for name, value in self.to_json().items() if name not in _PRINT}
        spelled = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(spelled.encode()).hexdigest()

    def check(self) -> None:
        """Refuse, in Chinese and with the place, what cannot be printed."""
        signs.check_line(self.title, "标题", text.LONGEST_TITLE, "title")
        if self.number is not None and not NUMBER.fullmatch(self.number):
            raise DomainError("发文字号应写作「代字〔年份〕序号号」，例如 珠委农组〔2021〕12号。", "number")
        self._check_lines()
        text.check(self.blocks)
        for place, annex in enumerate(self.annexes, 1):
            signs.check_line(annex.title, f"附件{place}的标题", LONGEST_NAME)
            text.check(annex.blocks, f"附件{place}")
        text.check_cells(self.tables())
        if self.print_run is not None and not 0 < self.print_run < 100_000:
            raise DomainError("份数应在 1 至 99999 之间。", "print_run")
        if self.qr is not None:
            signs.check_line(self.qr, "二维码内容", 300, "qr")

    def _check_lines(self) -> None:
        for name, label, most in _LISTS:
            entries = [*chain(*self.addressees)] if name == "addressees" else getattr(self, name)
            if len(entries) > most:
                raise DomainError(f"{label}有 {len(entries)} 个，最多 {most} 个。", name)
            for place, entry in enumerate(entries, 1):
                signs.check_line(entry, f"{label}第 {place} 个", LONGEST_NAME, name)
        for name, label, most in _SINGLE:
            signs.check_line(getattr(self, name), label, most, name, empty=True)
        for entry in self.attendance:
            signs.check_line(entry.label, "人员名单的标签", 8, "attendance")
            signs.check_line(entry.names, f"{entry.label}人员名单", 2_000, "attendance")
        if len(self.annexes) > MOST_ANNEXES:
            raise DomainError(f"附件有 {len(self.annexes)} 个，最多 {MOST_ANNEXES} 个。", "annexes")

    @property
    def weight(self) -> int:
        """How much work it is to set, in cells of a table."""
        return text.weight(self.blocks) + sum(text.weight(annex.blocks) for annex in self.annexes)

    def tables(self) -> list[Table]:
        """Every table of the text and its annexes."""
        everything = [*self.blocks, *(block for annex in self.annexes for block in annex.blocks)]
        return [block for block in everything if isinstance(block, Table)]


_LISTS = (
    ("letterhead", "版头", 8),
    ("signers", "签发人", 8),
    ("addressees", "主送机关", MOST_BODIES),
    ("signatures", "署名", 8),
    ("copies", "抄送机关", MOST_BODIES),
)
_SINGLE = (("urgency", "紧急程度", 4), ("note", "附注", 80), ("printer", "印发机关", 60), ("instead", "代替的公文", 80))
_PRINT = frozenset({"marks", "instead", "qr"})  # what belongs to a print
_DATES = frozenset({"dated", "printed_on"})
_STRINGS = frozenset({"title", "urgency", "note", "printer", "instead"})
_TUPLES = frozenset({"letterhead", "signers", "signatures", "copies"})


def _out(name: str, value: object) -> object:
    if name == "blocks":
        return text.to_json(value)
    if name == "annexes":
        return [{"title": annex.title, "blocks": text.to_json(annex.blocks)} for annex in value]
    if name == "addressees":
        return [list(group) for group in value]
    if name == "attendance":
        return [[entry.label, entry.names] for entry in value]
    if name in _DATES:
        return value.isoformat() if value else None
    if name == "marks":
        return [str(mark) for mark in value]
    return list(value) if isinstance(value, tuple) else value


def _in(name: str, value: object) -> object:
    if name in _READERS:
        return _READERS[name](value)
    if name in _DATES:
        return date.fromisoformat(value) if value else None
    if name in _TUPLES:
        return tuple(text.a_string(entry) for entry in text.a_list(value))
    return text.a_string(value) if name in _STRINGS else _or_none(name, value)


def _or_none(name: str, value: object) -> object:
    if value is not None and not isinstance(value, _OTHERS[name]):
        raise TypeError(name)
    return value


_OTHERS = {"number": str, "qr": str, "print_run": int, "sealed": bool}


_READERS = {
    "form": Form,
    "blocks": text.from_json,
    "annexes": lambda value: tuple(Annex(entry["title"], text.from_json(entry["blocks"])) for entry in value),
    "addressees": lambda value: tuple(tuple(map(text.a_string, text.a_list(group))) for group in text.a_list(value)),
    "attendance": lambda value: tuple(Attendance(label, names) for label, names in value),
    "marks": lambda value: tuple(Mark(entry) for entry in value),
}


def one_line(groups) -> str:
    """主送 as the rules on official papers part it: 、 between bodies of one kind, ， between kinds."""
    return "，".join("、".join(group) for group in groups)


def day(value: date | None) -> str:
    """2021年7月22日; a date that is not set yet leaves its blanks."""
    return f"{value.year}年{value.month}月{value.day}日" if value else "　　　　年　　月　　日"
