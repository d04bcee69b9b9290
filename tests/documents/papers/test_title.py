"""Titles: balanced lines, words whole, and nothing lost whatever the length."""

import pytest

from zhuzun.documents.papers.title import LINE, lines, width

GROUP = "中共珠海市委农村工作领导小组"


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("2026年第二次联席会议纪要", ("2026年第二次联席会议纪要",)),
        ("关于报送2026年东西部协作年度工作总结的通知", ("关于报送2026年东西部协作", "年度工作总结的通知")),
        (
            f"{GROUP}关于2026年第三季度东西部协作工作进展情况的通报",
            (GROUP, "关于2026年第三季度东西部协作", "工作进展情况的通报"),
        ),
    ],
)
def test_words_and_numbers_stay_whole(title, rows):
    assert lines(title) == rows


@pytest.mark.parametrize(
    "title", ["甲" * 120, ("关于做好东西部协作工作的通知" * 9)[:120], "A" * 120, "《" + "乙" * 60 + "》"]
)
def test_a_long_title_loses_nothing_and_fits(title):
    rows = lines(title)
    assert "".join(rows) == title
    assert all(width(row) <= LINE for row in rows)


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one():
    rows = lines(f"{GROUP}印发《关于加强东西部协作工作的实施方案（试行）》的通知")
    assert not any(row[0] in "》）的" or row[-1] in "《（" for row in rows)
