"""What people type into cells: understood, or refused with a sentence that says what to do."""

from decimal import Decimal

import pytest

from tasks.figures import parse
from zhuzun.errors import DomainError

UNDERSTOOD = {
    "12": ("value", "12"),
    " 12 ": ("value", "12"),
    "　１２　": ("value", "12"),
    "1，234.5": ("value", "1234.5"),
    "１，２３４．５": ("value", "1234.5"),
    "1,234.50": ("value", "1234.5"),
    "1 234": ("value", "1234"),
    "1234567.89": ("value", "1234567.89"),
    "12.00": ("value", "12"),
    "12.5000": ("value", "12.5"),
    ".5": ("value", "0.5"),
    "007": ("value", "7"),
    "\u200b12\u200b": ("value", "12"),
    "0": ("zero", "0"),
    "0.00": ("zero", "0"),
    "０": ("zero", "0"),
}
REFUSED = {
    "1.2万": "请按单位填写，不写“万”，例如 12000。",
    "3亿": "请按单位填写，不写“亿”，例如 300000000。",
    "1.2万元": "单位（万元）已在表中，只填数字。",
    "12万元": "单位（万元）已在表中，只填数字。",
    "-5": "不能填负数，请核对。",
    "−5": "不能填负数，请核对。",
    "－5": "不能填负数，请核对。",
    "（5）": "不能填负数，请核对。",
    "-": "没有数量请填 0；确实不适用的，请在“不适用原因”中写明。",
    "无": "没有数量请填 0；确实不适用的，请在“不适用原因”中写明。",
    "/": "没有数量请填 0；确实不适用的，请在“不适用原因”中写明。",
    "12abc": "“12abc”不是数字，请只填数字，不带单位和文字。",
    "l2": "“l2”不是数字，请只填数字，不带单位和文字。",
    "约12": "“约12”不是数字，请只填数字，不带单位和文字。",
    "1.2E+05": "“1.2E+05”不是数字，请只填数字，不带单位和文字。",
    "=1+1": "“=1+1”不是数字，请只填数字，不带单位和文字。",
    "12%": "请只填数字，不带百分号。",
    "1,23": "千分位逗号的位置不对，请核对（如 1,234.5）。",
    "12.345": "小数位过多，该指标最多保留 2 位小数。",
    "1000000000000": "数值过大，请核对单位。",
    "9" * 41: "内容过长，不是一个数。",
    "1.2.3": "“1.2.3”不是数字，请只填数字，不带单位和文字。",
    "٣": "“٣”不是数字，请只填数字，不带单位和文字。",
}


@pytest.mark.parametrize("typed", UNDERSTOOD)
def test_understood(typed):
    state, value = UNDERSTOOD[typed]
    assert parse(typed, decimals=2, unit="万元") == (state, Decimal(value))


@pytest.mark.parametrize("typed", ["", " ", "　", "\t", "\u200b"])
def test_blank_says_nothing(typed):
    assert parse(typed, decimals=2, unit="万元") == ("missing", None)


@pytest.mark.parametrize("typed", REFUSED)
def test_refused_with_what_to_do(typed):
    with pytest.raises(DomainError) as refused:
        parse(typed, decimals=2, unit="万元")
    assert refused.value.message == REFUSED[typed]


def test_a_count_is_whole():
    with pytest.raises(DomainError) as refused:
        parse("12.5", decimals=0, unit="人")
    assert refused.value.message == "小数位过多，该指标只填整数。"
    assert parse("12.0", decimals=0, unit="人") == ("value", Decimal(12))
