"""What is done with the calendar: filled once, changed by hand, read as a value."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories import NOW
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.errors import DomainError, Refused
from zhuzun.periods import changes, published
from zhuzun.periods.calendar import WorkCalendar
from zhuzun.periods.models import CalendarDay, CalendarYear, Source
from zhuzun.periods.services import as_lines, clear_day, current_calendar, enter_year, seed, set_day

D = date.fromisoformat
LATER = NOW + timedelta(days=300)
YEAR_2027 = "2027-01-01 休 元旦\n2027-02-06 休 春节\n2027-02-08 休 春节\n2027-02-20 班 春节\n"


def rows():
    return list(CalendarDay.objects.values_list("date", "works", "name", "source", "edited"))


def change(day, works, name="台风停工", *, actor, reason="市防汛通知"):
    return set_day(D(day), works=works, name=name, reason=reason, actor=actor, now=NOW)


def enter(text, *, actor, year=2027, seen=None, reason="国办发明电"):
    seen = as_lines(year) if seen is None else seen
    return enter_year(year, text=text, seen=seen, reason=reason, actor=actor, now=NOW)


# --- filling ---------------------------------------------------------------------------------------------------------


def test_fills_what_the_package_knows(seeded):
    assert seeded == len(rows()) == 256
    assert list(CalendarYear.objects.values_list("year", flat=True)) == list(range(2020, 2027))
    assert set(CalendarYear.objects.values_list("source", "loaded_at")) == {(Source.PACKAGE, NOW)}
    day = CalendarDay.objects.get(date=D("2026-10-10"))
    assert (str(day), day.in_words, day.exceptional) == ("2026-10-10 班", "班 国庆节", True)
    sunday = CalendarDay.objects.get(date=D("2026-10-04"))
    assert (sunday.in_words, sunday.exceptional) == ("休 国庆节", False)
    event = Event.objects.about(CalendarYear.objects.get(year=2026)).get()
    assert (event.action, event.actor, event.detail) == ("calendar.load", None, {"天数": 39})


def test_names_are_an_offices():
    assert {day.name for year in published.years() for day in published.year_of(year)} == {
        *("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
    }
    assert published.day_of(D("2026-10-12")) is None
    assert published.day_of(D("2027-10-01")) is None
    assert published.year_of(2027) == []


def test_filling_twice_changes_nothing(seeded):
    before = rows()
    assert seed(now=LATER) == 0
    assert rows() == before
    assert Event.objects.filter(action="calendar.load").count() == 7
    assert not CalendarYear.objects.filter(loaded_at=LATER).exists()


def test_a_day_set_by_hand_is_never_overwritten(officer):
    change("2026-10-01", True, "值班", actor=officer)
    assert not current_calendar().knows(2026)
    seed(now=LATER)
    day = CalendarDay.objects.get(date=D("2026-10-01"))
    assert (day.in_words, day.edited, day.source) == ("班 值班", True, Source.HAND)
    assert current_calendar().knows(2026)
    assert current_calendar().works(D("2026-10-01"))
    assert not current_calendar().works(D("2026-10-02"))


def test_a_year_that_was_entered_is_left_alone(officer, monkeypatch):
    enter(YEAR_2027, actor=officer)
    before = rows()
    monkeypatch.setattr(published, "years", lambda: iter([2027]))
    monkeypatch.setattr(published, "year_of", lambda year: [published.Published(D("2027-05-03"), False, "劳动节")])
    assert seed(now=LATER) == 0
    assert rows() == before


def test_a_year_that_appears_with_a_new_package_is_filled(seeded, monkeypatch):
    monkeypatch.setattr(published, "years", lambda: iter([2026, 2027]))
    monkeypatch.setattr(published, "year_of", lambda year: [published.Published(D("2027-05-03"), False, "劳动节")])
    assert seed(now=LATER) == 1
    assert not current_calendar().works(D("2027-05-03"))


def test_whoever_was_quicker_filled_it(seeded, monkeypatch):
    """Two processes start at once: the second waits for the year's row and finds it filled."""
    from zhuzun.periods import services

    assert services._fill(2026, LATER) == 0
    assert CalendarYear.objects.get(year=2026).loaded_at == NOW


# --- the value -------------------------------------------------------------------------------------------------------


def test_is_read_in_one_query(seeded, django_assert_num_queries):
    with django_assert_num_queries(1):
        calendar = current_calendar()
    assert calendar.years == frozenset(range(2020, 2027))
    assert all(day.weekday() < 5 for day in calendar.off)
    assert all(day.weekday() >= 5 for day in calendar.on)
    assert len([day for day in calendar.on if day.year == 2026]) == 6


def test_is_empty_before_anything_is_filled(db):
    assert current_calendar() == WorkCalendar()


def test_an_empty_year_counts_as_known(db):
    CalendarYear.objects.create(year=2030, loaded_at=NOW)
    CalendarYear.objects.create(year=2031)
    assert current_calendar() == WorkCalendar(frozenset({2030}))


# --- one day ---------------------------------------------------------------------------------------------------------


