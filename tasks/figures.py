"""What a person types into a cell, understood or refused; and how a figure is written."""

import re
import unicodedata
from decimal import Decimal

from tasks.kinds import CellState
from zhuzun.errors import DomainError
from zhuzun.numbers import LARGEST
from zhuzun.ui.formats import NOTHING, thousands

LONGEST = 40  # no figure of this work is longer; more was pasted by mistake
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?", re.ASCII)
_MULTIPLE = re.compile(r"([\d,.]+)\s*([十百千万亿]+)")
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_NEGATIVE = re.compile(r"[-−–—]\s*[\d.]|\(\s*[\d.]")
_DASHES = frozenset({"-", "−", "–", "—", "——", "/", "\\", "无", "没有", "无数据"})


def parse(text: str, *, decimals: int, unit: str) -> tuple[str, Decimal | None]:
    """The cell's state and value: blank is 未填, a typed 0 is a confirmed zero, anything else a value or a refusal."""
    typed = folded(text)
    if not typed:
        return CellState.MISSING, None
    _refuse_other_than_number(typed, unit)
    value = Decimal(re.sub("[, ]", "", typed))
    _refuse_number(value, decimals)
    value = value.quantize(Decimal(1).scaleb(-decimals))
    return (CellState.VALUE, value) if value else (CellState.ZERO, Decimal(0))


def folded(text: str) -> str:
    """Width folded (1，234．5 is 1,234.5), blanks at the ends and invisible signs removed."""
    narrow = unicodedata.normalize("NFKC", text.replace("，", ",").replace("　", " "))
    shown = "".join(" " if sign in "\t\r\n\xa0" else sign for sign in narrow)
    return "".join(sign for sign in shown if unicodedata.category(sign) != "Cf").strip()


def written(value: Decimal | None, item) -> str:
    """A figure with its item's decimals and thousands commas; a dash for none."""
    return NOTHING if value is None else thousands(value, item.decimals)


def in_words(state: str, value: Decimal | None, item) -> str:
    """A frozen cell as a sentence says it: 12.00 万元, 0 人, 缺报, 不适用."""
    if state == CellState.MISSING:
        return "缺报"
    return "不适用" if value is None else f"{written(value, item)} {item.unit}"


def plain(value: Decimal | None, item) -> str:
    """What stands in the field: as written, empty for nothing."""
    return "" if value is None else thousands(value, item.decimals)


def _refuse_other_than_number(typed: str, unit: str):
    if len(typed) > LONGEST:
        raise DomainError("内容过长，不是一个数。", "typed")
    if _PLAIN.fullmatch(typed) or _GROUPED.fullmatch(typed):
        return
    raise DomainError(_why_no_number(typed, unit), "typed")


def _why_no_number(typed: str, unit: str) -> str:
    if found := _MULTIPLE.fullmatch(typed):
        return f"请按单位填写，不写“{found[2]}”{_example(found)}。"
    if _NEGATIVE.match(typed):
        return "不能填负数，请核对。"
    if typed in _DASHES:
        return "没有数量请填 0；确实不适用的，请在“不适用原因”中写明。"
    if unit and typed.endswith(folded(unit)):
        return f"单位（{unit}）已在表中，只填数字。"
    if typed.endswith("%"):
        return "请只填数字，不带百分号。"
    if re.fullmatch(r"[0-9,]+(\.[0-9]+)?", typed):
        return "千分位逗号的位置不对，请核对（如 1,234.5）。"
    return f"“{typed[:12]}”不是数字，请只填数字，不带单位和文字。"


def _example(found) -> str:
    """1.2万 → 「，例如 12000」, where the figure before the word is sound."""
    number = found[1].replace(",", "")
    if not _PLAIN.fullmatch(number):
        return ""
    power = sum(_POWERS[sign] for sign in found[2])
    return f"，例如 {Decimal(number).scaleb(power).normalize():f}"


def _refuse_number(value: Decimal, decimals: int):
    if value >= LARGEST:
        raise DomainError("数值过大，请核对单位。", "typed")
    if value != value.quantize(Decimal(1).scaleb(-decimals)):
        most = f"最多保留 {decimals} 位小数" if decimals else "只填整数"
        raise DomainError(f"小数位过多，该指标{most}。", "typed")
