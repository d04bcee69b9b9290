"""The policy table as a whole: what it must never say, whatever is added to it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests import factories
from zhuzun.access.policy import PERMISSIONS, UndeclaredPermissionError
from zhuzun.access.scopes import Scope
from zhuzun.accounts.models import User
from zhuzun.accounts.roles import BUSINESS, GUARDIANS, READERS, Role

READING = ("view_", "enter", "export_")

# What a reader may do although its name begins with none of READING: nothing.
# Where the 三员 may look at business: each line is a decision, with its reason.
GUARDIANS_MAY = {
    "home.view_workbench",  # everybody's first page
    "notices.view_inbox",  # only what names their role or themselves: MessageQuerySet.for_holder
    "organisations.view_organisation",  # a name list
    "organisations.view_division",  # a public code list
    "pairing.view_table",  # the published annex
    "periods.view_calendar",  # the public holidays
    "tasks.view_ledger",  # the published policy
}
# 系统管理员 keeps organisations and settings, and may edit pairings in the admin as the issue asks.
SYSTEM_ADMIN_MAY = ("organisations.", "periods.", "pairing.", "tasks.", "home.", "notices.", "runs.", "admin.")


def changes(name):
    return not name.partition(".")[2].startswith(READING)


@pytest.mark.parametrize("role", sorted(READERS))
def test_readers_change_nothing(role):
    assert [name for name, declared in PERMISSIONS.items() if role in declared.roles and changes(name)] == []


@pytest.mark.parametrize("role", [Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_security_and_audit_see_no_business(role):
    apps = ("accounts.", "access.", "audit.", "runs.", "admin.")
    seen = {name for name, declared in PERMISSIONS.items() if role in declared.roles and not name.startswith(apps)}
    assert seen == GUARDIANS_MAY


def test_system_administrator_opens_no_accounts_and_reads_no_trail():
    seen = {name for name, declared in PERMISSIONS.items() if Role.SYSTEM_ADMIN in declared.roles}
    assert {name for name in seen if not name.startswith(SYSTEM_ADMIN_MAY)} == set()


def test_only_the_security_administrator_gives_rights():
    giving = [name for name in PERMISSIONS if name.startswith(("accounts.", "access.")) and changes(name)]
    for name in giving:
        assert set(PERMISSIONS[name].roles) <= {Role.SECURITY_ADMIN}, name


def test_auditor_changes_nothing():
    assert [
        name for name, declared in PERMISSIONS.items() if Role.AUDIT_ADMIN in declared.roles and changes(name)
    ] == []


def test_only_the_bureau_and_the_guardians_enter_the_admin_site():
    assert set(PERMISSIONS["admin.enter"].roles) == {*GUARDIANS, Role.BUREAU_OFFICER}


def test_nothing_is_deleted():
    for name, declared in PERMISSIONS.items():
        if ".delete_" in name:
            assert declared.never
            assert not declared.roles, name


def test_every_permission_can_be_explained():
    for name, declared in PERMISSIONS.items():
        assert declared.label, name
        assert declared.roles or declared.never, name


def test_named_scope_belongs_to_the_inspector_alone():
    for name, declared in PERMISSIONS.items():
        named = {role for role, scope in declared.roles.items() if scope == Scope.NAMED}
        assert named <= {Role.INSPECTOR}, name


def test_every_role_has_its_first_page():
    assert set(PERMISSIONS["home.view_workbench"].roles) == set(Role) == BUSINESS | GUARDIANS


@pytest.mark.parametrize("ask", ["pairing.veiw_pairing", "pairing.view_histry", "nothing"])
def test_undeclared_permission_raises(people, ask):
    user = people[Role.BUREAU_OFFICER]
    for question in (user.decide, user.has_perm):
        with pytest.raises(UndeclaredPermissionError, match=ask):
            question(ask)


@pytest.mark.parametrize(
    ("role", "name", "reason"),
    [
        ("clerk", "pairing.end_pairing", "“终止或接续区县结对”由市局经办、系统管理员办理，您当前的身份是文秘。"),
        ("bureau_officer", "pairing.delete_pairing", "结对不删除，只终止。"),
    ],
)
def test_refusal_says_who_may(people, role, name, reason):
    assert people[role].decide(name).reason == reason


def test_account_past_its_last_day_may_nothing(people):
    user = people[Role.BUREAU_OFFICER]
    user.ends_on = factories.FOUNDED
    assert user.decide("home.view_workbench").reason == "请先登录。"


def test_identity_decides(world):
    """Several hats: what he may do follows the one he wears now."""
    user = factories.person(Role.CLERK, world.bureau)
    second = factories.assignment(user, Role.BUREAU_OFFICER, world.bureau, position=1)
    assert not user.has_perm("pairing.end_pairing")
    assert user.act_as(second).has_perm("pairing.end_pairing")


def test_nobody_is_a_superuser(people):
    user = people[Role.SYSTEM_ADMIN]
    user.is_superuser = True
    with pytest.raises(ValidationError, match="本系统不设超级用户"):
        user.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        user.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_superuser=True)


def test_staff_is_asked_of_the_table(people):
    assert {role for role, user in people.items() if user.is_staff} == {*GUARDIANS, Role.BUREAU_OFFICER}


def test_djangos_groups_and_permissions_count_for_nothing(people):
    from django.contrib.auth.models import Group, Permission

    user = people[Role.LEADER]
    everything = Permission.objects.all()
    user.user_permissions.set(everything)
    group = Group.objects.create(name="全部")
    group.permissions.set(everything)
    user.groups.add(group)
    assert not User.objects.get(pk=user.pk).has_perm("pairing.change_pairing")
