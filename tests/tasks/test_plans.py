"""Plans and sources as the bureau keeps them: looked at for a year, switched on, changed with a reason."""

from datetime import date

import pytest

from tasks import outlook
from tasks.kinds import FilerRule, PlanState
from tasks.models import Entry, FigureSource, PeriodForm, ReportPlan
from tasks.services import plans as services
from tasks.services.opening import open_due
from tests.tasks import cycle
from tests.tasks.cycle import FILING, at
from zhuzun.accounts.roles import Role
from zhuzun.errors import DomainError, Refused
from zhuzun.periods.services import current_calendar


@pytest.fixture
def drafts(world):
    """The district plan and its fellows, not switched on."""
    return cycle.set_up(world, state=PlanState.DRAFT)


@pytest.fixture
def bureau(people):
    return people[Role.BUREAU_OFFICER]


def test_a_plan_is_switched_on_from_a_day_and_opens_from_there(drafts, bureau):
    plan = services.activate(drafts[0], starts_on=date(2026, 11, 1), actor=bureau, now=at(20, month=10))
    assert (plan.state, plan.starts_on) == (PlanState.ACTIVE, date(2026, 11, 1))
    assert "2026年11月" in str(open_due(now=at(1, month=12)))


def test_an_empty_plan_says_what_is_missing(bureau):
    plan = cycle.plan("t-empty", "空任务", state=PlanState.DRAFT, starts_on=None)
    with pytest.raises(DomainError, match="尚未设定报送单位"):
        services.activate(plan, starts_on=cycle.START, actor=bureau, now=FILING)
    assert ReportPlan.objects.get(pk=plan.pk).starts_on is None


def test_a_stopped_plan_opens_nothing_more_and_may_run_again(drafts, bureau):
    plan = services.activate(drafts[0], starts_on=cycle.START, actor=bureau, now=FILING)
    plan = services.stop(plan, reason="改革", actor=bureau, now=FILING)
    assert plan.state == PlanState.STOPPED
    assert str(open_due(now=cycle.OPENED)) == "开启报告期 0 个"
    assert services.activate(plan, starts_on=cycle.START, actor=bureau, now=FILING).state == PlanState.ACTIVE


def test_settings_change_with_a_reason_and_leave_a_trail(drafts, bureau):
    plan = services.change_plan(drafts[0], changes={"due_day": 8}, reason="省里调整", actor=bureau, now=FILING)
    assert plan.due_day == 8
    assert plan.history.first().history_change_reason == "省里调整"
    for changes, reason, words in (
        ({"due_day": 8}, "省里调整", "没有变化"),
        ({"due_day": 9}, " ", "请填写调整原因"),
        ({"state": "active"}, "试试", "不能在此修改"),
        ({"span_groups": [[1, 3]]}, "试试", "只能合并相邻的期次"),
    ):
        with pytest.raises(DomainError, match=words):
            services.change_plan(plan, changes=changes, reason=reason, actor=bureau, now=FILING)


def test_parts_come_and_go_once(drafts, bureau, world):
    plan = drafts[0]
    row = services.add_part(plan, "bodies", values={"organisation": world.education}, actor=bureau, now=FILING)
    with pytest.raises(DomainError, match="该单位已在报送单位中"):
        services.add_part(plan, "bodies", values={"organisation": world.education}, actor=bureau, now=FILING)
    services.remove_part(row, actor=bureau, now=FILING)
    assert not plan.bodies.filter(organisation=world.education).exists()


def test_a_one_off_plan_is_made_after_a_pattern_with_its_own_days(drafts, bureau):
    copy = services.copy_plan(
        drafts[0],
        code="flood",
        name="防汛专项",
        kind="once",
        starts_on=date(2026, 10, 1),
        ends_on=date(2026, 10, 20),
        actor=bureau,
        now=FILING,
    )
    assert copy.state == PlanState.DRAFT
    assert copy.items.count() == drafts[0].items.count()
    with pytest.raises(DomainError, match="须填写统计起止日期"):
        services.copy_plan(drafts[0], code="x", name="专项", kind="once", actor=bureau, now=FILING)


def test_another_source_from_a_day_on_and_never_two(drafts, bureau, world):
    jobs = drafts[2]
    facts = {"indicator": jobs, "channel": "", "places": "counties", "check_every": "", "actor": bureau, "now": FILING}
    services.set_source(rule=FilerRule.DISTRICT, body=None, valid_from=date(2026, 10, 15), reason="改由区填报", **facts)
    rows = FigureSource.objects.filter(indicator=jobs).order_by("valid_from")
    assert [(row.rule, row.valid_to) for row in rows] == [
        (FilerRule.TEAM, date(2026, 10, 14)),
        (FilerRule.DISTRICT, None),
    ]
    with pytest.raises(DomainError, match="一数一源"):
        services.set_source(rule=FilerRule.TEAM, body=None, valid_from=date(2026, 10, 15), reason="重复", **facts)
    with pytest.raises(DomainError, match="请选择填报单位"):
        services.set_source(rule=FilerRule.BODY, body=None, valid_from=date(2027, 1, 1), reason="试", **facts)


