"""The calendar's pages: what they show, to whom, and what they do."""

import re
from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import NOW
from zhuzun import clock
from zhuzun.accounts.roles import Role
from zhuzun.periods import changes
from zhuzun.periods.calendar import WorkCalendar
from zhuzun.periods.models import CalendarDay
from zhuzun.periods.services import as_lines, current_calendar, set_day
from zhuzun.periods.spans import ended_before
from zhuzun.periods.year import holidays_of, months_of

D = date.fromisoformat
YEAR_2027 = "2027-01-01 休 元旦\n2027-02-08 休 春节\n2027-02-20 班 春节"


@pytest.fixture(autouse=True)
def today(time_machine):
    """2022-03-15 10:32, whatever day it is."""
    time_machine.move_to(NOW, tick=False)


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def calendar(client, **query):
    return client.get(reverse("periods:calendar"), query)


# --- a year laid out -------------------------------------------------------------------------------------------------


def test_months_in_weeks(seeded):
    rows = CalendarDay.objects.filter(year=2026)
    months = months_of(2026, current_calendar(), rows)
    october = months[9]
    assert [[cell.date.day if cell else 0 for cell in week] for week in october.weeks] == [
        [0, 0, 0, 1, 2, 3, 4],
        [5, 6, 7, 8, 9, 10, 11],
        [12, 13, 14, 15, 16, 17, 18],
        [19, 20, 21, 22, 23, 24, 25],
        [26, 27, 28, 29, 30, 31, 0],
    ]
    assert (october.number, october.workdays) == (10, 18)
    cells = {cell.date.day: cell for week in october.weeks for cell in week if cell}
    assert [(cells[day].mark, cells[day].tone) for day in (1, 4, 8, 10, 11)] == [
        *(("休", "off"), ("休", "off"), ("", "work"), ("班", "on"), ("", "weekend"))
    ]
    assert cells[4].said == "星期日，休 国庆节"
    assert cells[8].said == "星期四"
    assert sum(month.workdays for month in months) == 248


def test_leap_february_without_data():
    february = months_of(2028, WorkCalendar(), [])
    assert february[1].workdays == 21
    assert february[1].weeks[-1][1].date == D("2028-02-29")


def test_holidays_in_words(seeded):
    found = {one.name: one[1:] for one in holidays_of(CalendarDay.objects.filter(year=2026))}
    assert found["春节"] == ("2月15日至23日", "2月14日、2月28日", 9)
    assert found["国庆节"] == ("10月1日至7日", "9月20日、10月10日", 7)
    assert found["元旦"] == ("1月1日至3日", "1月4日", 3)
    assert list(found) == ["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"]


def test_holiday_across_two_months(seeded):
    found = {one.name: one.off for one in holidays_of(CalendarDay.objects.filter(year=2023))}
    assert found["劳动节"] == "4月29日至5月3日"


# --- reading ---------------------------------------------------------------------------------------------------------


def test_everybody_reads_it_and_is_offered_no_change(seeded, sign_in, people):
    page = calendar(sign_in(people[Role.DISTRICT_OFFICER]), year=2026)
    text = text_of(page)
    assert "工作日历 · 2026年" in text
    assert "10月 18 个工作日" in text
    assert "春节 2月15日至23日 9 2月14日、2月28日" in text
    assert "全年共 248 个工作日" in text
    assert "来源：系统自带的国务院放假安排，2022-03-15 10:32 录入" in text
    assert "登记某日" not in text
    assert b"calendar/day" not in page.content


def test_this_year_by_default_and_for_garbage(seeded, sign_in, people):
    client = sign_in(people[Role.CLERK])
    for query in ({}, {"year": "x"}, {"year": "2019"}, {"year": "2100"}, {"year": "２０２６"}):
        assert "工作日历 · 2022年" in text_of(calendar(client, **query))


@pytest.mark.parametrize(
    ("today", "title", "warned", "owed"),
    [
        ("2027-01-31", "2027年", True, ["2026年11月", "2026年12月"]),
        ("2028-02-29", "2028年", True, ["2027年12月", "2028年1月"]),
        ("2026-10-08", "2026年", False, ["2026年8月", "2026年9月"]),
    ],
)
def test_on_awkward_days(seeded, sign_in, people, time_machine, today, title, warned, owed):
    time_machine.move_to(datetime.fromisoformat(f"{today}T08:00+08:00"), tick=False)
    page = text_of(calendar(sign_in(people[Role.CLERK])))
    assert f"工作日历 · {title}" in page
    assert ("尚无国务院放假安排数据" in page) is warned
    assert [span.label for span in ended_before("month", clock.today(), since=D("2026-01-01"))][-2:] == owed


@pytest.mark.parametrize(("year", "warned"), [(2026, False), (2027, True), (2099, True), (2020, False)])
def test_year_without_data_says_so(seeded, sign_in, people, year, warned):
    page = text_of(calendar(sign_in(people[Role.CLERK]), year=year))
    warning = f"{year}年尚无国务院放假安排数据，暂按周一至周五计算，请在公布后导入或逐日登记。"
    assert (warning in page) is warned
    assert (f"{year + 1}年" in page) is (year != 2099)
    assert ("2019年" in page) is False


