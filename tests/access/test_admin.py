"""The base class of admin pages: entry, permissions, reasons, refusals on the form, history, nothing deleted."""

import re
from datetime import date

import pytest
from django.contrib.admin.models import LogEntry

from tests import factories
from zhuzun.accounts.roles import GUARDIANS, Role
from zhuzun.audit.models import Event
from zhuzun.organisations.models import Organisation

pytestmark = pytest.mark.urls("tests.access.admin_urls")
LIST = "/admin/organisations/organisation/"


def page_of(body, act="change"):
    return f"{LIST}{body.pk}/{act}/"


def filled(body, **changes):
    """The form of a body with its one name, as the browser would send it."""
    name = body.names.get()
    return {
        "code": body.code,
        "kind": body.kind,
        "parent": body.parent_id or "",
        "division": body.division_id or "",
        "note": body.note,
        "valid_from": str(body.valid_from),
        "valid_to": "",
        "change_reason": "核对公文",
        "names-TOTAL_FORMS": "1",
        "names-INITIAL_FORMS": "1",
        "names-0-id": str(name.pk),
        "names-0-organisation": str(body.pk),
        "names-0-short": name.short,
        "names-0-full": name.full,
        "names-0-basis": "",
        "names-0-valid_from": str(name.valid_from),
        "names-0-valid_to": "",
        **changes,
    }


@pytest.fixture
def admin(people, sign_in):
    return sign_in(people[Role.SYSTEM_ADMIN])


@pytest.mark.parametrize("role", list(Role))
def test_entry(people, sign_in, role):
    answer = sign_in(people[role]).get("/admin/")
    if role in {*GUARDIANS, Role.BUREAU_OFFICER}:
        assert answer.status_code == 200
    else:
        assert answer.status_code == 403
        assert "“进入后台管理”由" in answer.content.decode()


def test_anonymous_signs_in_on_the_portals_page(client, db):
    assert client.get("/admin/").url == "/accounts/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/").url == "/accounts/login/?next=/admin/"


def test_password_change_is_the_portals_own(admin):
    assert admin.get("/admin/password_change/").url == "/accounts/password/"


def test_pages_are_chinese_and_without_inline_script_or_style(admin, world):
    for address in ("/admin/", LIST, page_of(world.xiangzhou), page_of(world.xiangzhou, "history"), f"{LIST}add/"):
        text = admin.get(address).content.decode()
        assert "演示数据" in text
        assert not re.search(r'<script(?![^>]*(src=|type="application/json"))', text), address
        assert not re.search(r'<style|\sstyle="|\son(click|change|submit|load)=', text), address


def test_references_are_searched_for(admin, world):
    text = admin.get(page_of(world.xiangzhou)).content.decode()
    assert re.search(r'<select name="parent"[^>]*admin-autocomplete', text, re.DOTALL)
    assert text.count("<option") < 80
    found = admin.get(
        "/admin/autocomplete/",
        {"app_label": "organisations", "model_name": "organisation", "field_name": "parent", "term": "gaoxin"},
    )
    assert [row["text"] for row in found.json()["results"]] == ["高新区"]


def test_pages_not_built_on_the_base_stay_out(admin):
    assert admin.get("/admin/organisations/organisationname/").status_code == 404


def test_index_shows_what_one_may_see(people, sign_in):
    shown = {
        role: re.findall(r'<a href="(/admin/\w+/\w+/)"', sign_in(people[role]).get("/admin/").content.decode())
        for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.BUREAU_OFFICER)
    }
    assert "/admin/access/grant/" in shown[Role.SECURITY_ADMIN]
    assert "/admin/pairing/pairing/" not in shown[Role.SECURITY_ADMIN]
    assert "/admin/access/grant/" not in shown[Role.SYSTEM_ADMIN]
    assert "/admin/pairing/pairing/" in shown[Role.BUREAU_OFFICER]


def test_add_is_recorded(admin, people):
    data = {
        "code": "new-body",
        "kind": "other",
        "parent": "",
        "division": "",
        "note": "",
        "valid_from": "2022-01-01",
        "valid_to": "",
        "names-TOTAL_FORMS": "1",
        "names-INITIAL_FORMS": "0",
        "names-0-short": "新单位",
        "names-0-full": "新单位全称",
        "names-0-valid_from": "2022-01-01",
    }
    answer = admin.post(f"{LIST}add/", data)
    assert answer.status_code == 302, answer.content.decode()
    body = Organisation.objects.get(code="new-body")
    lines = Event.objects.about(body)
    assert [(line.action, line.actor) for line in lines] == [("record.add", people[Role.SYSTEM_ADMIN])] * 2
    assert lines[1].detail == {"单位名称": "新单位"}
    assert not LogEntry.objects.exists()


