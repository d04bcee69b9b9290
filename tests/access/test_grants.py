"""Exceptional grants: given with document and reason by the security administrator, ended early, each in the trail."""

import re
from datetime import date

import pytest
import time_machine

from pairing.models import Pairing
from tests import factories
from zhuzun.access.models import Grant
from zhuzun.access.services import end_grant, give_grant
from zhuzun.accounts.models import User
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.errors import DomainError, Refused

FACTS = {
    "valid_from": date(2022, 3, 15),
    "valid_to": date(2022, 6, 30),
    "document": "交叉检查通知",
    "reason": "跨县检查",
    "now": factories.NOW,
}


@pytest.fixture
def keeper(people):
    return people[Role.SECURITY_ADMIN]


def give(world, keeper, user, **changes):
    facts = {"codename": "view_pairing", "obj": world.zhengan_towns, "actor": keeper, **FACTS, **changes}
    return give_grant(user, facts.pop("codename"), facts.pop("obj"), **facts)


def test_giving_and_ending(world, keeper, strangers):
    user = strangers["county_officer"]
    grant = give(world, keeper, user)
    line = Event.objects.about(world.zhengan_towns).get()
    assert (line.action, line.reason, line.detail["依据"]) == ("grant.give", "跨县检查", "交叉检查通知")
    end_grant(grant, valid_to=date(2022, 4, 1), reason="检查结束", actor=keeper, now=factories.NOW)
    assert Event.objects.about(world.zhengan_towns).last().detail["截止"] == ["2022-06-30", "2022-04-01"]
    with time_machine.travel("2022-04-02T00:00:00+08:00", tick=False):
        assert world.zhengan_towns not in Pairing.objects.visible_to(User.objects.get(pk=user.pk))
    give(world, keeper, user, valid_from=date(2022, 5, 1))  # again, after the first has ended


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"document": "  "}, "document"),
        ({"reason": ""}, "reason"),
        ({"valid_to": None}, "valid_to"),
        ({"valid_to": date(2022, 3, 14)}, "valid_to"),
        ({"codename": "change_pairing"}, "permission"),
        ({"codename": "delete_pairing"}, "permission"),
    ],
)
def test_what_a_grant_needs(world, keeper, strangers, changes, field):
    with pytest.raises(DomainError) as refusal:
        give(world, keeper, strangers["county_officer"], **changes)
    assert refusal.value.field == field
    assert not Grant.objects.exists()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SECURITY_ADMIN}))
def test_nobody_else_gives(world, people, strangers, role):
    with pytest.raises(Refused, match="安全管理员"):
        give(world, people[role], strangers["county_officer"])


def test_nobody_gives_to_himself_and_guardians_get_none(world, people, keeper):
    with pytest.raises(Refused, match="不能给自己授权"):
        give(world, keeper, keeper)
    with pytest.raises(DomainError, match="不办理业务"):
        give(world, keeper, people[Role.AUDIT_ADMIN])


def test_no_two_at_once(world, keeper, strangers):
    give(world, keeper, strangers["county_officer"])
    with pytest.raises(DomainError, match="已有同样的授权"):
        give(world, keeper, strangers["county_officer"], valid_from=date(2022, 6, 30), valid_to=date(2022, 8, 1))


def test_end_only_shortens(world, keeper, strangers):
    grant = give(world, keeper, strangers["county_officer"])
    for day in (date(2022, 7, 1), date(2022, 3, 14), None):
        with pytest.raises(DomainError, match="提前终止"):
            end_grant(grant, valid_to=day, reason="x", actor=keeper, now=factories.NOW)
    with pytest.raises(DomainError, match="终止原因"):
        end_grant(grant, valid_to=date(2022, 4, 1), reason=" ", actor=keeper, now=factories.NOW)


