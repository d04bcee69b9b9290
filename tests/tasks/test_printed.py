"""The office's form on paper: whole or one section, filled or empty, with a mark of what it says."""

import pytest

from tasks import printed, reading
from tasks.figures import plain
from tasks.kinds import CellState
from tasks.services import filing
from tests.pairing.test_annex import text_of
from tests.tasks import filed
from tests.tasks.cycle import at
from zhuzun.accounts.roles import Role


@pytest.fixture
def october(opened_month):
    return opened_month


@pytest.fixture
def report(october, people):
    """香洲区's, filled by its officer."""
    return filed.fill(october.report(october.world.xiangzhou), by=people[Role.DISTRICT_OFFICER])


def page_of(sign_in, person, report, more=""):
    return text_of(sign_in(person).get(f"/tasks/reports/{report.pk}/print/{more}"))


def test_the_office_form_with_figures_and_the_line_for_names(report, people, sign_in):
    page = page_of(sign_in, people[Role.DISTRICT_OFFICER], report)
    for words in ("填报单位（盖章）：香洲区", "报告期：2026年10月", "财政援助资金到位", "万元", "填表人：", "审核人："):
        assert words in page
    assert "单位负责人： 联系电话： 填报日期：" in page
    said = {cell for line in printed.sheet(report).tables[0].lines for cell in line.cells}
    values = [entry for entry in reading.cells(report) if entry.state == CellState.VALUE]
    assert values
    assert {plain(entry.value, entry.item) for entry in values} <= said


def test_an_empty_form_says_no_figure(report, people, sign_in):
    empty = printed.sheet(report, filled=False)
    assert {cell for line in empty.tables[0].lines for cell in line.cells} == {""}
    assert empty.mark == ""
    assert "核对码" not in page_of(sign_in, people[Role.DISTRICT_OFFICER], report, "?empty=1")


def test_one_section_alone(report, people, sign_in):
    figures = report.sections.filter(kind="figures").first()
    text = report.sections.get(title="工作动态")
    whole, one, words = printed.sheet(report), *(printed.sheet(report, section=part) for part in (figures, text))
    assert len(whole.tables[0].places) > 1
    assert [str(place) for place in one.tables[0].places] == [str(figures)]
    assert one.texts == []
    assert words.tables == []
    assert [part.title for part in words.texts] == ["工作动态"]
    page = page_of(sign_in, people[Role.DISTRICT_OFFICER], report, f"?section={figures.pk}")
    assert f"（{figures}）" in page
    assert page_of(sign_in, people[Role.DISTRICT_OFFICER], report, "?section=999999")  # of no section: the whole


def test_the_mark_changes_with_what_the_sheet_says(report, people):
    before = printed.mark(report)
    assert printed.mark(report) == before
    cell = reading.cells(report)[0]
    change = filing.Change(entry=cell.pk, version=cell.version, typed="91")
    filing.save_cells(report, [change], actor=people[Role.DISTRICT_OFFICER], now=at(4, 12))
    reading.forget(report)
    changed = printed.mark(report)
    assert changed != before
    section = report.sections.get(title="工作动态")
    filing.save_text(
        section,
        {"practice": "新写一段。"},
        version=section.text.version if hasattr(section, "text") else 0,
        actor=people[Role.DISTRICT_OFFICER],
        now=at(4, 13),
    )
    reading.forget(report)
    assert printed.mark(report) not in (before, changed)


def test_a_short_text_is_one_box_under_its_own_name(report, people, sign_in):
    """工作动态 has no 主要做法, 成效 …; what a foreign form sends for them is not kept."""
    page = sign_in(people[Role.DISTRICT_OFFICER]).get(report.get_absolute_url()).content.decode()
    assert page.count("<textarea") == 1
    assert "主要做法" not in page
    section = report.sections.get(title="工作动态")
    version = section.text.version if hasattr(section, "text") else 0
    fields = {"practice": "动态一。", "results": "另一段"}
    text = filing.save_text(section, fields, version=version, actor=people[Role.DISTRICT_OFFICER], now=at(4, 12))
    assert (text.practice, text.results) == ("动态一。", "")
