"""What a list of people does: preview and import through the services."""

from datetime import date, timedelta

import pytest

from tests.factories import assignment, organisation, person
from tests.rosters.conftest import NOW, TODAY, workbook
from zhuzun.accounts.models import User
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.documents.models import PendingImport
from zhuzun.errors import DomainError
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.rosters import exports, reading, services
from zhuzun.rosters.applying import BAD, CHANGED, NEW, SAME

LI = ("香洲区", "李四", "区经办", "2026.1.1-2027.12.31", "0756-8888888")


def bring_in(security, *rows, **more):
    """Upload, preview and confirm."""
    pending = services.upload(workbook(*rows, **more), "花名册.xlsx", actor=security, now=NOW)
    seen = services.fingerprint(services.preview(pending.pk, actor=security, now=NOW)[1])
    return services.confirm(pending.pk, seen=seen, actor=security, now=NOW)


def test_new_people(security, district, unit):
    wang = ("市教育局", "王　五", "市直单位经办", "2026-11-01至今", 13800000000)
    slips = bring_in(security, LI, wang)
    assert [slip.user.username for slip in slips] == ["xiangzhou-01", "jiaoyu-01"]
    li, wu = User.objects.get(name="李四"), User.objects.get(name="王五")
    assert (li.home, li.phone, li.ends_on) == (district, "0756-8888888", date(2027, 12, 31))
    assert (wu.home, wu.phone, wu.ends_on) == (unit, "13800000000", None)
    held = li.assignments.get()
    assert (held.role, held.valid_from, held.valid_to) == (Role.DISTRICT_OFFICER, date(2026, 1, 1), date(2027, 12, 31))
    assert all(slip.user.check_password(slip.password) and slip.user.must_change_password for slip in slips)
    event = Event.objects.get(action="roster.import")
    assert event.detail == {"filename": "花名册.xlsx", "新增": 2, "变更": 0, "无变化": 0}
    assert Event.objects.filter(action="account.open", actor=security).count() == 2


def test_preview_saves_nothing(outcomes, district):
    before = User.objects.count(), Event.objects.exclude(action="import.upload").count()
    assert outcomes(LI) == [(NEW, "账号截止日期 2027-12-31")]
    assert (User.objects.count(), Event.objects.exclude(action="import.upload").count()) == before


def test_the_same_list_again_changes_nothing(security, outcomes, district, unit):
    rows = [LI, ("市教育局", "王五", "市直单位经办", "2026-11-01至今", None)]
    bring_in(security, *rows)
    assert outcomes(*rows) == [(SAME, ""), (SAME, "")]
    with pytest.raises(DomainError, match="没有需要导入的内容"):
        bring_in(security, *rows)


def test_changed_dates_and_telephone(security, outcomes, district):
    bring_in(security, LI)
    changed = ("香洲区", "李四", "区经办", "2026.2.1-2028.12.31", "1")
    assert outcomes(changed) == [
        (
            CHANGED,
            "起止日期：2026-01-01 至 2027-12-31 → 2026-02-01 至 2028-12-31；"
            "电话：0756-8888888 → 1；账号截止日期：2027-12-31 → 2028-12-31",
        )
    ]
    assert bring_in(security, changed) == []
    li = User.objects.get(name="李四")
    assert (li.phone, li.ends_on, li.assignments.get().valid_from) == ("1", date(2028, 12, 31), date(2026, 2, 1))


def test_a_further_role_of_somebody_known(security, outcomes, officer, unit):
    row = ("市教育局", "区经办", "市直单位经办", "2026.1.1至今", "0756-1")
    assert outcomes(row) == [(CHANGED, "新增角色：市教育局 · 市直单位经办")]
    bring_in(security, row)
    assert officer.assignments.count() == 2


def test_two_roles_of_one_new_person(security, outcomes, district):
    leader = ("香洲区", "李四", "区分管领导", "2026.1.1至今", "")
    assert [outcome for outcome, _ in outcomes(LI, leader)] == [NEW, CHANGED]
    slips = bring_in(security, LI, leader)
    assert len(slips) == 1
    assert slips[0].user.assignments.count() == 2
    assert User.objects.get(name="李四").ends_on is None


def test_role_ended_before_and_held_again(security, officer, district, outcomes):
    officer.assignments.update(valid_to=date(2025, 12, 31))
    assert outcomes(("香洲区", "区经办", "区经办", "2026.1.1至今", ""))[0][0] == CHANGED


def test_dates_in_two_columns(security, district):
    heading = ("单位", "姓名", "角色", "起始日期", "截止日期", "联系电话")
    bring_in(security, ("香洲区", "李四", "区经办", date(2026, 1, 1), "至今", ""), heading=heading)
    held = User.objects.get(name="李四").assignments.get()
    assert (held.valid_from, held.valid_to) == (date(2026, 1, 1), None)


