"""A whole cycle on the policy's own plans, with the clock at 8 October, at 31 January and at 29 February (clocks.py).

The jobs open and remind, people act through the services, each at his moment; nothing else writes. 香洲 files in the
portal and is sent back once, 金湾 on paper with more time, 高新 late and entered for (代录), 横琴 is excused, 斗门
comes after 定稿 (补报). One function tells one part of the story; a day or a sum that moves breaks it.
"""

from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils.html import strip_tags

from tasks import compiled, compiled_longer, reading
from tasks.checking import mark_of
from tasks.kinds import CheckEvery, NameVerdict, Verdict
from tasks.lights import light_badge, return_words
from tasks.models import CheckSheet, Entry, FigureSource, NameLine, ProgressReport, ReportingPeriod, ReportPlan
from tasks.services import (
    adjusting,
    chain,
    checks,
    closing,
    corrections,
    extensions,
    filing,
    naming,
    opening_figures,
    opinions,
    plans,
    review,
)
from tasks.services.filing import Change
from tests import factories
from tests.tasks.clocks import (
    CLOCKS,
    COUNTIES,
    DOUMEN,
    FIRMS,
    FUND,
    GAOXIN,
    HENGQIN,
    JINWAN,
    STOCK,
    XIANGZHOU,
    Clock,
    at,
    day,
)
from tests.tasks.filed import PDF
from zhuzun.accounts.roles import Role
from zhuzun.celery import app
from zhuzun.clock import day_of
from zhuzun.notices.models import Reminder
from zhuzun.organisations.models import Organisation
from zhuzun.periods.models import CalendarYear
from zhuzun.periods.services import current_calendar, seed
from zhuzun.runs.models import JobRun
from zhuzun.ui.workbook import Column, write_xlsx

SEATS = {
    "officer": (Role.BUREAU_OFFICER, "zh-zhenxing"),
    "typist": (Role.BUREAU_OFFICER, "zh-zhenxing"),
    "head": (Role.BUREAU_HEAD, "zh-zhenxing"),
    "leader": (Role.BUREAU_LEADER, "zh-zhenxing"),
    "xiangzhou": (Role.DISTRICT_OFFICER, "zh-xiangzhou-zhenxing"),
    "xiangzhou-leader": (Role.DISTRICT_LEADER, "zh-xiangzhou"),
    "jinwan": (Role.DISTRICT_OFFICER, "zh-jinwan-zhenxing"),
    "doumen": (Role.DISTRICT_OFFICER, "zh-doumen-zhenxing"),
    "team": (Role.GROUP_MEMBER, "zh-gongzuozu-fenggang"),
    "fenggang": (Role.COUNTY_OFFICER, "zy-fenggang-xiezuoban"),
}


@dataclass
class Office:
    """Who acts, on which clock."""

    on: Clock
    moves: object  # moves the clock
    people: dict = field(default_factory=dict)

    def by(self, name, text, hour, minute=0) -> dict:
        """Somebody acts at that moment: it is then for everybody."""
        now = at(text, hour, minute)
        self.moves.move_to(now, tick=False)
        return {"actor": self.people[name], "now": now}

    def jobs(self, text, hour=9, minute=10):
        """What is due runs, as the scheduler would run it."""
        self.moves.move_to(at(text, hour, minute), tick=False)
        call_command("jobs", "run-due", at=f"{text}T{hour:02}:{minute:02}")

    def said(self, job) -> str:
        """What the job's last run said."""
        return JobRun.objects.filter(job=job).order_by("-started_at", "-pk").first().result

    @property
    def period(self) -> ReportingPeriod:
        """The month."""
        return ReportingPeriod.objects.get(label=self.on.month)

    def report(self, name) -> ProgressReport:
        """A district's report of the month, as it stands now."""
        rows = ProgressReport.objects.in_period(self.period).for_list()
        return next(report for report in rows if str(report.filer) == name)

    def cell(self, county, code=FUND) -> Entry:
        """A district's own cell of the month."""
        rows = Entry.objects.filter(period=self.period, indicator__code=code, item__rule="district")
        return next(entry for entry in rows.select_related("place", "item", "section") if str(entry.place) == county)

    def light(self, name, text) -> str:
        """What the board says of it on that day."""
        return strip_tags(light_badge(self.report(name), day(text), current_calendar()))


@pytest.fixture
def office(whole_policy, time_machine, monkeypatch, request):
    """The policy with its plans laid ready, the people, and the calendar of 2026; later years are not published."""
    on = CLOCKS[request.param]
    app.loader.import_default_modules()  # once: each time all models are checked anew
    monkeypatch.setattr(app.loader, "import_default_modules", lambda: None)
    seed(now=factories.LOADED)
    CalendarYear.objects.filter(year__gt=2026).delete()
    bodies = {body.code: body for body in Organisation.objects.filter(code__in={code for _, code in SEATS.values()})}
    people = {name: factories.person(role, bodies[code], username=name) for name, (role, code) in SEATS.items()}
    return Office(on, time_machine, people)


