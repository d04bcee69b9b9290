"""ListPage: title, filters, sort, pages, export; and nothing in the address breaks it."""

import csv
import io

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests import factories
from tests.factories import NOW
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.organisations.models import Organisation

pytestmark = pytest.mark.django_db
GARBAGE = [
    "",
    "0",
    "-1",
    "9" * 30,
    "1.5",
    "'",
    "' OR 1=1 --",
    '"><script>alert(1)</script>',
    "\x00",
    "%00",
    "％",
    "\ud7ff",
    "=1+1",
    "--code",
    "code,kind," * 500,
    "names__short",
    "{{ 7|add:7 }}",
    "2026-02-30",
    "x" * 3000,
]


@pytest.fixture
def reader(sample_site, people, sign_in):
    return sign_in(people[Role.BUREAU_OFFICER])


def rows(response):
    return [row.get_cell_value("code") for row in response.context["table"].page.object_list]


@pytest.mark.parametrize("name", ["page", "per_page", "sort", "export", "text", "kind", "parent", "valid_from", "zzz"])
def test_garbage_in_the_address_is_never_an_error(reader, name):
    total = Organisation.objects.count()
    for value in GARBAGE:
        response = reader.get("/sample/", {name: value})
        assert response.status_code == 200, value
        assert b"<script>alert" not in response.content, value
        if name in ("page", "per_page", "sort", "export", "zzz"):
            assert response.context["shown"] == total, value


def test_a_filter_that_makes_no_sense_is_named_and_filters_nothing(reader):
    response = reader.get("/sample/", {"kind": "district", "parent": "zz"})
    assert "所填无效，未按此项筛选" in response.content.decode()
    assert rows(response) == ["xiangzhou", "gaoxin"]


def test_the_title_tells_how_many_rows_one_may_see(reader):
    total = Organisation.objects.count()
    assert f"共 {total} 个" in reader.get("/sample/").content.decode()
    assert f"筛选出 2 个，共 {total} 个" in " ".join(
        reader.get("/sample/", {"kind": "district"}).content.decode().split()
    )


def test_filters_stand_in_the_address_and_sort_keeps_them(reader):
    body = reader.get("/sample/", {"kind": "district", "sort": "-code"}).content.decode()
    assert '<input type="hidden" name="sort" value="-code">' in body
    assert "kind=district" in body
    assert 'aria-sort="descending"' in body


def test_rows_are_sorted_by_a_column(reader):
    assert rows(reader.get("/sample/", {"kind": "district", "sort": "code"})) == ["gaoxin", "xiangzhou"]
    assert rows(reader.get("/sample/", {"kind": "district", "sort": "-code"})) == ["xiangzhou", "gaoxin"]


def test_rows_of_equal_rank_stand_on_one_page_each(reader):
    for number in range(30):
        factories.organisation(OrganisationKind.PARK, code=f"park-{29 - number:02d}", position=5)
    query = {"kind": "park", "per_page": "20", "sort": "kind"}
    pages = [rows(reader.get("/sample/", {**query, "page": page})) for page in ("1", "2")]
    assert [len(page) for page in pages] == [20, 10]
    assert len({*pages[0], *pages[1]}) == 30


@pytest.mark.parametrize(("asked", "shown"), [("1", 1), ("2", 2), ("99", 2), ("0", 1), ("-3", 1), ("x", 1)])
def test_a_page_beyond_the_end_is_the_last(reader, asked, shown):
    for _ in range(30):
        factories.organisation(OrganisationKind.PARK)
    response = reader.get("/sample/", {"kind": "park", "per_page": "20", "page": asked})
    assert response.context["table"].page.number == shown


def test_the_number_of_queries_does_not_grow_with_the_rows(reader):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert reader.get("/sample/", {"kind": "park"}).status_code == 200
        return len(captured)

    factories.organisation(OrganisationKind.PARK)
    queries()  # what is read once and kept
    one = queries()
    for _ in range(2):
        factories.organisation(OrganisationKind.PARK)
    assert queries() == one


def test_an_empty_list_says_why_and_what_to_do(reader):
    body = reader.get("/sample/", {"kind": "school"}).content.decode()
    assert "没有符合筛选条件的内容" in body
    assert "清除筛选" in body
    assert "导出" not in body


@time_machine.travel(NOW, tick=False)
def test_the_export_holds_exactly_what_is_shown_and_the_trail_knows(reader, people, settings):
    for number in range(60):
        factories.organisation(OrganisationKind.PARK, f"园区{number:02d}", code=f"park-{number:02d}")
    response = reader.get("/sample/", {"kind": "park", "sort": "-code", "export": "xlsx", "page": "2"})
    assert "%E5%8D%95%E4%BD%8D_20220315.xlsx" in response["Content-Disposition"]
    table = list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))
    assert table[0][0] == "单位"
    assert "演示数据" in table[1][0]
    assert "市局经办" in table[1][0]
    assert list(table[2]) == ["名称", "编码", "类别", "顺序（位）", "起始日期"]
    assert [row[1] for row in table[3:]] == [f"park-{number:02d}" for number in reversed(range(60))]
    assert table[3][0] == "园区59"
    assert table[3][2] == "园区"
    assert isinstance(table[3][3], int)
    assert table[3][4].date() == factories.FOUNDED
    event = Event.objects.get(action="export")
    assert event.actor == people[Role.BUREAU_OFFICER]
    assert event.detail["rows"] == 60
    assert "kind=park" in event.detail["address"]


def test_csv_holds_heads_and_rows_only(reader):
    response = reader.get("/sample/", {"kind": "district", "export": "csv"})
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert lines[0][:2] == ["名称", "编码"]
    assert [line[0] for line in lines[1:]] == ["香洲区", "高新区"]


def test_too_long_an_export_goes_back_with_the_reason(reader, monkeypatch):
    monkeypatch.setattr("zhuzun.ui.exports.MOST_ROWS", 3)
    response = reader.get("/sample/", {"export": "csv", "sort": "code"}, follow=True)
    assert response.redirect_chain == [("/sample/?sort=code", 302)]
    assert "一次最多导出 3 条，请先筛选。" in response.content.decode()


def test_an_export_may_need_a_permission_of_its_own(reader, monkeypatch):
    monkeypatch.setattr("tests.ui.sample.BodyList.export_permission", "audit.export_event")
    assert reader.get("/sample/", {"export": "csv"}).status_code == 403
    body = reader.get("/sample/").content.decode()
    assert "?export=xlsx" not in body
    assert "“导出审计记录”由审计管理员办理" in body


def test_who_may_not_add_reads_the_reason_beside_the_button(reader, people, sign_in):
    body = reader.get("/sample/").content.decode()
    assert "“登记单位”由系统管理员办理" in body
    assert 'href="/sample/add/"' not in body
    assert 'href="/sample/add/"' in sign_in(people[Role.SYSTEM_ADMIN]).get("/sample/").content.decode()
