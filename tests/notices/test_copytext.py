"""The list to paste: pure text."""

import pytest

from zhuzun.notices.copytext import PhoneRow, phone_list

REPORT = "2026年10月月报"


def test_a_whole_list():
    rows = [
        PhoneRow("香洲区", "张三", "联络员", "0756-2222222", REPORT, 3),
        PhoneRow("香洲区", "李四", "分管领导", "", REPORT, 3),
        PhoneRow("高新区", missing=REPORT),
        PhoneRow("市教育局", "王五", "", "13800000000", REPORT, 1),
        PhoneRow("市教育局", "王五", "", "13800000000", "三季度情况"),
    ]
    assert phone_list(rows, title="2026年10月 未报送单位") == (
        "【2026年10月 未报送单位】共 3 个单位：\n"
        "1. 香洲区：尚缺 2026年10月月报（逾期 3 个工作日）\n"
        "   联系人：张三（联络员） 0756-2222222；李四（分管领导） 未登记电话\n"
        "2. 高新区：尚缺 2026年10月月报\n"
        "   联系人：未登记联系人\n"
        "3. 市教育局：尚缺 2026年10月月报（逾期 1 个工作日）、三季度情况\n"
        "   联系人：王五 13800000000"
    )


def test_nobody_is_missing():
    assert phone_list([]) == "没有需要联系的单位。"
    assert phone_list([], title="10月") == "【10月】没有需要联系的单位。"


@pytest.mark.parametrize("days", [0, -2])
def test_what_is_not_late_is_not_called_late(days):
    assert "逾期" not in phone_list([PhoneRow("香洲区", missing=REPORT, days_late=days)])


def test_a_name_with_line_ends_makes_no_further_entry():
    text = phone_list([PhoneRow("香洲区\n2. 假单位", "张\r\n三", "联络员", "1\t2", "月\n报")])
    assert text == "1. 香洲区 2. 假单位：尚缺 月 报\n   联系人：张 三（联络员） 1 2"