@pytest.mark.parametrize("office", CLOCKS, indirect=True)
def test_a_whole_cycle(office):
    the_bureau_starts(office)
    the_period_opens(office)
    on_the_due_day(office)
    on_the_first_day_after(office)
    on_the_second(office)
    on_the_third(office)
    the_month_is_frozen_and_goes_up(office)
    what_comes_later(office)
    everybody_was_reminded_once(office)
    the_quarter_is_derived(office)
    the_next_period_opens(office)


def the_bureau_starts(office):
    on = office.on
    counties = [Column(name) for name in COUNTIES]
    rows = [(FUND, "", month, *figures) for month, figures in on.funds_before.items()]
    rows.append((STOCK, "区选派", on.before, "3", "4", "2", "1", "2", "5"))
    data = write_xlsx("上线前数据", [Column("指标编码"), Column("渠道"), Column("截至月"), *counties], rows)
    act = office.by("officer", on.switched_on, 9)
    kept = opening_figures.upload(data, "上线前数据.xlsx", **act)
    _, found = opening_figures.preview(kept.pk, **act)
    assert opening_figures.confirm(kept.pk, seen=found.mark, **act) == 6 * len(rows)

    source = FigureSource.objects.get(indicator__code=FUND)
    facts = {name: getattr(source, name) for name in ("indicator", "channel", "rule", "body", "places")}
    facts |= {"check_every": CheckEvery.PERIOD, "valid_from": day(on.month_from), "reason": "每期核对到位资金"}
    plans.set_source(**facts, **act)
    for code, since in (("district-month", on.month_from), ("district-quarter", on.quarter_from)):
        plans.activate(ReportPlan.objects.get(code=code), starts_on=day(since), **act)


def the_period_opens(office):
    on = office.on
    for text in (on.switched_on, *on.quiet):
        office.jobs(text, 23, 59)
        assert not ReportingPeriod.objects.exists()
    office.jobs(on.opens, 0, 30)
    assert office.said("tasks.open_periods") == on.opened
    period = office.period
    assert (period.start, period.end) == (day(on.month_from), day(on.ends))
    form = period.forms.get()
    assert (form.due_on, form.up_on) == (day(on.due), day(on.up))
    for name in (XIANGZHOU, JINWAN, DOUMEN, GAOXIN, HENGQIN):
        report = office.report(name)
        assert report.title == f"{name}{on.month}进展报告"
        assert (report.due_on, report.soon_on) == (day(on.due), day(on.soon))
    for text in sorted({on.opens, *(one for one in on.mornings if one < on.due), on.due}):
        office.jobs(text)


def on_the_due_day(office):
    on = office.on
    report = office.report(XIANGZHOU)
    act = office.by("xiangzhou", on.due, 9, 30)
    enter(office, report, {"凤冈县": "1,200.35", "务川县": "800.15"}, **act)
    finish(report, **act)
    chain.send_to_sign(office.report(XIANGZHOU), **office.by("xiangzhou", on.due, 10))
    chain.sign(office.report(XIANGZHOU), **office.by("xiangzhou-leader", on.due, 23, 59))
    report = office.report(XIANGZHOU)
    assert report.filed_on == day(on.due)
    assert (report.review_due_on, report.opinion_due_on) == (day(on.review_until), day(on.opinion_until))
    assert office.light(XIANGZHOU, on.first) == "按时"

    words = {"progress": "数据已收齐，待审签。", "reason": "分管领导外出。", "wanted_on": day(on.third)}
    request = extensions.ask(office.report(JINWAN), **words, **office.by("jinwan", on.due, 14))
    extensions.approve(request, decision="同意。", **office.by("officer", on.due, 15))
    assert office.light(JINWAN, on.first) == "已批延期"

    adjusting.excuse(office.report(HENGQIN), reason="机构调整，本期免报。", **office.by("officer", on.due, 16))
    assert office.light(HENGQIN, on.first) == "免报"
    assert office.light(DOUMEN, on.due) == "临期"


