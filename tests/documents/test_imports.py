"""An import in the admin site: previewed, bound to its uploader, all or nothing, once; and exports that come back."""

import io
import re
from datetime import date, timedelta
from types import SimpleNamespace

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import factories
from tests.documents import corpus, test_hostile_files
from tests.documents.corpus import xlsx
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.documents import services, storage
from zhuzun.documents.models import PendingImport
from zhuzun.errors import DomainError
from zhuzun.organisations.models import Division

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.documents.admin_site")]

HEAD = ["代码", "名称", "简称", "截止日期"]
IMPORT = "/admin/organisations/division/import/"
PROCESS = "/admin/organisations/division/process_import/"
EXPORT = "/admin/organisations/division/export/"
LIST = "/admin/organisations/division/"
GOOD = [["区划表"], HEAD, ["X1", "和溪镇", "和溪镇", "2021.7.22"], ["X2", "瑞溪镇", "瑞溪镇"], ["合计", None, None, 2]]


@pytest.fixture
def officer(people):
    return people[Role.BUREAU_OFFICER]


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def upload(desk, content, name="区划.xlsx"):
    return desk.post(IMPORT, {"import_file": SimpleUploadedFile(name, content), "format": "0"})


def confirmation(page):
    return {name: value for name, value in page.context["confirm_form"].initial.items() if value is not None}


def confirm(desk, page):
    return desk.post(PROCESS, confirmation(page))


def told(response):
    return [str(message) for message in response.context["messages"]]


def test_preview_saves_nothing_and_confirmation_saves_all(desk):
    before = Division.objects.count()
    page = upload(desk, xlsx({"区划": GOOD}))
    assert page.status_code == 200
    assert [row.import_type for row in page.context["result"].rows] == ["new", "new"]
    assert page.context["result"].notes == ("以下各行不作为数据：第 5 行（合计行）。",)
    assert Division.objects.count() == before
    assert confirm(desk, page).status_code == 302
    assert Division.objects.count() == before + 2
    assert Division.objects.get(code="X1").as_at == date(2021, 7, 22)


def test_a_column_the_file_does_not_have_leaves_what_is_known(desk):
    factories.division("甲镇", "town", "town", code="A1", short_name="甲镇", as_at=date(2023, 6, 30))
    page = upload(desk, xlsx({"表": [["代码", "名称", "简称"], ["A1", "甲乡", "甲镇"]]}))
    confirm(desk, page)
    changed = Division.objects.get(code="A1")
    assert (changed.name, changed.as_at) == ("甲乡", date(2023, 6, 30))
    confirm(desk, upload(desk, xlsx({"表": [HEAD, ["A1", "甲乡", "甲镇", ""]]})))
    assert Division.objects.get(code="A1").as_at is None


def test_a_file_is_imported_once(desk):
    page = upload(desk, xlsx({"区划": GOOD}))
    confirm(desk, page)
    again = desk.post(PROCESS, confirmation(page), follow=True)
    assert told(again) == ["导入完成：新增 2 条，修改 0 条，未变 0 条。", "这份文件已经确认导入，不能重复导入。"]


def test_the_file_of_another_person_is_not_found(desk, client, people):
    page = upload(desk, xlsx({"区划": GOOD}))
    client.force_login(people[Role.SYSTEM_ADMIN])
    answer = client.post(PROCESS, confirmation(page), follow=True)
    assert told(answer) == ["这份上传文件已失效或不是由您上传，请重新上传。"]
    assert not Division.objects.filter(code="X1").exists()


@pytest.mark.parametrize(
    "change",
    [
        {"import_file_name": "../../etc/passwd"},
        {"import_file_name": "00000000-0000-0000-0000-000000000000"},
        {"import_file_name": "\x00"},
        {"format": "7"},
        {"format": "x"},
        {"resource": "9"},
    ],
)
def test_a_doctored_confirmation_is_no_500(desk, change):
    page = upload(desk, xlsx({"区划": GOOD}))
    answer = desk.post(PROCESS, {**confirmation(page), **change}, follow=True)
    assert answer.status_code == 200
    assert Division.objects.filter(code="X1").exists() == ("resource" in change)


