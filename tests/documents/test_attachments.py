"""Attachments: what may hang on a record, how it is kept, who may open it, how it is taken down."""

import errno
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connections, transaction
from django.template import Context, Template
from django.test import override_settings

from pairing.models import Pairing
from tests import factories
from tests.documents import corpus
from tests.matrix.estate import PDF
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.audit.wording import history_of
from zhuzun.documents import filetypes, services, vault, viewers
from zhuzun.documents.forms import AttachmentForm
from zhuzun.documents.kinds import AttachmentKind
from zhuzun.documents.models import Attachment
from zhuzun.errors import DomainError

EVIDENCE = AttachmentKind.EVIDENCE
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 17 + b"\x00\x00\x00\x00IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 40 + b"\xff\xd9"


@pytest.fixture
def attach(world, people):
    """Hang a file on 香洲—正安 as the district's officer."""

    def act(data=PDF, name="签到表.pdf", **more):
        facts = {"to": world.zhengan_pairing, "kind": EVIDENCE, "actor": people[Role.DISTRICT_OFFICER]}
        return services.attach(data, name, **{**facts, "now": factories.NOW, **more})

    return act


def files_below(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


# --- kept ------------------------------------------------------------------------------------------------------------


def test_an_attachment_has_its_facts_its_file_and_its_event(attach, world, people):
    made = attach(name="C:\\照片\\签到表（3月）.pdf", note=" 3月培训班 ")
    row = Attachment.objects.get()
    assert (row.name, row.media_type, row.size, row.note) == (
        "签到表（3月）.pdf",
        "application/pdf",
        len(PDF),
        "3月培训班",
    )
    assert row.subject == world.zhengan_pairing
    assert (row.uploaded_by, row.organisation) == (people[Role.DISTRICT_OFFICER], world.xiangzhou_department)
    place = vault.place_of(made.pk)
    assert place.read_bytes() == PDF
    assert "签到表" not in str(place)
    assert place.stat().st_mode & 0o777 & ~0o640 == 0
    (line,) = history_of(world.zhengan_pairing)
    assert (line["what"], line["why"]) == ("上传附件（附件：签到表（3月）.pdf）", "3月培训班")
    assert Event.objects.get().detail["sha256"] == row.sha256


def test_the_same_file_hung_twice_hangs_once(attach):
    first = attach()
    assert attach(name="another.pdf") == first
    assert Attachment.objects.count() == Event.objects.count() == 1
    assert attach(kind=AttachmentKind.SIGNED) != first  # as another kind it is another attachment


@pytest.mark.django_db(transaction=True)
def test_the_same_file_hung_twice_at_the_same_moment(attach):
    attach(data=PDF + b" ")  # what threads share is read before they start
    start = Barrier(2)

    def hang():
        try:
            start.wait(5)
            return attach().pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        keys = {one.result(20) for one in [pool.submit(hang), pool.submit(hang)]}
    assert len(keys) == 1
    assert Attachment.objects.count() == 2
    assert len({path for path in files_below(vault.folder()) if path in {key.hex for key in keys}}) == 1


def test_a_kind_that_is_none_is_a_programming_error(attach):
    with pytest.raises(ValueError, match="photo"):
        attach(kind="photo")


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (PDF, "a.PDF", "application/pdf"),
        (JPEG, "扫描.JPG", "image/jpeg"),
        (JPEG, "a.jpeg", "image/jpeg"),
        (PNG, "a.png", "image/png"),
        (corpus.xlsx({"表": [["一"]]}), "台账.xlsx", filetypes.MEDIA_TYPES[".xlsx"]),
        (corpus.docx(), "协议.docx", filetypes.MEDIA_TYPES[".docx"]),
    ],
)
def test_what_offices_attach(attach, data, name, media_type):
    assert attach(data, name).media_type == media_type