def on_the_first_day_after(office):
    on = office.on
    office.jobs(on.first)
    assert (office.light(DOUMEN, on.first), office.light(GAOXIN, on.first)) == ("逾期 1 工作日", "逾期 1 工作日")

    words = {"verdict": Verdict.REMARK, "text": "县财政台账为1230.25万元，建议以到账数为准。"}
    county = office.cell("凤冈县").place
    opinions.give_opinion(office.report(XIANGZHOU), county, **words, **office.by("team", on.first, 9, 30))
    section = office.cell("凤冈县").section
    comments = {section.pk: "到位资金与拨付文件不一致，请核对。"}
    act = office.by("officer", on.first, 10)
    review.return_report(office.report(XIANGZHOU), comments=comments, due_on=day(on.second), **act)
    act = office.by("xiangzhou", on.first, 14)
    shut = Change(office.cell("务川县").pk, office.cell("务川县").version, "1")
    assert not filing.save_cells(office.report(XIANGZHOU), [shut], **act)[0].kept  # only what was sent back is open
    enter(office, office.report(XIANGZHOU), {"凤冈县": "1,250.35"}, **act)
    chain.send_to_sign(office.report(XIANGZHOU), **act)
    chain.sign(office.report(XIANGZHOU), **office.by("xiangzhou-leader", on.first, 15))
    report = office.report(XIANGZHOU)
    assert (report.filed_on, report.refiled_on) == (day(on.due), day(on.first))
    assert strip_tags(return_words(report, day(on.second))).endswith("按时重报")

    report, act = office.report(GAOXIN), office.by("typist", on.first, 16)
    enter(office, report, {"道真县": "450.05"}, behalf=True, **act)
    finish(report, behalf=True, **act)
    chain.attach_sheet(office.report(GAOXIN), data=PDF, filename="签章件.pdf", **act)
    chain.file_for(office.report(GAOXIN), **act)
    report = office.report(GAOXIN)
    assert (report.on_behalf, report.filed_on) == (True, day(on.first))
    assert office.light(GAOXIN, on.second) == "补报"


def on_the_second(office):
    on = office.on
    office.jobs(on.second)
    report, act = office.report(JINWAN), office.by("jinwan", on.second, 10)
    enter(office, report, {"赤水市": "600.45", "习水县": "300.30"}, **act)
    firms = office.cell("习水县", FIRMS)
    no = Change(firms.pk, firms.version, reason="本年度未安排产业项目")
    assert filing.save_cells(report, [no], **act)[0].kept
    finish(report, **act)
    assert [office.cell(county, STOCK).value for county in ("赤水市", "习水县")] == [2, 1]  # carried over
    states = [office.cell(county, FIRMS).state for county in ("赤水市", "习水县")]
    assert states == ["zero", "na"]
    chain.attach_sheet(office.report(JINWAN), data=PDF, filename="签章件.pdf", **act)
    chain.sign_on_paper(office.report(JINWAN), **act)
    assert office.report(JINWAN).filed_on == day(on.second)
    assert office.light(JINWAN, on.third) == "已批延期"

    three = [office.report(name).pk for name in (XIANGZHOU, JINWAN, GAOXIN)]
    for name, seen, hour in (("officer", "review", 15), ("head", "head", 16)):
        done = review.accept_many(dict.fromkeys(three, seen), **office.by(name, on.second, hour))
        assert [why for _, why in done] == ["", "", ""]
    assert set(ProgressReport.objects.filter(pk__in=three).values_list("state", flat=True)) == {"accepted"}


def on_the_third(office):
    on = office.on
    office.jobs(on.third)
    sheet = CheckSheet.objects.get(report=office.report(XIANGZHOU), county=office.cell("凤冈县").place)
    assert sheet.due_on == day(on.check_until)
    line = sheet.lines.select_related("sheet__report", "entry__item").get(entry=office.cell("凤冈县"))
    said = {"other_value": Decimal("1230.25"), "reason": "县财政国库到账1230.25万元"}
    checks.dispute(line, version=line.version, **said, **office.by("fenggang", on.third, 10))
    rest = sheet.lines.exclude(pk=line.pk)
    if rest.exists():  # a quarter's last month: the county is asked of more than the funds
        checks.confirm_all(sheet, mark=mark_of(rest), **office.by("fenggang", on.third, 10, 30))
    disputed = total(compiled.live(office.period))
    assert (disputed.value, disputed.disputed, disputed.disputed_amount) == (Decimal("2150.95"), 1, Decimal("1250.35"))

    line.refresh_from_db()
    words = {"value": Decimal("1230.25"), "reason": "以国库到账为准。", "version": line.version}
    checks.settle(line, **words, **office.by("officer", on.third, 11))
    assert office.cell("凤冈县").value == Decimal("1250.35")  # what the filer typed stays in its cell

    assert [str(row.report.filer) for row in NameLine.objects.filter(list__period=office.period)] == [DOUMEN]
    act = office.by("leader", on.third, 11, 30)
    naming.decide(NameLine.objects.get(list__period=office.period), verdict=NameVerdict.NAMED, **act)