def test_inspector_with_scope(security, unit, district):
    other = organisation(OrganisationKind.COUNTY, "正安县", code="zy-zhengan")
    heading = ("单位", "姓名", "角色", "起止日期", "查阅范围")
    bring_in(security, ("市教育局", "李四", "审计查阅", "2026.1.1-2027.1.1", "香洲区、正安县"), heading=heading)
    assert set(User.objects.get(name="李四").assignments.get().scope.all()) == {district, other}


def test_changed_scope_is_a_new_role(outcomes, unit, district):
    person(Role.INSPECTOR, unit, name="李四", scope=[district])
    heading = ("单位", "姓名", "角色", "起止日期", "查阅范围")
    organisation(OrganisationKind.COUNTY, "正安县")
    row = ("市教育局", "李四", "审计查阅", "2021.1.1至今", "正安县")
    assert "请先终止原角色" in outcomes(row, heading=heading)[0][1]


def test_same_name_in_another_body_is_another_person(security, officer, unit):
    slips = bring_in(security, ("市教育局", "区经办", "市直单位经办", "2026.1.1至今", "999"))
    assert slips[0].user != officer
    assert officer.assignments.count() == 1


def test_user_name_tells_namesakes_apart(security, outcomes, officer, district):
    twin = person(Role.DISTRICT_LEADER, district, username="twin", name="区经办")
    row = ("香洲区", "区经办", "区分管领导", "2021.1.1至今")
    assert "请增加“用户名”列" in outcomes(row)[0][1]
    heading = ("单位", "姓名", "角色", "起止日期", "用户名")
    assert outcomes((*row, "twin"), heading=heading) == [(SAME, "")]
    assert outcomes((*row, "xiangzhou"), heading=heading)[0] == (CHANGED, "新增角色：香洲区 · 区分管领导")
    assert outcomes((*row, "third"), heading=heading)[0][0] == NEW
    other = ("香洲区", "李四", "区分管领导", "2021.1.1至今", "twin")
    assert "与姓名不符" in outcomes(other, heading=heading)[0][1]
    assert twin.assignments.count() == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("某某区", "李四", "区经办", "2026.1.1至今", ""), "A3：没有名为「某某区」的单位"),
        (("", "李四", "区经办", "2026.1.1至今", ""), "A3：单位没有填写"),
        (("香洲区", "", "区经办", "2026.1.1至今", ""), "B3：姓名没有填写"),
        (("香洲区", "李" * 41, "区经办", "2026.1.1至今", ""), "B3：超过 40 字"),
        (("香洲区", "李四", "区长", "2026.1.1至今", ""), "C3：没有名为「区长」的角色"),
        (("香洲区", "李四", "区经办", "明年", ""), "D3：「明年」不是起止日期"),
        (("香洲区", "李四", "区经办", "", "1"), "D3：起始日期没有填写"),
        (("香洲区", "李四", "区经办", "2026.5.1-2026.1.1", ""), "D3：截止日期早于起始日期"),
        (("香洲区", "李四", "市直单位经办", "2026.1.1至今", ""), "“市直单位经办”只能在"),
        (("香洲区", "李四", "区经办", "2020.1.1-2020.12.31", ""), "账号截止日期已过"),
        (("香洲区", "李四", "审计查阅", "2026.1.1-2027.1.1", ""), "“审计查阅”须写明可查阅的区"),
        (("市乡村振兴局", "甲安全", "市局经办", "2026.1.1至今", ""), "不能办理本人的账号和角色"),
        (("市乡村振兴局", "乙安全", "市局经办", "2026.1.1至今", ""), "三员须分设"),
    ],
)
def test_bad_row_names_its_cell_and_nothing_is_saved(security, security2, outcomes, district, row, said):
    people = User.objects.count()
    found = outcomes(row, ("香洲区", "王五", "区经办", "2026.1.1至今", ""))
    assert found[0][0] == BAD
    assert said in found[0][1]
    assert found[1][0] == NEW
    with pytest.raises(DomainError, match="有 1 行有误"):
        bring_in(security, row, ("香洲区", "王五", "区经办", "2026.1.1至今", ""))
    assert User.objects.count() == people
    assert not Event.objects.filter(action="roster.import").exists()


def test_all_faults_of_a_row_at_once(outcomes, district):
    (outcome, said), *_ = outcomes(("某区", "李四", "区长", "明年", ""))
    assert outcome == BAD
    assert all(cell in said for cell in ("A3", "C3", "D3"))


def test_one_row_twice(outcomes, district):
    again = ("香洲区", "李四", "区经办", "2026.6.1至今", "")
    assert outcomes(LI, again)[1] == (BAD, "与第 3 行重复，请删去一行。")
    later = ("香洲区", "李四", "区经办", "2028.1.1至今", "")
    assert outcomes(LI, later)[1][0] == CHANGED


