"""What stands on every page: names, marks, notes, the person and his identities; and the error pages."""

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client

from tests import factories
from zhuzun.accounts.roles import Role
from zhuzun.ui import badges, notes

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(sample_site, people, sign_in):
    return sign_in(people[Role.BUREAU_OFFICER])


def page(client):
    return client.get("/sample/").content.decode()


def test_every_page_says_what_the_system_must_not_hold(reader):
    assert "本系统为非涉密系统，严禁存储、处理、传输国家秘密" in page(reader)


def test_the_demonstration_is_marked_and_production_is_not(reader, settings):
    assert "演示数据，不得用于正式工作" in page(reader)
    settings.PORTAL_ENV = "production"
    assert "演示" not in page(reader)


def test_what_stands_on_every_page_costs_nine_queries(people, sign_in, django_assert_num_queries):
    """Session, person, his roles and their names, his bodies, unread messages, papers both ways, the policy's term."""
    client = sign_in(people[Role.DISTRICT_OFFICER])
    client.get("/accounts/people/")
    with django_assert_num_queries(9):
        assert client.get("/accounts/people/").status_code == 403


def test_a_note_stands_on_top_where_there_is_one(reader, no_notes):
    notes.add(lambda request: "依据文件执行期至2025年")
    notes.add(lambda request: None)
    body = page(reader)
    assert body.count('class="page-note"') == 1
    assert "依据文件执行期至2025年" in body


def test_the_person_sees_who_he_is_and_as_what_he_acts(reader, people):
    person = people[Role.BUREAU_OFFICER]
    body = page(reader)
    assert person.name in body
    assert str(person.acting) in body
    assert 'name="identity"' not in body


def test_several_identities_can_be_chosen_from(reader, people, world):
    other = factories.assignment(people[Role.BUREAU_OFFICER], Role.GROUP_LEADER, world.group)
    body = page(reader)
    assert f'value="{other.pk}"' in body
    assert "工作组组长" in body


def test_the_navigation_stays_folded_when_it_was_folded(reader):
    assert 'class="nav-narrow"' not in page(reader)
    reader.cookies["nav"] = "narrow"
    assert 'class="nav-narrow"' in page(reader)


def test_pages_name_their_language_and_renderer(reader):
    body = page(reader)
    assert '<html lang="zh-CN"' in body
    assert '<meta name="renderer" content="webkit">' in body
    assert "跳到正文" in body


def test_the_csp_lets_nothing_inline_through(reader):
    policy = reader.get("/sample/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_a_stale_form_is_explained_in_chinese(sample_site, people):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people[Role.BUREAU_OFFICER])
    response = client.post("/sample/add/", {"name": "园区"})
    assert response.status_code == 403
    assert "本页已失效，内容没有提交" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("400", "无法处理此请求"),
        ("413", "文件太大"),
        ("500", "系统出错了"),
        ("503", "暂时无法使用"),
        ("too_much_text", "内容太多"),
    ],
)
def test_the_bare_error_pages_need_nothing(name, words):
    body = render_to_string(f"{name}.html")
    assert f"<title>{words} · 珠遵协作</title>" in body
    assert "返回工作台" in body


def test_a_fault_shows_the_chinese_page(reader, monkeypatch):
    monkeypatch.setattr("tests.ui.sample.BodyDetail.get_context_data", lambda self, **kwargs: 1 / 0)
    reader.raise_request_exception = False
    response = reader.get(f"/sample/{factories.organisation('park').pk}/")
    assert response.status_code == 500
    assert "系统出错了" in response.content.decode()


def test_an_unknown_address_is_404_for_the_stranger_too(sample_site, client):
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "找不到您要的内容" in response.content.decode()


def test_a_badge_has_a_word_and_an_icon():
    html = badges.badge("逾期", "late")
    assert "state-late" in html
    assert "<svg" in html
    assert "逾期" in html
    assert badges.badge("", "late") == ""


def test_a_badge_cannot_carry_markup():
    assert "<b>" not in badges.badge("<b>", "info")


def test_decide_and_action_show_the_reason(people, rf):
    request = rf.get("/")
    request.user = people[Role.CLERK]
    text = '{% load portal %}{% decide "audit.view_event" as d %}{% action d "审计" "/audit/" "history" %}'
    html = Template(text).render(Context({"request": request}))
    assert 'aria-disabled="true"' in html
    assert "由审计管理员办理" in html
    assert "<a " not in html
    request.user = people[Role.AUDIT_ADMIN]
    assert 'href="/audit/"' in Template(text).render(Context({"request": request}))


def test_a_link_carries_its_parameters():
    html = Template('{% load portal %}{% link_with "/pairing/" day="2026-01-01" %}').render(Context())
    assert html == "/pairing/?day=2026-01-01"
