"""Figures from before the portal: one table, previewed, errors by cell, all or nothing, and marked wherever shown."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tasks.grid import build
from tasks.models import OpeningFigure
from tasks.services import opening_figures as services
from tests.tasks.cycle import FILING
from zhuzun.accounts.roles import Role
from zhuzun.errors import DomainError, Refused
from zhuzun.ui.workbook import Column, write_xlsx

TODAY = FILING.date()


@pytest.fixture
def october(opened_month):
    return opened_month


@pytest.fixture
def bureau(people):
    return people[Role.BUREAU_OFFICER]


def table(*rows, heads=("指标编码", "渠道", "截至月", "正安县", "务川县", "市级（不分县）")):
    return write_xlsx("上线前数据", [Column(head) for head in heads], rows)


GOOD = table(
    ("T-FUND01", "", "2026-09", "1，234.5", "0", ""),
    ("T-TAL02", "区选派", "2026年9月", "35", "", "7"),
)


def bring(data, actor, now=FILING):
    kept = services.upload(data, "表.xlsx", actor=actor, now=now)
    _, found = services.preview(kept.pk, actor=actor, now=now)
    return services.confirm(kept.pk, seen=found.mark, actor=actor, now=now)


def test_the_table_comes_in_and_a_second_time_changes_nothing(october, bureau):
    assert bring(GOOD, bureau) == 4
    values = OpeningFigure.objects.values_list("indicator__code", "place__code", "year", "month", "value")
    assert set(values) == {
        ("T-FUND01", "zhengan", 2026, 9, Decimal("1234.5")),
        ("T-FUND01", "wuchuan", 2026, 9, Decimal(0)),
        ("T-TAL02", "zhengan", 2026, 9, Decimal(35)),
        ("T-TAL02", "zunyi", 2026, 9, Decimal(7)),
    }
    assert services.read(GOOD, "表.xlsx", today=TODAY).lines == []


def test_it_stands_beside_the_cell_marked(october, bureau):
    bring(GOOD, bureau)
    report = october.report(october.world.xiangzhou)
    cell = next(one for one in build(report).cells() if one.entry.indicator == october.money)
    assert cell.quiet == ["9月累计 1,234.50（上线前数据）"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("X", "", "2026-09", "1", "", ""), "「上线前数据」表 A4：没有编码为“X”的指标。"),
        (("T-FUND01", "", "九月", "1", "", ""), "「上线前数据」表 C4：“九月”不是月份，请写成 2026-09 的形式。"),
        (("T-FUND01", "", "2026-11", "1", "", ""), "「上线前数据」表 C4：该月尚未结束。"),
        (("T-FUND01", "", "2026-09", "1.2万", "", ""), "「上线前数据」表 D4：请按单位填写，不写“万”，例如 12000。"),
        (("T-FUND01", "", "2026-09", "", "-3", ""), "「上线前数据」表 E4：不能填负数，请核对。"),
    ],
)
def test_errors_name_their_cell_and_stop_all_of_it(october, bureau, row, message):
    data = table(("T-FUND01", "", "2026-08", "5", "", ""), row)
    found = services.read(data, "表.xlsx", today=TODAY)
    assert [line.error for line in found.lines if line.error] == [message]
    with pytest.raises(DomainError, match="有 1 处有误"):
        bring(data, bureau)
    assert not OpeningFigure.objects.exists()


def test_a_figure_twice_in_the_table_is_told(october):
    data = table(("T-FUND01", "", "2026-09", "5", "", ""), ("T-FUND01", "", "2026-09", "6", "", ""))
    assert [bool(line.error) for line in services.read(data, "表.xlsx", today=TODAY).lines] == [False, True]


def test_only_the_bureau_brings_in(october, people):
    with pytest.raises(Refused):
        services.upload(GOOD, "表.xlsx", actor=people[Role.DISTRICT_OFFICER], now=FILING)


def test_the_template_names_every_figure_with_its_channels(october):
    found = services.read(services.template(today=TODAY), "模板.xlsx", today=TODAY)
    assert found.lines == []


def test_the_pages(october, bureau, sign_in, time_machine):
    time_machine.move_to(FILING, tick=False)
    client = sign_in(bureau)
    assert client.get(reverse("tasks:opening_template")).content[:2] == b"PK"
    file = SimpleUploadedFile("表.xlsx", GOOD)
    answer = client.post(reverse("tasks:opening_upload"), {"file": file}, follow=True)
    assert "读到 <b>4</b> 项" in answer.content.decode()
    seen = answer.context["found"].mark
    done = client.post(answer.redirect_chain[-1][0], {"seen": seen}, follow=True).content.decode()
    assert "已导入上线前数据 4 项。" in done
    assert "1,234.50" in done
    assert "2026年9月" in done