def test_change_needs_its_reason(admin, world):
    answer = admin.post(page_of(world.xiangzhou), filled(world.xiangzhou, note="改", change_reason=" "))
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["change_reason"]
    assert Organisation.objects.get(pk=world.xiangzhou.pk).note == ""


def test_change_is_a_correction_with_before_and_after(admin, people, world):
    answer = admin.post(
        page_of(world.xiangzhou), filled(world.xiangzhou, note="改过", **{"names-0-full": "珠海市香洲区"})
    )
    assert answer.status_code == 302, answer.content.decode()
    body = Organisation.objects.get(pk=world.xiangzhou.pk)
    assert body.note == "改过"
    first, second = Event.objects.about(body)
    assert (first.action, first.reason, first.detail) == ("record.change", "核对公文", {"note": ["", "改过"]})
    assert second.detail == {"单位名称·全称": ["香洲区", "珠海市香洲区"]}
    version = body.history.first()
    assert (version.history_change_reason, version.history_user) == ("核对公文", people[Role.SYSTEM_ADMIN])
    text = admin.get(page_of(world.xiangzhou, "history")).content.decode()
    assert "核对公文" in text
    assert "改过" in text
    assert "修改（说明：改过）" in text


def test_nothing_touched_nothing_written(admin, world):
    admin.post(page_of(world.xiangzhou), filled(world.xiangzhou))
    assert not Event.objects.about(world.xiangzhou)
    assert world.xiangzhou.history.count() == 1  # its creation


def test_refusal_of_the_service_stands_beside_its_field(admin, world):
    answer = admin.post(page_of(world.xiangzhou), filled(world.xiangzhou, note="拒绝", **{"names-0-full": "不保存"}))
    assert answer.status_code == 200
    form = answer.context["adminform"].form
    assert form.errors["note"] == ["说明不能为“拒绝”。"]
    assert form["change_reason"].value() == "核对公文"
    assert world.xiangzhou.names.get().full == "香洲区"
    assert not Event.objects.about(world.xiangzhou)


def test_refusal_of_the_database_is_said_in_chinese(admin, world, monkeypatch):
    monkeypatch.setattr(Organisation, "validate_constraints", lambda self, exclude=None: None)
    answer = admin.post(page_of(world.daozhen), filled(world.daozhen, division=world.zhengan.division_id))
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["__all__"] == ["该区划已有对应的单位。"]


def test_nothing_is_deleted(admin, world):
    assert admin.get(page_of(world.xiangzhou, "delete")).status_code == 403
    assert admin.post(page_of(world.xiangzhou, "delete"), {"post": "yes"}).status_code == 403
    assert "delete_selected" not in admin.get(LIST).content.decode()
    assert "deletelink" not in admin.get(page_of(world.xiangzhou)).content.decode()


def test_old_versions_cannot_be_brought_back(admin, world):
    body = world.xiangzhou
    body.note = "新"
    body.save()
    version = body.history.last()
    assert admin.post(f"{LIST}{body.pk}/history/{version.pk}/", filled(body, note="旧")).status_code in (302, 404)
    assert Organisation.objects.get(pk=body.pk).note == "新"


def test_reader_sees_but_does_not_save(people, sign_in, world):
    client = sign_in(people[Role.BUREAU_OFFICER])
    text = client.get(page_of(world.xiangzhou)).content.decode()
    assert 'name="_save"' not in text
    assert 'name="change_reason"' not in text
    assert client.post(page_of(world.xiangzhou), filled(world.xiangzhou, note="改")).status_code == 403
    assert Organisation.objects.get(pk=world.xiangzhou.pk).note == ""


def test_what_one_may_not_see_is_refused(people, sign_in, world):
    client = sign_in(people[Role.SECURITY_ADMIN])
    assert client.get("/admin/pairing/pairing/").status_code == 403
    assert client.get(f"/admin/pairing/pairing/{world.zhengan_pairing.pk}/change/").status_code in (302, 403)


def test_list_has_constant_queries(admin, django_assert_max_num_queries):
    admin.get(LIST)
    with django_assert_max_num_queries(30) as few:
        admin.get(LIST)
    for n in range(20):
        factories.organisation("other", f"单位{n}", valid_from=date(2022, 1, 1))
    with django_assert_max_num_queries(len(few)):
        admin.get(LIST)