def test_asks_the_database_as_often_for_a_full_year_as_for_an_empty_one(seeded, sign_in, officer, count_queries):
    client = sign_in(officer)
    calendar(client, year=2026)
    assert count_queries(lambda: calendar(client, year=2026)) <= count_queries(lambda: calendar(client, year=2027)) + 2


@pytest.fixture
def count_queries():
    def count(act):
        with CaptureQueriesContext(connection) as found:
            act()
        return len(found)

    return count


# --- one day ---------------------------------------------------------------------------------------------------------


def typed(**changed):
    return {"day": "2026-08-20", "how": "off", "name": "台风停工", "reason": "市防汛通知", **changed}


def test_officer_sets_a_day(seeded, sign_in, officer):
    client = sign_in(officer)
    assert b"?day=2026-08-20" in calendar(client, year=2026).content
    form = client.get(reverse("periods:set_day"), {"day": "2026-08-20"})
    assert b'value="2026-08-20"' in form.content
    done = client.post(reverse("periods:set_day"), typed(), follow=True)
    assert done.redirect_chain == [("/periods/calendar/?year=2026", 302)]
    text = text_of(done)
    assert "已保存，没有未结事项的截止日期因此变动。" in text
    assert "2026-08-20 星期四 休 台风停工 逐日登记 恢复" in text
    assert "登记工作日历（2026-08-20：休 台风停工），原因：市防汛通知" in text
    assert not current_calendar().works(D("2026-08-20"))


def test_what_the_service_refuses_stands_on_the_form(seeded, sign_in, officer):
    page = sign_in(officer).post(reverse("periods:set_day"), typed(day="2019-08-20"))
    assert "只能登记2020年至2099年的日期" in text_of(page)
    assert "台风停工".encode() in page.content


def test_officer_takes_a_day_back(seeded, sign_in, officer):
    set_day(D("2026-10-10"), works=False, name="取消", reason="通知", actor=officer, now=NOW)
    row = CalendarDay.objects.get(date=D("2026-10-10"))
    client = sign_in(officer)
    assert "确定撤销“2026-10-10 休 取消”吗" in text_of(client.get(reverse("periods:clear_day", args=[row.pk])))
    client.post(reverse("periods:clear_day", args=[row.pk]), {"reason": "登记有误"})
    assert current_calendar().works(D("2026-10-10"))
    assert client.get(reverse("periods:clear_day", args=[row.pk])).status_code == 404  # it stands as announced


# --- a year ----------------------------------------------------------------------------------------------------------


def enter(client, text, *, year=2027, seen=None):
    seen = as_lines(year) if seen is None else seen
    address = reverse("periods:enter_year", args=[year])
    return client.post(address, {"text": text, "seen": seen, "reason": "国办发明电"}, follow=True)


def test_officer_enters_a_year(seeded, sign_in, officer):
    client = sign_in(officer)
    done = enter(client, YEAR_2027)
    assert done.redirect_chain == [("/periods/calendar/?year=2027", 302)]
    text = text_of(done)
    assert "尚无国务院放假安排数据" not in text
    assert "来源：整年录入，2022-03-15 10:32 录入" in text
    again = client.get(reverse("periods:enter_year", args=[2027]))
    assert YEAR_2027 in again.content.decode()
    windows = YEAR_2027.replace("\n", "\r\n")  # as browsers send it
    assert "2027-05-03 星期一 休 劳动节" in text_of(enter(client, f"{windows}\r\n2027-05-03 休 劳动节", seen=windows))


def test_each_wrong_line_is_an_error_of_its_own(seeded, sign_in, officer):
    page = enter(sign_in(officer), "2027-13-01 休 元旦\n2027-02-08 放 春节").content.decode()
    assert len(re.findall(r"<a href=\"#id_text\">放假安排：第\d行", page)) == 2
    assert "2027-02-08 放 春节" in page
    assert not current_calendar().knows(2027)


def test_years_out_of_reach_are_not_found(sign_in, officer):
    client = sign_in(officer)
    for year in (2019, 2100, 99999):
        assert client.get(reverse("periods:enter_year", args=[year])).status_code == 404


# --- what would move -------------------------------------------------------------------------------------------------


def test_open_dates_that_would_move_are_shown(seeded, sign_in, officer, monkeypatch):
    monkeypatch.setattr(
        changes, "_receivers", [lambda before, after: [("2026年9月区月报", D("2026-10-08"), D("2026-10-09"), "/x/")]]
    )
    client = sign_in(officer)
    done = client.post(reverse("periods:set_day"), typed(day="2026-10-08"), follow=True)
    assert done.redirect_chain == [("/periods/calendar/changed/", 302)]
    text = text_of(done)
    assert "2026年9月区月报 2026-10-08 2026-10-09" in text
    assert "不会自动变动" in text
    assert b'href="/x/"' in done.content
    assert b"/periods/calendar/?year=2026" in done.content
    assert "2026年9月区月报" in text_of(client.get(reverse("periods:changed")))  # still there when read again


def test_page_says_when_nothing_moves(seeded, sign_in, officer):
    assert "没有截止日期因日历变动" in text_of(sign_in(officer).get(reverse("periods:changed")))
