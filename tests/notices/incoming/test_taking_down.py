"""A file of a paper of another's that should not lie here: taken down, or another put in its place."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from tests.notices.incoming import making
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.documents import vault
from zhuzun.documents.services import attachments_of
from zhuzun.errors import DomainError, Refused
from zhuzun.notices.incoming.services import registering
from zhuzun.notices.models import Message

NOW = making.NOW
RIGHT = making.SCAN + b"%the right one\n%%EOF\n"


@pytest.fixture
def paper(world, people):
    """On 香洲区 here, on 务川县, which has nobody here, outside."""
    return making.distributed(people[Role.CLERK], [world.xiangzhou, world.wuchuan])


@pytest.fixture
def down(people, django_capture_on_commit_callbacks):
    def act(paper, *, role=Role.CLERK, reason="误传", **more):
        with django_capture_on_commit_callbacks(execute=True):
            return registering.take_down(
                attachments_of(paper).standing().get(), reason=reason, actor=people[role], now=NOW, **more
            )

    return act


def test_the_bytes_go_and_the_record_stays_and_whoever_got_it_is_told(paper, down, people, sign_in, world):
    file = attachments_of(paper).get()
    down(paper)
    assert vault.read(file.pk) == b""
    event = Event.objects.get(action="attachment.withdraw")
    assert (event.reason, event.detail["附件"], event.detail["sha256"]) == ("误传", ["来文.pdf", "撤下"], file.sha256)
    told = Message.objects.get(title__startswith="来文文件撤下")
    assert told.organisation == world.xiangzhou
    assert "原因：误传。已下载的，请停止使用并删除。" in told.text
    reader = sign_in(people[Role.DISTRICT_OFFICER])
    assert "误传" in reader.get(paper.get_absolute_url()).content.decode()
    assert reader.get(file.get_absolute_url()).status_code == 403
    call_command("check_attachments")  # no fault of the store
    assert not paper.has_file()
    with pytest.raises(DomainError, match="请先上传来文"):
        making.serving.distribute(
            paper, bodies=[world.gaoxin], part="read", reply_by=None, opinion="", actor=people[Role.CLERK], now=NOW
        )


def test_another_in_its_place(paper, down):
    down(paper, data=RIGHT, filename="来文（全）.pdf", reason="缺页")
    assert [row.name for row in attachments_of(paper).standing()] == ["来文（全）.pdf"]
    assert "已更换为“来文（全）.pdf”" in Message.objects.get(title__startswith="来文文件更换").text


def test_not_the_same_again_nor_one_that_is_marked_nor_without_a_reason(paper, down):
    for more, fault in (
        ({"data": making.SCAN, "filename": "来文.pdf"}, "与原文件相同"),
        ({"data": RIGHT, "filename": "机密★.pdf"}, "文件名"),
        ({"reason": "是机密★1年件"}, "原因"),
        ({"reason": " "}, "请填写撤下原因"),
        ({"data": b"MZ", "filename": "来文.exe"}, "不接收这种文件"),
    ):
        with pytest.raises(DomainError, match=fault):
            down(paper, **more)
    assert attachments_of(paper).standing().count() == 1
    assert vault.read(attachments_of(paper).get().pk) == making.SCAN


def test_after_filing_too_but_by_nobody_who_does_not_register(paper, down, people):
    registering.close(paper, result="已传阅", filed_as="", actor=people[Role.CLERK], now=NOW)
    for role in (Role.DISTRICT_OFFICER, Role.BUREAU_LEADER):
        with pytest.raises(Refused):
            down(paper, role=role)
    down(paper)
    assert not paper.has_file()


def test_on_the_page(paper, people, sign_in):
    page = paper.get_absolute_url()
    url = reverse("notices:incoming_file_withdraw", args=[attachments_of(paper).get().pk])
    assert url not in sign_in(people[Role.DISTRICT_OFFICER]).get(page).content.decode()
    client = sign_in(people[Role.CLERK])
    assert url in client.get(page).content.decode()
    form = client.get(url).content.decode()
    assert f"{paper.sender}《{paper.title}》的文件“来文.pdf”" in form
    assert "已分送的 1 个单位会收到通知，要求停止使用并删除：香洲区。" in form
    assert "线下送达的单位请另行告知：务川县" in form
    refused = client.post(url, {"reason": "误传秘密件"}).content.decode()
    assert "“撤下原因”带有密级标志" in refused
    client.post(url, {"reason": "误传", "file": SimpleUploadedFile("对.pdf", RIGHT)})
    assert [row.name for row in attachments_of(paper).standing()] == ["对.pdf"]
    assert client.post(url, {"reason": "误传"}).status_code == 200  # it is down already: said, not done
    assert Event.objects.filter(action="attachment.withdraw").count() == 1
