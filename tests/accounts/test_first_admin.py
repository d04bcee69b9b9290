"""The first account of a real installation."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.accounts.conftest import NOW, TODAY
from tests.factories import person
from zhuzun.accounts import services
from zhuzun.accounts.models import User
from zhuzun.accounts.roles import Role
from zhuzun.accounts.rules import Post
from zhuzun.audit.models import Event

pytestmark = pytest.mark.django_db


def run(**options):
    out = StringIO()
    call_command("first_admin", stdout=out, **options)
    return out.getvalue()


def test_makes_the_security_administrator(bureau, settings, client):
    settings.DEMO = False
    said = run(name="李安全")
    user = User.objects.get()
    assert (user.username, user.name, user.home) == ("security", "李安全", bureau)
    assert [one.role for one in user.roles_on(TODAY)] == [Role.SECURITY_ADMIN]
    password = next(word for word in said.split() if user.check_password(word))
    assert said.count(password) == 1
    assert user.must_change_password
    assert {event.action for event in Event.objects.all()} == {"account.open", "role.give"}
    answer = client.post("/accounts/login/", {"username": "security", "password": password}, follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/password/"


def test_only_one(bureau):
    run()
    with pytest.raises(CommandError, match="已有安全管理员"):
        run(username="security2")
    assert User.objects.count() == 1


def test_again_when_nobody_can_act_as_one_any_more(security, bureau):
    User.objects.filter(pk=security.pk).update(is_active=False)
    with pytest.raises(CommandError, match="用户名已被使用"):
        run()
    run(username="security-02")
    assert User.objects.active_on(TODAY).get().username == "security-02"


def test_needs_the_bureau():
    with pytest.raises(CommandError, match="load_policy"):
        run()
    assert not User.objects.exists()


def test_she_opens_the_other_two_of_the_three(bureau):
    security = services.first_admin("李安全", now=NOW).user
    for role in (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN):
        post = Post(role, bureau, TODAY)
        slip = services.open_account(str(role.label), bureau, post=post, actor=security, now=NOW)
        assert slip.user.roles_on(TODAY)[0].role == role


def test_one_of_another_role_does_not_count(bureau):
    person(Role.BUREAU_OFFICER, bureau)
    assert "security" in run()