def test_nobody_else_sets_plans(drafts, people):
    for role in (Role.DISTRICT_OFFICER, Role.GROUP_LEADER, Role.BUREAU_LEADER):
        with pytest.raises(Refused):
            services.change_plan(drafts[0], changes={"due_day": 9}, reason="试", actor=people[role], now=FILING)


def test_the_outlook_is_what_comes(drafts, bureau):
    """Cells and due days foretold for a year are those of the periods that open."""
    plan = drafts[0]
    calendar = current_calendar()
    foretold = outlook.dates_of(plan, 2026, calendar)
    load = {str(one.body): one for one in outlook.loads([plan], 2026, calendar)}
    services.activate(plan, starts_on=date(2026, 1, 1), actor=bureau, now=FILING)
    open_due(now=at(2, month=1, year=2027))
    assert [row.due_on for row in foretold] == list(
        PeriodForm.objects.order_by("period__end").values_list("due_on", flat=True)
    )
    cells = Entry.objects.filter(section__report__filer__code="xiangzhou").count()
    assert (load["香洲区"].reports, load["香洲区"].cells, load["香洲区"].texts) == (12, cells, 12)


def test_pages_show_rules_dates_and_load(drafts, sign_in, people, time_machine):
    time_machine.move_to(at(9, month=12), tick=False)
    page = sign_in(people[Role.BUREAU_OFFICER]).get("/tasks/plans/t-district/?year=2027").content.decode()
    assert "次月5日，遇非工作日顺延至下一工作日" in page
    assert "2027年尚无国务院放假安排数据" in page
    assert "区选派" in page
    assert "香洲区" in page


def test_a_plan_that_never_ran_offers_its_switch(world, sign_in, people):
    """The starter plans have no first day yet: it is asked for as they are switched on."""
    cycle.set_up(world, state=PlanState.DRAFT, starts_on=None)
    page = sign_in(people[Role.BUREAU_OFFICER]).get("/tasks/plans/t-district/").content.decode()
    assert 'href="/tasks/plans/t-district/activate/"' in page


def test_a_month_is_planned_on_pages(world, sign_in, people, time_machine):
    time_machine.move_to(at(20, month=10), tick=False)
    cycle.set_up(world, state=PlanState.DRAFT)
    client = sign_in(people[Role.BUREAU_OFFICER])
    page = client.get("/tasks/plans/t-district/change/").content.decode()
    assert "合并或跳过" in page
    answer = client.post("/tasks/plans/t-district/activate/", {"starts_on": "2026-10-01"})
    assert answer.status_code == 302
    assert ReportPlan.objects.get(code="t-district").state == PlanState.ACTIVE
    assert client.post("/tasks/plans/t-district/bodies/add/", {}).content.decode().count("请选择分组或单个单位") >= 1
    client.post("/tasks/plans/t-district/ladder/add/", {"relation": "separate", "offset": "2", "audience": "filer"})
    assert not ReportPlan.objects.get(code="t-district").ladder.filter(relation="separate", offset=2).exists()
    assert client.get("/tasks/sources/?export=csv").status_code == 200


def test_a_one_off_plan_keeps_its_own_days_as_it_is_switched_on(drafts, bureau, sign_in, people, time_machine, world):
    time_machine.move_to(at(20), tick=False)
    facts = {"starts_on": date(2026, 11, 1), "ends_on": date(2026, 11, 25)}
    services.copy_plan(drafts[0], code="flood", name="防汛专项", kind="once", actor=bureau, now=FILING, **facts)
    client = sign_in(people[Role.BUREAU_OFFICER])
    page = client.get("/tasks/plans/flood/").content.decode()
    assert "<strong>2026-12-07</strong>" in page  # 次月5日 is a Saturday
    assert 'name="starts_on"' not in client.get("/tasks/plans/flood/activate/").content.decode()
    assert client.post("/tasks/plans/flood/activate/").status_code == 302
    assert ReportPlan.objects.get(code="flood").starts_on == date(2026, 11, 1)
    open_due(now=at(21))
    (form,) = PeriodForm.objects.filter(plan__code="flood")
    assert (form.period.kind, form.period.end, form.due_on) == ("once", date(2026, 11, 25), date(2026, 12, 7))


def test_the_list_is_narrowed_by_name_kind_and_state(world, people, sign_in):
    cycle.plan("t-month", "区月报", world.districts)
    cycle.plan("t-once", "专项排查", world.education, kind="once", state=PlanState.DRAFT)
    client = sign_in(people[Role.BUREAU_OFFICER])
    for asked in ("text=专项", "kind=once", "state=draft"):
        page = client.get(f"/tasks/plans/?{asked}").content.decode()
        assert "专项排查" in page, asked
        assert "区月报" not in page, asked
