"""The real policy through the pages: 7 areas, 63 measures, 24 responsible parties, and the brackets of ¶7–13."""

from datetime import date
from html import unescape

import pytest
from django.utils.html import strip_tags

from tasks import ledger, matrix
from tasks.computed import COUNTS
from tasks.kinds import Family
from tasks.models import Indicator, Measure, Paragraph
from tests.factories import person
from tests.tasks.policy_files import DOCUMENT
from zhuzun.accounts.roles import Role
from zhuzun.organisations.models import Organisation

BEFORE, AFTER = date(2021, 9, 16), date(2021, 9, 17)  # 横琴 changes its name


class TestWholePolicy:
    """What the ledger and the matrix show of the loaded policy."""

    @pytest.fixture(autouse=True)
    def _officer(self, whole_policy, client):
        self.document, self.client = whole_policy, client
        client.force_login(person(Role.UNIT_OFFICER, Organisation.objects.get(code="zh-jiaoyu")))

    def page(self, path):
        response = self.client.get(path)
        assert response.status_code == 200
        return unescape(response.content.decode())

    def test_all_measures_and_all_paragraphs_stand_on_one_page_verbatim(self):
        page = self.page("/tasks/areas/?on=2022-03-15")
        text = strip_tags(page)
        measures = list(Measure.objects.all())
        assert len(measures) == 63
        for measure in measures:
            assert measure.span in page
            assert f'id="t{measure.number}"' in page  # marked in place
        for paragraph in Paragraph.objects.all():
            assert paragraph.text in text
        for words in (self.document.covering_text, self.document.recipients, *self.document.upper_documents):
            assert words in text
        assert "依据文件执行期至2025年" in text

    def test_the_matrix_has_24_parties_and_the_brackets_totals(self):
        read = ledger.read(self.document, AFTER)
        rows = matrix.build(read, expand=False)
        listed = DOCUMENT.json("responsibilities.json")
        assert (len(read.entries), len(rows)) == (7, 24)
        assert sum(row.total for row in rows) == len(listed)
        per_paragraph = [sum(row["paragraph"] == number for row in listed) for number in range(7, 14)]
        assert list(matrix.counts(rows, read).values()) == per_paragraph
        assert {row.name for row in rows if row.total == 7} == {"珠海驻遵义工作组", "各区", "市乡村振兴局"}

    def test_the_five_districts_stand_in_the_groups_place_under_the_names_of_the_day(self):
        for day, hengqin in ((BEFORE, "横琴新区"), (AFTER, "横琴粤澳深度合作区")):
            rows = matrix.build(ledger.read(self.document, day), expand=True)
            assert len(rows) == 28
            members = [row.name for row in rows if row.member_of == "各区"]
            assert members == [hengqin, "香洲区", "金湾区", "斗门区", "高新区"]

    def test_each_bracket_keeps_its_order_and_its_own_spelling(self):
        entries = {entry.paragraph.number: entry for entry in ledger.read(self.document, AFTER).entries}
        for number, entry in entries.items():
            written = [
                row["written_as"] for row in DOCUMENT.json("responsibilities.json") if row["paragraph"] == number
            ]
            assert [party.row.written_as for party in entry.parties] == written
        slip = next(party for party in entries[9].parties if party.written_as)
        assert (slip.name, slip.written_as) == ("市工业和信息化局", "市工业和信息局")

    def test_a_unit_finds_the_four_areas_that_list_it_and_its_duties(self):
        self.page("/tasks/mine/?on=2022-03-15")
        context = self.client.get("/tasks/mine/?on=2022-03-15").context
        assert [share.entry.paragraph.number for share in context["shares"]] == [7, 10, 11, 13]
        assert [duty.code for duty in context["mine"]] == ["R0.1", "R14.3", "R14.8"]

    def test_every_figure_of_the_pairings_is_computed_and_every_computed_figure_has_a_rule(self):
        codes = set(Indicator.objects.filter(family=Family.PAIR).values_list("code", flat=True))
        assert codes == set(COUNTS)

    def test_every_area_and_measure_has_a_page_that_the_ledger_links(self):
        page = self.page("/tasks/areas/")
        for measure in Measure.objects.select_related("paragraph__area")[::9]:
            path = f"/tasks/areas/{measure.paragraph.area.code}/{measure.number}/"
            assert f'href="{path}"' in page
            assert measure.span in self.page(path)

    def test_a_bodys_own_page_says_what_it_answers_for(self):
        page = strip_tags(self.page("/organisations/zh-caizheng/"))
        assert "主要任务" in page
        assert "第9条，文件直接列名" in page
        assert "文件直接列名" not in strip_tags(self.page("/organisations/zy-meitan/"))