# --- refused ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.pdf", "文件是空的"),
        (b"\x00" * 9, "a.pdf", "文件是空的"),
        (PDF + b" " * filetypes.MAX_BYTES, "a.pdf", "超过 10 MB"),
        (b"MZ\x90", "a.pdf", "内容却不是这种文件"),
        (PDF, "a.png", "扩展名是 .png，内容却不是"),
        (PNG, "a.jpg", "扩展名是 .jpg，内容却不是"),
        (JPEG, "a.docx", "扩展名是 .docx，内容却不是"),
        (b"%PDF-1.7 and no end", "a.pdf", "文件不完整"),
        (JPEG[:-2], "a.jpg", "文件不完整"),
        (PNG[:-4], "a.png", "文件不完整"),
        (b"<svg onload=alert(1)>", "a.svg", "不接收这种文件（.svg）"),
        (b"<script>alert(1)</script>", "a.html", "不接收这种文件（.html）"),
        (b"<script>alert(1)</script>", "a.pdf", "内容却不是这种文件"),
        (b"MZ\x90", "报告.pdf.exe", "不接收这种文件（.exe）"),
        (PDF, "报告", "没有扩展名"),
        (PDF, ".pdf", "没有扩展名"),
        (corpus.OLE, "a.doc", "旧格式文件（.doc）"),
        (corpus.OLE, "a.xlsx", "内容却不是这种文件"),
        (corpus.OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "打开密码"),
        (corpus.zipped([("a.txt", "x")]), "a.docx", "内容却不是 .docx 文件"),
        (corpus.xlsx({"表": [["一"]]}), "a.docx", "内容却不是 .docx 文件"),
        (corpus.docx(), "a.xlsx", "内容却不是 .xlsx 文件"),
        (corpus.docx()[:-30], "a.docx", "已损坏或不完整"),
        (corpus.docx(extra=[("word/vbaProject.bin", b"x")]), "a.docx", "含有宏"),
        (corpus.docx(main="application/vnd.ms-word.document.macroEnabled.main+xml"), "a.docx", "含有宏"),
        (corpus.docx(extra=[("word/embeddings/x.exe", b"MZ")]), "a.docx", "内嵌有程序"),
        (corpus.docx(extra=[("word/embeddings/x.xlsm", b"PK")]), "a.docx", "内嵌有程序"),
        (corpus.docx(template="https://evil.example/a.dotm"), "a.docx", "外部网址上的模板"),
        (corpus.docx(before='<!DOCTYPE x [<!ENTITY a "b">]>'), "a.docx", "实体定义"),
        (corpus.docx(extra=[(f"word/media/{n}", b"") for n in range(1001)]), "a.docx", "解压后过大"),
    ],
)
def test_what_is_refused_and_why(attach, data, name, said):
    before = files_below(vault.folder())
    with pytest.raises(DomainError, match=said) as refusal:
        attach(data, name)
    assert refusal.value.field == "file"
    assert not Attachment.objects.exists()
    assert files_below(vault.folder()) == before


def test_a_template_on_ones_own_disk_is_no_danger(attach):
    assert attach(corpus.docx(template="file:///C:/Normal.dotm"), "a.docx")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\boot.pdf", "boot.pdf"),
        ("报告\u202efdp.exe.pdf", "报告fdp.exe.pdf"),  # right-to-left override
        ("一\x00二\n三\u200b四.pdf", "一二三四.pdf"),
        ('a<b>:"|?*.pdf', "a_b_.pdf"),
        ("...隐藏.pdf", "隐藏.pdf"),
        ("空 　 格 .pdf", "空 格.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("", "未命名"),
        ("甲.pdf. ", "甲.pdf"),
    ],
)
def test_names_are_made_harmless(given, shown):
    assert filetypes.clean_name(given) == shown


def test_the_form_refuses_before_the_file_is_read(rf):
    from django.core.files.uploadedfile import SimpleUploadedFile

    def errors(name, data):
        return AttachmentForm({}, {"file": SimpleUploadedFile(name, data)}).errors.get("file")

    assert errors("a.pdf", PDF) is None
    assert errors("a.exe", b"MZ") == [filetypes.OTHER_KIND.format(".exe")]
    big = SimpleUploadedFile("a.pdf", b"x")
    big.size = filetypes.MAX_BYTES + 1
    assert AttachmentForm({}, {"file": big}).errors["file"] == [filetypes.TOO_LARGE]
    assert AttachmentForm({}, {}).errors["file"] == ["请填写。"]