def test_every_bad_row_is_named_with_its_cell_and_nothing_is_saved(desk):
    rows = [HEAD, ["X1", "和溪镇", "和溪镇", "2021.13.1"], ["X2", "瑞溪镇", "太长的简称啊"], ["X3", "", "中观镇"]]
    page = upload(desk, xlsx({"区划": rows}))
    problems = list(page.context["result"].problems())
    assert problems[0] == "「区划」表 D2：「2021.13.1」不是日期，请写成 2021-07-22 的形式。"
    assert problems[1] == "「区划」表 C3：简称不超过 5 个字。"
    assert problems[2].startswith("「区划」表第 4 行：")
    assert [row.number for row in page.context["result"].invalid_rows] == [2, 3, 4]
    assert "confirm_form" not in page.context
    assert not Division.objects.filter(code__startswith="X").exists()


def test_what_became_wrong_after_the_preview_rolls_everything_back(desk, monkeypatch):
    page = upload(desk, xlsx({"区划": GOOD}))
    clean = Division.full_clean

    def stricter(self, *args, **kwargs):
        if self.code == "X2":
            raise DomainError("瑞溪镇已被他人处理。")
        return clean(self, *args, **kwargs)

    monkeypatch.setattr(Division, "full_clean", stricter)
    answer = desk.post(PROCESS, confirmation(page), follow=True)
    assert told(answer) == ["「区划」表第 4 行：瑞溪镇已被他人处理。"]
    assert not Division.objects.filter(code__startswith="X").exists()
    assert PendingImport.objects.get().confirmed_at is None  # the same file may be tried again
    monkeypatch.undo()
    assert confirm(desk, page).status_code == 302
    assert Division.objects.filter(code__startswith="X").count() == 2