def test_set_day(seeded, officer):
    changed = change("2026-08-20", False, actor=officer)
    assert not current_calendar().works(D("2026-08-20"))
    assert (changed.year.year, changed.moves) == (2026, [])
    event = Event.objects.get(action="calendar.set_day")
    assert (event.actor, event.reason, event.object_label) == (officer, "市防汛通知", "2026年工作日历")
    assert event.detail == {"2026-08-20": ["", "休 台风停工"]}


def test_set_day_over_what_was_announced(seeded, officer):
    change("2026-10-10", False, "调休取消", actor=officer)
    assert not current_calendar().works(D("2026-10-10"))
    assert Event.objects.get(action="calendar.set_day").detail == {"2026-10-10": ["班 国庆节", "休 调休取消"]}
    assert CalendarDay.objects.filter(date=D("2026-10-10")).count() == 1


def test_a_day_in_a_year_without_data_does_not_make_it_known(seeded, officer):
    change("2027-01-01", False, "元旦", actor=officer)
    assert not current_calendar().works(D("2027-01-01"))
    assert not current_calendar().knows(2027)


@pytest.mark.parametrize(
    ("day", "works", "name", "reason", "message", "field"),
    [
        ("2026-08-20", False, " ", "通知", "请填写名称", "name"),
        ("2026-08-20", False, "长" * 31, "通知", "不超过30个字", "name"),
        ("2026-08-20", False, "台风", " ", "请填写原因", "reason"),
        ("2019-08-20", False, "台风", "通知", "2020年至2099年", "day"),
        ("2100-08-20", False, "台风", "通知", "2020年至2099年", "day"),
        ("2026-10-01", False, "国庆节", "通知", "已是“休 国庆节”，没有改动", None),
    ],
)
def test_set_day_refuses(seeded, officer, day, works, name, reason, message, field):
    before = rows()
    with pytest.raises(DomainError, match=message) as refused:
        change(day, works, name, actor=officer, reason=reason)
    assert refused.value.field == field
    assert rows() == before
    assert not Event.objects.filter(action="calendar.set_day").exists()


def test_clear_day_gives_back_what_was_announced(seeded, officer):
    before = rows()
    change("2026-10-10", False, "调休取消", actor=officer)
    clear_day(D("2026-10-10"), reason="登记有误", actor=officer, now=NOW)
    assert rows() == before
    assert Event.objects.get(action="calendar.clear_day").detail == {"2026-10-10": ["休 调休取消", "班 国庆节"]}


@pytest.mark.parametrize(
    ("day", "works", "new"),
    [("2026-08-20", False, "班（平常日）"), ("2026-08-22", True, "休（平常日）")],
)
def test_clear_day_makes_an_ordinary_day(seeded, officer, day, works, new):
    before = rows()
    change(day, works, "调休", actor=officer)
    clear_day(D(day), reason="登记有误", actor=officer, now=NOW)
    assert rows() == before
    assert Event.objects.get(action="calendar.clear_day").detail[day][1] == new


def test_clear_day_refuses(seeded, officer):
    with pytest.raises(DomainError, match="没有人工登记"):
        clear_day(D("2026-10-01"), reason="登记有误", actor=officer, now=NOW)
    with pytest.raises(DomainError, match="请填写原因"):
        clear_day(D("2026-10-01"), reason=" ", actor=officer, now=NOW)


def test_the_database_refuses_a_second_row_and_a_day_without_name(seeded):
    year = CalendarYear.objects.get(year=2026)
    for day, name in (("2026-10-01", "国庆节"), ("2026-10-20", "")):
        with pytest.raises(IntegrityError), transaction.atomic():
            CalendarDay.objects.create(date=D(day), year=year, works=False, name=name, source=Source.HAND)


# --- a year ----------------------------------------------------------------------------------------------------------


def test_enter_year(seeded, officer):
    enter(YEAR_2027, actor=officer)
    calendar = current_calendar()
    assert calendar.knows(2027)
    assert not calendar.works(D("2027-02-08"))
    assert calendar.works(D("2027-02-20"))
    year = CalendarYear.objects.get(year=2027)
    assert (year.source, year.loaded_at) == (Source.PASTED, NOW)
    event = Event.objects.get(action="calendar.enter_year")
    assert event.detail["2027-02-20"] == ["", "班 春节"]
    assert len(event.detail) == 4


def test_enter_year_again_changes_what_differs(seeded, officer):
    enter(YEAR_2027, actor=officer)
    enter("2027-01-01 休 元旦\n2027-02-08 休 除夕\n2027-02-20 班 春节\n2027-05-03 休 劳动节", actor=officer)
    assert Event.objects.filter(action="calendar.enter_year").order_by("-pk").first().detail == {
        "2027-02-06": ["休 春节", ""],
        "2027-02-08": ["休 春节", "休 除夕"],
        "2027-05-03": ["", "休 劳动节"],
    }
    assert as_lines(2027) == "2027-01-01 休 元旦\n2027-02-08 休 除夕\n2027-02-20 班 春节\n2027-05-03 休 劳动节"