# --- faults ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "存储空间已满"), (errno.EDQUOT, "存储空间已满"), (errno.EIO, "没有写成文件")],
)
@pytest.mark.parametrize("stops", ["_write_through", "_sync_folder"])
def test_a_full_disk_leaves_neither_row_nor_file(attach, monkeypatch, number, said, stops):
    before = files_below(vault.folder())

    def fail(*args):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(vault, stops, fail)
    with pytest.raises(DomainError, match=said):
        attach()
    assert not Attachment.objects.exists()
    assert not Event.objects.exists()
    assert files_below(vault.folder()) == before
    monkeypatch.undo()
    assert attach().pk  # when space is there again, the next try succeeds


def test_a_disk_that_is_really_full(attach, monkeypatch):
    """The kernel's own refusal, from the device that is always full."""
    before, keep = files_below(vault.folder()), os.open
    monkeypatch.setattr(vault.os, "open", lambda path, flags, *mode: keep("/dev/full", os.O_WRONLY))
    with pytest.raises(DomainError, match="存储空间已满"):
        attach()
    monkeypatch.undo()
    assert not Attachment.objects.exists()
    assert files_below(vault.folder()) == before


def test_a_process_killed_while_writing_leaves_no_file_under_its_name(tmp_path):
    key = uuid4()
    script = (
        "import os, sys, uuid; sys.path.insert(0, os.getcwd())\n"
        "from django.conf import settings\n"
        f"settings.configure(MEDIA_ROOT={str(tmp_path)!r})\n"
        "from zhuzun.documents import vault\n"
        "os.fsync = lambda handle: os.kill(os.getpid(), 9)\n"
        f"vault.write(uuid.UUID({key.hex!r}), b'half')\n"
    )
    assert subprocess.run([sys.executable, "-c", script]).returncode == -9
    assert files_below(tmp_path) == [f"{key.hex}.part"]


def test_a_row_that_is_refused_takes_its_file_back(attach, monkeypatch):
    before = files_below(vault.folder())

    def fail(self, **kwargs):
        raise RuntimeError("the database went away")

    monkeypatch.setattr(Attachment, "save", fail)
    with pytest.raises(RuntimeError):
        attach()
    assert files_below(vault.folder()) == before


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [{"size": 0}, {"withdrawn_at": factories.NOW}, {"withdrawal_reason": "无时间"}])
def test_the_database_holds_the_rules(attach, fault):
    row = attach()
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(pk=row.pk).update(**fault)


def test_check_attachments_names_what_differs(attach, capsys, tmp_path):
    with override_settings(MEDIA_ROOT=tmp_path):
        whole, missing, other = attach(), attach(PNG, "a.png"), attach(JPEG, "b.jpg")
        call_command("check_attachments")
        assert capsys.readouterr().out == "3 attachments, all whole; 0 files belong to none.\n"
        vault.drop(missing.pk)
        vault.place_of(other.pk).write_bytes(JPEG + b"x")
        vault.place_of(whole.pk).with_name("left.part").write_bytes(b"")
        with pytest.raises(CommandError, match="2 of 3"):
            call_command("check_attachments")
        said = capsys.readouterr().out
        assert f"{missing.pk} a.png: its file is missing" in said
        assert f"{other.pk} b.jpg: its file has changed" in said
        assert "left.part: belongs to no attachment" in said


# --- handed out ------------------------------------------------------------------------------------------------------


def test_the_file_comes_as_an_attachment_with_its_chinese_name(attach, people, sign_in):
    answer = sign_in(people[Role.COUNTY_OFFICER]).get(attach().get_absolute_url())
    assert answer.content == PDF
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%E7%AD%BE%E5%88%B0%E8%A1%A8.pdf"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"
    assert int(answer["Content-Length"]) == len(PDF)


def test_only_for_whoever_sees_the_record(attach, strangers, sign_in):
    url = attach().get_absolute_url()
    for role, status in (("district_officer", 404), ("county_officer", 404), ("unit_officer", 200)):
        assert sign_in(strangers[role]).get(url).status_code == status
    assert sign_in(strangers["unit_officer"]).get(f"/documents/{uuid4()}/").status_code == 404


def test_an_upper_app_may_widen_who_sees(attach, strangers, sign_in, monkeypatch):
    monkeypatch.setattr(viewers, "_viewers", {})
    viewers.register(Pairing, lambda user, pair: user == strangers["district_officer"])
    url = attach().get_absolute_url()
    assert sign_in(strangers["district_officer"]).get(url).status_code == 200
    assert sign_in(strangers["county_officer"]).get(url).status_code == 404


