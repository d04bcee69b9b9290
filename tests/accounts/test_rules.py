"""Who may hold which role."""

from datetime import date, timedelta

import pytest

from tests.accounts.conftest import NOW, TODAY
from tests.factories import assignment, organisation, person
from zhuzun.accounts import rules, services
from zhuzun.accounts.models import RoleAssignment
from zhuzun.accounts.roles import GUARDIANS, Role
from zhuzun.accounts.rules import Post
from zhuzun.errors import DomainError, Refused
from zhuzun.organisations.kinds import OrganisationKind

LAST = date(2027, 12, 31)


def refusal(function, *args, **kwargs):
    with pytest.raises(DomainError) as caught:
        function(*args, **kwargs)
    return caught.value


def test_role_only_at_a_fitting_kind_of_body(officer, unit):
    error = refusal(rules.check, officer, Post(Role.DISTRICT_OFFICER, unit, TODAY))
    assert error.field == "organisation"
    assert error.message == "“区经办”只能在区（功能区）、区直部门任职，市教育局属于市直单位。"
    rules.check(officer, Post(Role.UNIT_OFFICER, unit, TODAY))


def test_body_must_exist_on_the_first_day(officer, district):
    error = refusal(rules.check, officer, Post(Role.DISTRICT_LEADER, district, date(2020, 12, 31)))
    assert error.field == "organisation"


@pytest.mark.parametrize("guardian", sorted(GUARDIANS))
@pytest.mark.parametrize("other", [*sorted(GUARDIANS), Role.BUREAU_OFFICER, Role.LEADER])
def test_three_posts_exclude_each_other_and_business(bureau, guardian, other):
    if guardian == other:
        return
    holder = person(guardian, bureau)
    error = refusal(rules.check, holder, Post(other, bureau, TODAY))
    assert "三员须分设" in error.message
    holder = person(other, bureau)
    assert refusal(rules.check, holder, Post(guardian, bureau, TODAY)).field == "role"


def test_three_posts_may_follow_each_other(bureau):
    holder = person(Role.SYSTEM_ADMIN, bureau, valid_to=TODAY)
    rules.check(holder, Post(Role.BUREAU_OFFICER, bureau, TODAY + timedelta(days=1)))
    refusal(rules.check, holder, Post(Role.BUREAU_OFFICER, bureau, TODAY))


def test_several_business_roles_at_once(officer, unit, security):
    services.give_role(officer, Post(Role.UNIT_OFFICER, unit, TODAY), actor=security, now=NOW)
    assert len(officer.roles_on(TODAY)) == 2


def test_inspector_has_a_scope_and_a_last_day(bureau, district, officer):
    assert refusal(rules.check, officer, Post(Role.INSPECTOR, bureau, TODAY, LAST)).field == "scope"
    assert refusal(rules.check, officer, Post(Role.INSPECTOR, bureau, TODAY, None, (district,))).field == "valid_to"
    assert "不是" in refusal(rules.check, officer, Post(Role.INSPECTOR, bureau, TODAY, LAST, (bureau,))).message
    rules.check(officer, Post(Role.INSPECTOR, bureau, TODAY, LAST, (district,)))


def test_nobody_else_has_a_scope(officer, district):
    assert (
        refusal(rules.check, officer, Post(Role.DISTRICT_LEADER, district, TODAY, None, (district,))).field == "scope"
    )


def test_ends_after_it_starts(officer, district):
    yesterday = TODAY - timedelta(days=1)
    assert refusal(rules.check, officer, Post(Role.DISTRICT_LEADER, district, TODAY, yesterday)).field == "valid_to"


def test_same_role_at_one_body_only_once_a_day(officer, district, security):
    post = Post(Role.DISTRICT_OFFICER, district, TODAY)
    error = refusal(services.give_role, officer, post, actor=security, now=NOW)
    assert "已在该单位担任此角色" in error.message
    assert officer.assignments.count() == 1


def test_same_guardian_role_at_another_body(security, security2):
    other = organisation(OrganisationKind.BUREAU, "第二个局")
    services.give_role(security2, Post(Role.SECURITY_ADMIN, other, TODAY), actor=security, now=NOW)
    assert security2.assignments.count() == 2


def own_acts(me, held):
    post = Post(Role.BUREAU_OFFICER, me.home, TODAY)
    end = {"reason": "试", "actor": me, "now": NOW}
    particulars = {"name": "改", "home": me.home, "phone": "", "ends_on": None}
    return [
        lambda: services.give_role(me, post, actor=me, now=NOW),
        lambda: services.end_role(held, last_day=TODAY, **end),
        lambda: services.correct_role(held, valid_from=TODAY, valid_to=None, **end),
        lambda: services.reset_password(me, actor=me, now=NOW),
        lambda: services.end_account(me, **end),
        lambda: services.reopen_account(me, **end),
        lambda: services.correct_account(me, **particulars, **end),
        lambda: services.reset_passwords([me], actor=me, now=NOW),
    ]


@pytest.mark.parametrize("number", range(8))
def test_nobody_works_on_his_own_account(security, number):
    held = security.assignments.get()
    before = list(RoleAssignment.objects.values()), security.password
    with pytest.raises(Refused) as caught:
        own_acts(security, held)[number]()
    assert caught.value.message == rules.OWN
    security.refresh_from_db()
    assert (list(RoleAssignment.objects.values()), security.password) == before


def test_decision_for_a_page_says_why_not(security, security2, officer):
    assert rules.decide_about(security, "accounts.open_account", security2).allowed
    assert rules.decide_about(security, "accounts.open_account", security).reason == rules.OWN
    assert "安全管理员" in rules.decide_about(officer, "accounts.open_account", security).reason


def test_overlap_is_refused_by_the_database_too(officer, district):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        assignment(officer, Role.DISTRICT_OFFICER, district, valid_from=TODAY)