def test_enter_what_the_package_had_touches_only_what_differs(seeded, officer):
    text = as_lines(2026).replace("2026-10-10 班 国庆节", "2026-10-11 班 国庆节")
    enter(text, year=2026, actor=officer)
    edited = CalendarDay.objects.filter(edited=True)
    assert [str(row) for row in edited] == ["2026-10-11 班"]
    assert not current_calendar().works(D("2026-10-10"))


def test_single_days_as_they_stand_may_be_called_the_whole_year(officer):
    """Somebody entered the year day by day, and then says that this is all."""
    change("2027-01-01", False, "元旦", actor=officer)
    enter(as_lines(2027), actor=officer)
    assert current_calendar().knows(2027)


def test_all_errors_by_line_and_nothing_half_saved(seeded, officer):
    before = rows()
    wrong = ["", "2027-13-01 休 元旦", "2026-10-01 休 国庆节", "2027-02-06 放 春节", "2027-01-01 休 元旦", "2027-05-01"]
    text = "\n".join(["2027-01-01 休 元旦", *wrong])
    with pytest.raises(DomainError) as refused:
        enter(text, actor=officer)
    assert refused.value.message.splitlines() == [
        "第3行：“2027-13-01”不是日期，请写成 2027-01-01。",
        "第4行：2026-10-01不在2027年。",
        "第5行：“放”应为休或班。",
        "第6行：2027-01-01与第1行重复。",
        "第7行：“2027-05-01”应为日期、休或班、名称三项，如 2027-01-01 休 元旦。",
    ]
    assert refused.value.field == "text"
    assert rows() == before
    assert not current_calendar().knows(2027)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" \n\n", "请至少填写一行"),
        (f"2027-01-01 休 {'长' * 31}", "第1行：名称超过30个字"),
        ("\n".join(["2027-01-01 休 元旦"] * 201), "共201行，一年最多200行"),
        ("2027-01-01 休 ,", "三项"),
    ],
)
def test_enter_year_refuses_text(seeded, officer, text, message):
    with pytest.raises(DomainError, match=message):
        enter(text, actor=officer)


def test_reads_what_a_sheet_or_a_person_gives(seeded, officer):
    enter("2027年1月1日\t休\t元旦\r\n2027/2/6，休，春节\n20270220 班 春节 调休\n", actor=officer)
    assert as_lines(2027) == "2027-01-01 休 元旦\n2027-02-06 休 春节\n2027-02-20 班 春节 调休"


def test_enter_year_refuses(seeded, officer):
    with pytest.raises(DomainError, match="请填写原因"):
        enter(YEAR_2027, actor=officer, reason=" ")
    for year in (2019, 2100):
        with pytest.raises(DomainError, match="2020年至2099年"):
            enter(f"{year}-01-01 休 元旦", year=year, actor=officer)
    with pytest.raises(DomainError, match="没有改动"):
        enter(as_lines(2026), year=2026, actor=officer)


def test_the_second_of_two_is_told(seeded, officer):
    seen = as_lines(2026)
    change("2026-08-20", False, actor=officer)
    with pytest.raises(DomainError, match="已被他人修改"):
        enter(seen.replace("2026-10-10 班 国庆节", ""), year=2026, seen=seen, actor=officer)
    assert CalendarDay.objects.filter(date=D("2026-08-20")).exists()


# --- who, and what follows -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.BUREAU_OFFICER, Role.SYSTEM_ADMIN)])
def test_nobody_else_changes_it(seeded, people, role):
    with pytest.raises(Refused):
        change("2026-08-20", False, actor=people[role])
    with pytest.raises(Refused):
        clear_day(D("2026-08-20"), reason="登记有误", actor=people[role], now=NOW)
    with pytest.raises(Refused):
        enter(YEAR_2027, actor=people[role])


def test_system_admin_may(seeded, people):
    change("2026-08-20", False, actor=people[Role.SYSTEM_ADMIN])
    assert not current_calendar().works(D("2026-08-20"))


@pytest.fixture
def receiver(monkeypatch):
    """A room above that has two open due days on 8 October."""
    monkeypatch.setattr(changes, "_receivers", [])

    def open_dates(before, after):
        day = D("2026-10-08")
        if before.next_workday(day) != after.next_workday(day):
            yield "乙报表", day, after.next_workday(day), "/b/"
            yield "甲报表", day - timedelta(days=1), after.next_workday(day), "/a/"

    changes.register(open_dates)
    changes.register(open_dates)  # a second time counts for nothing
    return open_dates


def test_open_dates_that_would_move_are_told(seeded, officer, receiver):
    moves = change("2026-10-08", False, actor=officer).moves
    assert [(move.label, move.old, move.new, move.url) for move in moves] == [
        ("甲报表", D("2026-10-07"), D("2026-10-09"), "/a/"),
        ("乙报表", D("2026-10-08"), D("2026-10-09"), "/b/"),
    ]
    assert change("2026-08-20", False, actor=officer).moves == []


def test_nobody_is_asked_where_no_working_day_changed(seeded, officer, monkeypatch):
    def never(before, after):
        raise AssertionError("nothing moved")

    monkeypatch.setattr(changes, "_receivers", [never])
    change("2026-10-08", True, "国庆节后上班", actor=officer)  # a Thursday that is worked in any case