def test_ended_account(outcomes, officer):
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert "账号已停用，请先" in outcomes(("香洲区", "区经办", "区经办", "2026.1.1至今", ""))[0][1]


def test_own_row_unchanged_is_no_fault(outcomes, security):
    assert outcomes(("市乡村振兴局", "甲安全", "安全管理员", "2021.1.1至今", "")) == [(SAME, "")]


def test_body_by_alias_code_and_former_name(outcomes, district, unit):
    district.aliases.create(name="珠海香洲")
    rows = [
        (name, f"人{number}", "区经办", "2026.1.1至今", "") for number, name in enumerate(("珠海香洲", "zh-xiangzhou"))
    ]
    assert [outcome for outcome, _ in outcomes(*rows)] == [NEW, NEW]
    organisation(OrganisationKind.MUNICIPAL_UNIT, "市教育局", code="zh-jiaoyu-2")
    assert "zh-jiaoyu-2" in outcomes(("市教育局", "李四", "市直单位经办", "2026.1.1至今", ""))[0][1]


def test_confirmed_only_as_it_was_seen(security, district):
    pending = services.upload(workbook(LI), "花名册.xlsx", actor=security, now=NOW)
    seen = services.fingerprint(services.preview(pending.pk, actor=security, now=NOW)[1])
    person(Role.DISTRICT_LEADER, district, username="xiangzhou-01")
    with pytest.raises(DomainError, match="请核对新的预览"):
        services.confirm(pending.pk, seen=seen, actor=security, now=NOW)
    assert not User.objects.filter(name="李四").exists()
    seen = services.fingerprint(services.preview(pending.pk, actor=security, now=NOW)[1])
    assert services.confirm(pending.pk, seen=seen, actor=security, now=NOW)[0].user.username == "xiangzhou-02"
    with pytest.raises(DomainError, match="已经确认"):
        services.confirm(pending.pk, seen=seen, actor=security, now=NOW)


def test_somebody_elses_or_old_upload(security, security2, district):
    pending = services.upload(workbook(LI), "花名册.xlsx", actor=security, now=NOW)
    for actor, now in ((security2, NOW), (security, NOW + timedelta(days=2))):
        with pytest.raises(DomainError, match="失效"):
            services.preview(pending.pk, actor=actor, now=now)


def test_file_that_is_no_roster(security):
    with pytest.raises(DomainError, match="起止日期"):
        services.upload(workbook(("a", "b", "c"), heading=("单位", "姓名", "角色")), "x.xlsx", actor=security, now=NOW)
    with pytest.raises(DomainError, match="没有人员"):
        services.upload(workbook(), "x.xlsx", actor=security, now=NOW)
    assert not PendingImport.objects.exists()


def test_too_many_people(security, monkeypatch):
    monkeypatch.setattr(reading, "MAX_ROWS", 2)
    with pytest.raises(DomainError, match="超过 2 行"):
        services.upload(workbook(LI, LI, LI), "x.xlsx", actor=security, now=NOW)


def test_template_is_read_back_as_an_empty_list(security):
    with pytest.raises(DomainError, match="没有人员"):
        services.upload(exports.template(), "模板.xlsx", actor=security, now=NOW)


def test_title_total_and_signature_rows(outcomes, district):
    total, signature = ("合计", "2人", None, None, None), ("填表人：赵六", None, None, None, None)
    assert [outcome for outcome, _ in outcomes(LI, total, signature)] == [NEW]


def test_assignment_that_ends_later_than_today_is_found(outcomes, officer, district):
    assignment(officer, Role.DISTRICT_LEADER, district, valid_from=TODAY, valid_to=TODAY + timedelta(days=9))
    row = ("香洲区", "区经办", "区分管领导", "2026.11.23-2026.12.02", "")
    assert outcomes(row) == [(SAME, "")]


def test_an_address_for_e_mail_comes_with_the_list(security, outcomes, district):
    heading = ("单位", "姓名", "角色", "起止日期", "电子邮箱")
    row = ("香洲区", "李四", "区经办", "2026.1.1-2027.12.31")
    bring_in(security, (*row, "li@example.org"), heading=heading)
    assert User.objects.get(name="李四").email == "li@example.org"
    changed = (*row, "si@example.org")
    assert outcomes(changed, heading=heading) == [(CHANGED, "邮箱：li@example.org → si@example.org")]
    bring_in(security, changed, heading=heading)
    assert User.objects.get(name="李四").email == "si@example.org"
    assert outcomes((*row, ""), heading=heading) == [(SAME, "")]  # a blank cell takes nothing away
    assert outcomes((*row, "不是邮箱"), heading=heading) == [(BAD, "E3：「不是邮箱」不是邮箱地址，请核对。")]