@pytest.mark.urls("tests.access.admin_urls")
class TestPages:
    """guardian's page of a record, and the list of all grants."""

    def address(self, world, end=""):
        return f"/admin/pairing/pairing/{world.zhengan_towns.pk}/permissions/{end}"

    @time_machine.travel("2022-03-15T10:00:00+08:00", tick=False)
    def test_the_whole_way(self, world, keeper, strangers, sign_in):
        client, user = sign_in(keeper), strangers["county_officer"]
        assert "没有临时授权" in client.get(self.address(world)).content.decode()
        step = client.post(self.address(world), {"user": user.pk})
        assert step.url == self.address(world, f"user-manage/{user.pk}/")
        assert "依据文件" in client.get(step.url).content.decode()
        data = {
            "permissions": ["view_pairing", "edit_sub"],
            "valid_from": "2022-03-15",
            "valid_to": "2022-06-30",
            "document": "交叉检查通知",
            "reason": "跨县检查",
        }
        assert client.post(step.url, data).url == self.address(world)
        text = client.get(self.address(world)).content.decode()
        assert "交叉检查通知" in text
        assert "有效" in text
        assert Grant.objects.count() == 2
        again = client.post(step.url, data)
        assert "已有同样的授权" in again.content.decode()

    @time_machine.travel("2022-03-15T10:00:00+08:00", tick=False)
    def test_list_and_early_end(self, world, keeper, strangers, sign_in):
        grant = give(world, keeper, strangers["county_officer"])
        client = sign_in(keeper)
        assert "跨县检查" in client.get(f"/admin/access/grant/{grant.pk}/change/").content.decode()
        late = client.post(
            f"/admin/access/grant/{grant.pk}/change/", {"valid_to": "2023-01-01", "change_reason": "延长"}
        )
        assert "只能提前终止" in late.content.decode()
        done = client.post(
            f"/admin/access/grant/{grant.pk}/change/", {"valid_to": "2022-04-01", "change_reason": "结束"}
        )
        assert done.status_code == 302
        grant.refresh_from_db()
        assert grant.valid_to == date(2022, 4, 1)

    @pytest.mark.parametrize("missing", ["permissions", "valid_from", "valid_to", "document", "reason"])
    def test_everything_is_required(self, world, keeper, strangers, sign_in, missing):
        user = strangers["county_officer"]
        data = {
            "permissions": "view_pairing",
            "valid_from": "2022-03-15",
            "valid_to": "2099-06-30",
            "document": "文",
            "reason": "由",
        }
        answer = sign_in(keeper).post(self.address(world, f"user-manage/{user.pk}/"), {**data, missing: ""})
        assert missing in answer.context["form"].errors
        assert not Grant.objects.exists()

    def test_bureau_reads_but_does_not_give(self, world, people, strangers, sign_in):
        client = sign_in(people[Role.BUREAU_OFFICER])
        text = client.get(self.address(world)).content.decode()
        assert "“给予临时授权”由安全管理员办理" in text
        assert "<form method" not in text.split("content-main")[1]
        user = strangers["county_officer"]
        assert client.post(self.address(world, f"user-manage/{user.pk}/"), {}).status_code == 403
        assert client.post(self.address(world), {"user": user.pk}).status_code == 200

    def test_audit_admin_sees_grants(self, world, people, sign_in):
        client = sign_in(people[Role.AUDIT_ADMIN])
        assert client.get("/admin/access/grant/").status_code == 200
        assert client.get(self.address(world)).status_code == 200

    def test_record_is_found_by_its_number(self, world, keeper, sign_in):
        client = sign_in(keeper)
        assert "编号" in client.get("/admin/access/grant/add/").content.decode()
        step = client.post("/admin/access/grant/add/", {"number": f" {world.zhengan_towns.number.lower()} "})
        assert step.url == self.address(world)
        assert "没有这个编号" in client.post("/admin/access/grant/add/", {"number": "JD1999-1"}).content.decode()

    @pytest.mark.parametrize("role", [Role.AUDIT_ADMIN, Role.SYSTEM_ADMIN, Role.BUREAU_OFFICER])
    def test_nobody_else_looks_for_one(self, people, sign_in, role):
        assert sign_in(people[role]).get("/admin/access/grant/add/").status_code == 403

    def test_no_link_that_its_reader_may_not_open(self, world, keeper, sign_in):
        client = sign_in(keeper)
        page = client.get(self.address(world)).content.decode()
        for link in re.findall(r'<a href="(/[^"]*)"', page):
            assert client.get(link, follow=True).status_code == 200, link

    def test_nonsense_key(self, keeper, sign_in):
        assert sign_in(keeper).get("/admin/pairing/pairing/abc/permissions/").status_code == 404
