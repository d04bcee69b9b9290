"""Titles: balanced lines, words whole, and nothing lost whatever the length."""

import pytest

from zhuzun.documents.papers.title import LINE, lines, pieces_of, width

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
        (
            f"{GROUP}印发《关于加强东西部协作工作的实施方案》的通知",
            (GROUP, "印发《关于加强东西部协作", "工作的实施方案》的通知"),
        ),
        ("关于做好东西部协作年终总结工作的通知（演示）", ("关于做好东西部协作", "年终总结工作的通知（演示）")),
    ],
)
def test_words_and_numbers_stay_whole(title, rows):
    assert lines(title) == rows


@pytest.mark.parametrize(
    ("title", "pieces"),
    [
        ("珠海市乡村振兴局关于防汛救灾", ["珠海市", "乡村振兴局", "关于", "防汛救灾"]),
        ("乡村振兴示范点创建", ["乡村振兴", "示范点", "创建"]),
        ("医疗组团式帮扶", ["医疗", "组团式帮扶"]),
        ("清明祭扫期间值守", ["清明", "祭扫", "期间", "值守"]),
        ("关于璀璨通知", ["关于", "璀璨", "通知"]),
        ("资金鎏的通知", ["资金鎏的", "通知"]),
        ("饕餮魑魅魍", ["饕餮", "魑魅魍"]),
    ],
)
def test_the_fewest_words_and_a_guess_at_those_that_no_list_knows(title, pieces):
    assert pieces_of(title) == pieces


@pytest.mark.parametrize(
    "title", ["甲" * 120, ("关于做好东西部协作工作的通知" * 9)[:120], "A" * 120, "《" + "乙" * 60 + "》"]
)
def test_a_long_title_loses_nothing_and_fits(title):
    rows = lines(title)
    assert "".join(rows) == title
    assert all(width(row) <= LINE for row in rows)


def test_words_that_leave_half_of_each_line_empty_stay_whole_too():
    words = [f"{sign * 20}" for sign in "ABCDEFGHIJ"]  # no two of them on one line
    rows = lines(" ".join(words))
    assert [row.strip() for row in rows] == words


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one():
    rows = lines(f"{GROUP}印发《关于加强东西部协作工作的实施方案（试行）》的通知")
    assert not any(row[0] in "》）的" or row[-1] in "《（" for row in rows)