BAD_FILES = {
    "密码": (corpus.encrypted(), "a.xlsx", "打开密码"),
    "旧格式": (corpus.old_workbook(), "a.xls", "旧格式"),
    "宏": (xlsx({"表": [HEAD]}, extra=test_hostile_files.MACRO), "a.xlsx", "宏"),
    "扩展名": (b"a", "a.exe", "只接受"),
    "残缺": (xlsx({"表": GOOD})[:300], "a.xlsx", "损坏"),
    "空": (b"", "a.xlsx", ""),
    "缺列": (xlsx({"表": [["代码", "名称"], ["1", "2"]]}), "a.xlsx", "缺少：简称"),
    "错误值": (
        xlsx({"表": [HEAD, ["X1", corpus.raw("<v>#REF!</v>", "e"), "a"]]}),
        "a.xlsx",
        "「表」表 B2：公式结果是错误值",
    ),
    "无数据": (xlsx({"表": [HEAD]}), "a.xlsx", ""),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_refused_beside_the_field(desk, name):
    content, filename, reason = BAD_FILES[name]
    page = upload(desk, content, filename)
    assert page.status_code == 200
    assert reason in "".join(page.context["form"].errors["import_file"])
    assert "confirm_form" not in page.context


def test_a_bomb_through_the_page(desk):
    page = upload(desk, test_hostile_files.row_bomb())
    assert "解压后过大" in "".join(page.context["form"].errors["import_file"])


def test_an_oversized_file_is_refused_before_it_is_kept(desk):
    page = upload(desk, b"PK" + b"\x00" * (10 * 1024 * 1024))
    assert "文件超过 10 MB" in "".join(page.context["form"].errors["import_file"])
    assert not PendingImport.objects.exists()


def test_the_upload_page_says_that_the_system_is_not_for_secrets(desk):
    assert "本系统为非涉密系统，严禁存储、处理、传输国家秘密" in desk.get(IMPORT).content.decode()


def test_a_fault_of_ours_is_not_dressed_up_as_a_bad_file(desk, monkeypatch):
    monkeypatch.setattr("zhuzun.documents.sheets.read", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        upload(desk, xlsx({"区划": GOOD}))


@pytest.mark.parametrize(("form", "name"), [("0", "a.xlsx"), ("1", "a.csv")])
def test_what_goes_out_comes_back_unchanged(desk, form, name):
    factories.division("=1+1镇", "town", "town", code="0012", short_name="甲", as_at=date(2023, 6, 30))
    page = desk.post(EXPORT, {"format": form, "resource": "0"})
    content = page.getvalue() if page.streaming else page.content
    result = upload(desk, content, name).context["result"]
    assert not list(result.problems())
    assert {row.import_type for row in result.rows} == {"skip"}
    assert len(result.rows) == Division.objects.count()


def test_an_export_has_a_title_and_native_dates(desk):
    factories.division("甲镇", "town", "town", code="A1", as_at=date(2023, 6, 30))
    content = desk.post(EXPORT, {"format": "0", "resource": "0"}).content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet["A1"].value == "行政区划表"
    assert any(cell.is_date for row in sheet.iter_rows(min_row=3) for cell in row)


def test_uploads_and_confirmations_are_in_the_trail(desk, officer):
    page = upload(desk, xlsx({"区划": GOOD}))
    confirm(desk, page)
    events = Event.objects.filter(action__startswith="import.").order_by("pk")
    assert [(event.action, event.actor) for event in events] == [
        ("import.upload", officer),
        ("import.confirm", officer),
    ]
    assert re.fullmatch("[0-9a-f]{64}", events[1].detail["sha256"])
    assert events[1].detail["filename"] == "区划.xlsx"


class TestServices:
    """Pending imports by themselves, as the roster uses them."""

    NOW = factories.NOW

    def make(self, actor, **more):
        more = {"kind": "roster", "data": b"abc", "filename": "花名册.xlsx", "now": self.NOW, **more}
        return services.create_import(actor=actor, **more)

    def test_is_kept_for_a_day_and_then_dropped(self, officer):
        pending = self.make(officer, preview={"new": 3})
        assert services.find_import(pending.pk, kind="roster", actor=officer, now=self.NOW).preview == {"new": 3}
        later = self.NOW + timedelta(hours=24)
        with pytest.raises(DomainError, match="已失效"):
            services.find_import(pending.pk, kind="roster", actor=officer, now=later)
        self.make(officer, now=later)
        assert not PendingImport.objects.filter(pk=pending.pk).exists()

    def test_belongs_to_its_kind_and_its_uploader(self, officer, people):
        pending = self.make(officer)
        for wrong in ({"kind": "admin.pairing", "actor": officer}, {"kind": "roster", "actor": people[Role.CLERK]}):
            with pytest.raises(DomainError, match="不是由您上传"):
                services.find_import(pending.pk, now=self.NOW, **wrong)
            with pytest.raises(DomainError):
                services.confirm_import(
                    SimpleNamespace(pk=pending.pk, kind=wrong["kind"]), actor=wrong["actor"], now=self.NOW
                )
        assert list(PendingImport.objects.visible_to(people[Role.CLERK])) == []
        assert list(PendingImport.objects.visible_to(officer).waiting(self.NOW)) == [pending]

    def test_confirming_takes_the_bytes_once(self, officer):
        pending = self.make(officer)
        assert services.confirm_import(pending, actor=officer, now=self.NOW) == b"abc"
        with pytest.raises(DomainError, match="已经确认"):
            services.confirm_import(pending, actor=officer, now=self.NOW)
        assert bytes(PendingImport.objects.get(pk=pending.pk).data) == b""

    def test_of_two_at_the_same_moment_one_is_refused(self, officer, monkeypatch):
        """Both have looked before either wrote: only the claim in the database decides."""
        pending = self.make(officer)
        monkeypatch.setattr(services, "find_import", lambda *args, **kwargs: pending)
        assert services.confirm_import(pending, actor=officer, now=self.NOW) == b"abc"
        with pytest.raises(DomainError, match="已经确认"):
            services.confirm_import(pending, actor=officer, now=self.NOW)

    def test_discarding_drops_it(self, officer):
        pending = self.make(officer)
        services.discard_import(pending, actor=officer, now=self.NOW)
        assert not PendingImport.objects.exists()
        assert Event.objects.filter(action="import.discard").count() == 1

    def test_too_large_is_not_kept(self, officer):
        with pytest.raises(DomainError, match="超过 0 MB"):
            self.make(officer, max_bytes=2)

    def test_the_body_is_the_one_acted_for(self, officer):
        pending = self.make(officer)
        assert pending.organisation == officer.acting.organisation
        assert str(pending) == "花名册.xlsx"

    def test_storage_outside_an_import_page_is_refused(self):
        with pytest.raises(DomainError, match="导入页面"):
            storage.DatabaseStorage(name="x").read()
