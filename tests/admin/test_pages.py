"""Every page of the admin site, for each of the four roles that may enter: opens, or says who may."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from zhuzun.access.models import Grant
from zhuzun.accounts.roles import GUARDIANS, Role
from zhuzun.runs.models import JobRun

SYSTEM, SECURITY, AUDIT, BUREAU = "system_admin", "security_admin", "audit_admin", "bureau_officer"
FOUR = (SYSTEM, SECURITY, AUDIT, BUREAU)
NOBODY = ()

# model → who reads its list, form and history; who adds; who changes.
RIGHTS = {
    "access.grant": ({SECURITY, AUDIT}, {SECURITY}, {SECURITY}),
    "accounts.user": ({SECURITY, AUDIT}, NOBODY, NOBODY),
    "organisations.organisation": (set(FOUR), {SYSTEM}, {SYSTEM}),
    "organisations.division": (set(FOUR), {SYSTEM}, {SYSTEM}),
    "organisations.organisationgroup": ({SYSTEM, BUREAU}, {SYSTEM}, {SYSTEM}),
    "pairing.pairing": ({SYSTEM, BUREAU}, {SYSTEM, BUREAU}, {SYSTEM, BUREAU}),
    "tasks.policydocument": (set(FOUR), NOBODY, NOBODY),
    "tasks.paragraph": (set(FOUR), NOBODY, NOBODY),
    "tasks.measure": (set(FOUR), NOBODY, NOBODY),
    "tasks.responsibility": ({SYSTEM, BUREAU}, {BUREAU}, {BUREAU}),
    "tasks.indicator": ({SYSTEM, BUREAU}, {SYSTEM, BUREAU}, {SYSTEM, BUREAU}),
    "runs.jobrun": ({SYSTEM, AUDIT, BUREAU}, NOBODY, NOBODY),
    "django_celery_beat.periodictask": ({SYSTEM, AUDIT, BUREAU}, NOBODY, {SYSTEM}),
}
REASONS = ("由", "只供查看", "不删除", "限于")


def models():
    return {model._meta.label_lower: model for model in admin.site._registry}


def an_object(label, world):
    model = models()[label]
    found = model._default_manager.order_by("pk").first()
    if found is None and label == "runs.jobrun":
        found = JobRun.objects.create(job="runs.clear_sessions", started_at=factories.NOW)
    if found is None and label == "access.grant":
        found = a_grant(world)
    if found is None:
        factories.policy(world.bureau)
        found = model._default_manager.order_by("pk").first()
    return found


def a_grant(world):
    person = factories.person(Role.COUNTY_OFFICER, world.daozhen_department)
    return Grant.objects.create(
        user=person,
        content_object=world.zhengan_pairing,
        permission=Permission.objects.get(codename="edit_sub", content_type__app_label="pairing"),
        document="交叉检查通知",
        reason="跨县检查",
        valid_to=factories.DAY,
    )


def test_the_site_holds_these_pages_and_no_other(db):
    assert set(models()) == set(RIGHTS)


@pytest.mark.parametrize("role", FOUR)
def test_list_add_change_and_history(role, world, people, sign_in):
    browser = sign_in(people[Role(role)])
    for label in RIGHTS:
        _walk(browser, role, label, an_object(label, world))


def _walk(browser, role, label, found):
    readers, adders, changers = RIGHTS[label]
    base = f"/admin/{label.replace('.', '/')}/"
    expected = {
        base: role in readers,
        f"{base}?q=正安": role in readers,
        f"{base}{found.pk}/change/": role in readers,
        f"{base}{found.pk}/history/": role in readers,
        f"{base}add/": role in adders,
    }
    for address, opens in expected.items():
        answer = browser.get(address)
        assert answer.status_code == (200 if opens else 403), address
        assert opens or any(word in answer.content.decode() for word in REASONS), address
    sent = browser.post(f"{base}{found.pk}/change/", {})
    assert sent.status_code == (200 if role in changers else 403)
    assert browser.get(f"{base}{found.pk}/delete/").status_code == 403


@pytest.mark.parametrize("role", FOUR)
def test_import_export_and_grants_of_pairings(role, world, people, sign_in):
    browser = sign_in(people[Role(role)])
    base = "/admin/pairing/pairing/"
    officers = {SYSTEM, BUREAU}
    expected = {
        f"{base}import/": role in officers,
        f"{base}export/": role in officers,
        f"{base}{world.zhengan_pairing.pk}/permissions/": True,
        f"{base}{world.zhengan_pairing.pk}/permissions/user-manage/{people[Role.CLERK].pk}/": role == SECURITY,
    }
    for address, opens in expected.items():
        answer = browser.get(address)
        assert answer.status_code == (200 if opens else 403), address
        assert opens or "办理，您当前的身份是" in answer.content.decode(), address
    answer = browser.post(f"{base}process_import/", {"format": "0"})
    assert answer.status_code == (200 if role in officers else 403)
    assert ("没有确认成功" if role in officers else "“导入结对”由") in answer.content.decode()


def test_nobody_else_comes_in_anywhere(world, people, sign_in):
    for role in set(Role) - {*GUARDIANS, Role.BUREAU_OFFICER}:
        browser = sign_in(people[role])
        for address in ("/admin/", "/admin/pairing/pairing/", "/admin/pairing/pairing/import/", "/admin/autocomplete/"):
            answer = browser.get(address)
            assert answer.status_code == 403
            assert "“进入后台管理”由" in answer.content.decode()


def test_rooms_stand_in_the_offices_order(desk):
    rooms = [room["name"] for room in desk.get("/admin/").context["app_list"]]
    assert rooms == ["结对关系", "主要任务", "单位与区划", "后台任务"]


def test_garbage_in_the_address_bar_is_no_fault(desk):
    base = "/admin/pairing/pairing/"
    for query in ("?district=x", "?county=999999999999", "?state=x", "?q=%00%27", "?p=99", "?o=99", "?kind=%C0"):
        assert desk.get(base + query, follow=True).status_code == 200, query


def test_a_new_body_needs_its_code_once(world, people, sign_in):
    browser = sign_in(people[Role.SYSTEM_ADMIN])
    page = browser.get(f"/admin/organisations/organisation/{world.bureau.pk}/change/").content.decode()
    assert 'name="code"' not in page
    assert 'name="change_reason"' in page


def test_a_list_costs_the_same_with_one_row_and_with_more(world, people, sign_in, monkeypatch):
    site = admin.site
    for role in (Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN):
        browser = sign_in(people[role])
        for label, (readers, *_) in RIGHTS.items():
            if role not in readers:
                continue
            an_object(label, world)
            page = site.get_model_admin(models()[label])
            costs = [_cost(browser, page, label, size, monkeypatch) for size in (1, 3, 50)]
            assert max(costs[1:]) <= costs[0] + 1, (label, costs)  # one more where the first row alone has no names


def _cost(browser, page, label, size, monkeypatch):
    monkeypatch.setattr(page, "list_per_page", size)
    monkeypatch.setattr(page, "list_max_show_all", 0)
    with CaptureQueriesContext(connection) as spent:
        assert browser.get(f"/admin/{label.replace('.', '/')}/").status_code == 200
    return len(spent)
