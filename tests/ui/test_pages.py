"""Pages of one object, forms and questions: 404, 403 with the reason, what a service refuses stays on the form."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from zhuzun.accounts.roles import Role
from zhuzun.ui.guards import require
from zhuzun.ui.pages import Page

pytestmark = pytest.mark.django_db
FILLED = {"name": "园区", "kind": "park", "since": "2022-01-01", "reason": "新设"}


@pytest.fixture
def reader(sample_site, people, sign_in):
    return sign_in(people[Role.BUREAU_OFFICER])


def test_without_sign_in_one_is_sent_to_it_and_comes_back(sample_site, client):
    response = client.get("/sample/?kind=park")
    assert response.status_code == 302
    assert response["Location"].endswith("?next=/sample/%3Fkind%3Dpark")


def test_what_does_not_exist_is_404_and_says_so_in_chinese(reader):
    response = reader.get("/sample/999999/")
    assert response.status_code == 404
    assert "不在您当前身份的查看范围内" in response.content.decode()


def test_what_one_may_not_do_is_403_with_the_reason(reader, world):
    response = reader.get(f"/sample/{world.gaoxin.pk}/edit/")
    assert response.status_code == 403
    assert "“维护单位”由系统管理员办理，您当前的身份是市局经办。" in response.content.decode()


def test_a_page_must_name_its_permission(people):
    request = RequestFactory().get("/")
    request.user = people[Role.CLERK]
    with pytest.raises(ImproperlyConfigured):
        Page.as_view(template_name="base.html")(request)


def test_require_gives_the_decision_to_whoever_may(people):
    assert require(people[Role.CLERK], "home.view_workbench").allowed


def test_a_detail_shows_facts_and_history_as_sentences(reader, world):
    body = " ".join(reader.get(f"/sample/{world.gaoxin.pk}/").content.decode().split())
    assert "<h1>高新区 </h1>" in body
    assert "<dt>编码</dt>" in body
    assert "登记了单位（依据：珠委农组〔2021〕12号）。" in body


def test_errors_stand_beside_the_field_and_on_top_with_links(reader):
    body = reader.post("/sample/add/", {"name": "园区"}).content.decode()
    assert "有 3 处需要修改" in body
    assert '<a href="#id_kind">类别：请选择。</a>' in body
    assert '<a href="#id_reason">原因：请填写。</a>' in body
    assert 'aria-invalid="true"' in body
    assert 'value="园区"' in body


def test_what_a_service_refuses_lands_on_its_field_or_on_top(reader):
    body = reader.post("/sample/add/", {**FILLED, "name": "重复"}).content.decode()
    assert '<a href="#id_name">名称：该名称已登记，请核对。</a>' in body
    body = reader.post("/sample/add/", {**FILLED, "name": "过期"}).content.decode()
    assert "<li>本年度登记已截止。</li>" in body
    assert 'value="过期"' in body


def test_what_was_done_is_said_on_the_next_page(reader):
    response = reader.post("/sample/add/", FILLED, follow=True)
    assert response.redirect_chain == [("/sample/", 302)]
    assert "已保存。" in response.content.decode()


def test_an_upload_is_told_what_must_not_be_uploaded(reader):
    body = reader.get("/sample/add/").content.decode()
    assert "严禁存储、处理、传输国家秘密，请勿上传涉密文件" in body
    assert "系统无法核对其中有无密级" in body
    assert 'enctype="multipart/form-data"' in body


def test_a_question_says_what_follows(reader, world):
    address = f"/sample/{world.gaoxin.pk}/end/"
    body = reader.get(address).content.decode()
    assert "确定终止该单位吗？" in body
    assert "<li>历史记录保留。</li>" in body
    assert 'href="/sample/">取消</a>' in body
    assert "请填写。" in reader.post(address, {}).content.decode()
    assert reader.post(address, {"reason": "撤并"})["Location"] == "/sample/"