def test_a_record_without_visible_to_is_nobodys(attach, people, sign_in):
    document = factories.indicator("X1", "无").definitions.get()
    url = attach(to=document).get_absolute_url()
    assert sign_in(people[Role.BUREAU_OFFICER]).get(url).status_code == 404


@pytest.mark.parametrize("damage", ["missing", "cut off", "changed"])
def test_a_file_that_is_not_whole_is_not_handed_out(attach, people, sign_in, damage, caplog):
    row = attach()
    vault.drop(row.pk)
    if damage != "missing":
        vault.place_of(row.pk).write_bytes(PDF[:-3] if damage == "cut off" else PDF[:-1] + b"x")
    assert sign_in(people[Role.DISTRICT_OFFICER]).get(row.get_absolute_url()).status_code == 404
    assert f"attachment {row.pk}: its file is missing, cut off or changed" in caplog.text


# --- taken down ------------------------------------------------------------------------------------------------------


def test_a_file_taken_down_stays_listed_and_is_handed_out_no_more(attach, people, sign_in, world):
    row, officer = attach(), people[Role.DISTRICT_OFFICER]
    later = factories.NOW + timedelta(hours=1)
    services.withdraw(row, reason="传错文件", actor=officer, now=later)
    answer = sign_in(officer).get(row.get_absolute_url())
    assert answer.status_code == 403
    assert "“签到表.pdf”已于 2022-03-15 11:32 撤下，不再提供下载。撤下原因：传错文件" in answer.content.decode()
    assert vault.place_of(row.pk).is_file()
    assert history_of(world.zhengan_pairing)[0]["what"] == "撤下附件（附件 签到表.pdf → 撤下）"
    again = attach(now=later)
    assert again.pk != row.pk
    assert [one.pk for one in services.attachments_of(world.zhengan_pairing).standing()] == [again.pk]


def test_taking_down_needs_a_reason_and_happens_once(attach, people):
    row, facts = attach(), {"actor": people[Role.DISTRICT_OFFICER], "now": factories.NOW}
    with pytest.raises(DomainError, match="请填写撤下原因"):
        services.withdraw(row, reason=" ", **facts)
    services.withdraw(row, reason="传错", **facts)
    with pytest.raises(DomainError, match="已经撤下"):
        services.withdraw(row, reason="再撤", **facts)


# --- listed ----------------------------------------------------------------------------------------------------------


def drawn(obj, arguments=""):
    return Template("{% load files %}{% attachments obj " + arguments + " %}").render(Context({"obj": obj}))


def test_the_list_names_each_file_and_how_to_get_it(attach, world, people):
    row = attach(note="<b>第一页</b>")
    taken = attach(PNG, "错.png")
    services.withdraw(taken, reason="传错", actor=people[Role.DISTRICT_OFFICER], now=factories.NOW)
    page = drawn(world.zhengan_pairing)
    for text in (row.get_absolute_url(), "签到表.pdf", "佐证材料", "1 KB", "香洲区乡村振兴部门", "2022-03-15 10:32"):
        assert text in page
    assert "&lt;b&gt;第一页" in page
    assert "<s>错.png</s>" in page
    assert "原因：传错" in page
    assert taken.get_absolute_url() not in page
    assert "撤下</a>" not in page
    assert "没有附件。" in drawn(world.zhengan_pairing, 'kind="signed"')
    # the page that takes one down is the caller's: any name that takes the key will do here
    own = drawn(world.zhengan_pairing, 'withdraw="documents:download"')
    assert own.count("撤下</a>") == 1


def test_listing_costs_the_same_for_one_and_for_three(attach, world, django_assert_num_queries):
    attach()
    with django_assert_num_queries(2):
        drawn(world.zhengan_pairing)
    attach(PNG, "a.png")
    attach(JPEG, "b.jpg")
    with django_assert_num_queries(2):
        drawn(world.zhengan_pairing)


@pytest.mark.parametrize(("size", "shown"), [(1, "1 KB"), (839_680, "820 KB"), (3_565_158, "3.4 MB")])
def test_sizes_as_people_read_them(size, shown):
    assert Attachment(size=size).shown_size == shown