def the_month_is_frozen_and_goes_up(office):
    on = office.on
    closing.propose(office.period, **office.by("officer", on.third, 14))
    closing.check(office.period, **office.by("head", on.third, 15))
    snapshot = closing.approve(office.period, **office.by("leader", on.third, 16))
    assert str(snapshot) == f"{on.month} 定稿数（第1版）"
    frozen = total(compiled.frozen(snapshot))
    assert fen(frozen.value) == 3_381_200_000
    assert (frozen.cells, frozen.missing, frozen.disputed) == (6, 1, 0)  # 湄潭 is missing and no zero
    closing.send_up(office.period, on=day(on.third), **office.by("officer", on.third, 17))
    assert office.period.sent_up_on == day(on.third)


def what_comes_later(office):
    on = office.on
    for text in (*(one for one in on.mornings if one > on.third), on.end):
        office.jobs(text)
    assert office.light(DOUMEN, on.end) == on.late_by
    act, cell = office.by("doumen", on.end, 9, 30), office.cell("湄潭县")
    refused = filing.save_cells(office.report(DOUMEN), [Change(cell.pk, cell.version, "520.07")], **act)[0]
    assert refused.message == f"{on.month} 已定稿，不再直接修改；补报或更正的，请提交更正申请。"
    later = corrections.ask(cell, typed="520.07", reason="当时未报，现补报。", **act)
    later = corrections.sign_on_paper(later, data=PDF, filename="更正申请.pdf", **act)
    later = corrections.approve(later, **office.by("leader", on.end, 10))
    assert str(later) == f"{on.month} 更正第1号"
    assert (later.old_words, later.new_words) == ("缺报", "520.07 万元")

    cell = office.cell("务川县")
    more = corrections.ask(cell, typed="830.15", reason="漏计第三批资金30万元。", **office.by("xiangzhou", on.end, 11))
    more = corrections.sign(more, **office.by("xiangzhou-leader", on.end, 14))
    more = corrections.approve(more, **office.by("leader", on.end, 15))
    assert (str(more), str(more.snapshot)) == (f"{on.month} 更正第2号", f"{on.month} 定稿数（第3版）")

    versions = [total(compiled.frozen(one)) for one in office.period.snapshots.order_by("version")]
    assert [fen(one.value) for one in versions] == [3_381_200_000, 3_901_270_000, 3_931_270_000]
    assert [one.missing for one in versions] == [1, 0, 0]
    assert all(closing.intact(one) for one in office.period.snapshots.all())


def everybody_was_reminded_once(office):
    rows = Reminder.objects.select_related("organisation")
    told = [(str(day_of(row.at)), str(row.organisation), row.label) for row in rows]
    assert sorted(told) == sorted(office.on.reminders)


def the_quarter_is_derived(office):
    on = office.on
    if not ReportingPeriod.objects.filter(label=on.quarter).exists():  # it ends with the next month
        office.jobs(on.next_opens, 0, 30)
    quarter = ReportingPeriod.objects.get(label=on.quarter)
    found = [one for one in compiled_longer.whole(quarter) if one.indicator.code == FUND]
    said = {str(one.place): one.span_value for one in found if one.span_value is not None}
    assert said == {county: Decimal(value) for county, value in on.quarter_funds.items()}
    added = total(found, "span_value")
    assert (None if added.value is None else fen(added.value)) == on.quarter_fen
    assert added.words(2) == on.quarter_beside


def the_next_period_opens(office):
    on = office.on
    before = ReportingPeriod.objects.count()
    for text in on.quiet_then:
        office.jobs(text)
        assert ReportingPeriod.objects.count() == before
    office.jobs(on.next_opens, 0, 30)
    assert office.said("tasks.open_periods") == on.next_opened
    report = ProgressReport.objects.filter(filer__code="zh-xiangzhou").latest("pk")
    assert (report.due_on, report.extended_to) == (day(on.next_due), None)


# --- short ways ------------------------------------------------------------------------------------------------------
def enter(office, report, funds, **act):
    """财政资金 by county."""
    cells = [(office.cell(county), typed) for county, typed in funds.items()]
    changes = [Change(cell.pk, cell.version, typed) for cell, typed in cells]
    assert [outcome.kind for outcome in filing.save_cells(report, changes, **act)] == ["saved"] * len(changes)


def finish(report, **act):
    """The state at the end as last time, nothing else added."""
    reading.forget(report)
    filing.carry_over(report, seen=len(filing.carried(report)), **act)
    reading.forget(report)
    filing.zero_all(report, seen=len(filing.zeroes(report)), **act)


def total(figures, measure="value"):
    """财政资金 of all counties."""
    found = compiled.Sum()
    for one in figures:
        if one.indicator.code == FUND:
            found.add(one, measure)
    return found


def fen(value: Decimal) -> int:
    """万元 in 分."""
    amount = value * 1_000_000
    assert amount == int(amount)
    return int(amount)
