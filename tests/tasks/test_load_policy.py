"""What stands in the portal after `load_policy`."""

from datetime import UTC, date, datetime

from django.db.models import Count, F, Q
from django.test import TestCase

from pairing.models import Pairing
from tasks.loading import load_policy
from tasks.models import (
    Duty,
    Indicator,
    IndicatorDefinition,
    Measure,
    Paragraph,
    PolicyDocument,
    Responsibility,
    TaskArea,
)
from tests.tasks.policy_files import DOCUMENT
from zhuzun.audit.models import Event
from zhuzun.organisations.kinds import PLACE_KINDS, OrganisationKind, Relation
from zhuzun.organisations.models import Division, KeyCountyDesignation, Organisation, OrganisationGroup

NOW = datetime(2021, 7, 26, 1, 0, tzinfo=UTC)
POLICY_DAY = date(2021, 7, 22)
BEFORE, AFTER = date(2021, 9, 16), date(2021, 9, 17)

# County: townships and villages that are offered and counted (pseudo-townships, islands and 虚拟社区 left out).
OFFERED = {
    "zh-hengqin": (1, 4),
    "zh-xiangzhou": (10, 135),
    "zh-jinwan": (4, 42),
    "zh-doumen": (6, 133),
    "zh-gaoxin": (1, 18),
    "zy-zhengan": (20, 154),
    "zy-tongzi": (25, 232),
    "zy-fenggang": (14, 87),
    "zy-wuchuan": (16, 124),
    "zy-chishui": (17, 127),
    "zy-xishui": (26, 257),
    "zy-meitan": (15, 137),
    "zy-daozhen": (15, 91),
}


def body(code):
    return Organisation.objects.get(code=code)


class LoadedPolicy(TestCase):
    """The policy, loaded once."""

    @classmethod
    def setUpTestData(cls):
        cls.report = load_policy(now=NOW)

    def test_numbers_of_the_policy(self):
        assert OrganisationGroup.objects.get(code="districts").members_on(POLICY_DAY).count() == 5
        assert Organisation.objects.filter(kind=OrganisationKind.COUNTY).count() == 8
        assert TaskArea.objects.count() == 7
        assert Paragraph.objects.count() == 16
        assert Measure.objects.count() == 63
        assert Duty.objects.count() == 23
        parties = Responsibility.objects.of_policy().values_list("organisation", "group").distinct()
        assert parties.count() == 24

    def test_spans_stand_in_the_paragraphs_as_stored(self):
        for measure in Measure.objects.select_related("paragraph"):
            assert measure.span in measure.paragraph.text
        assert {row.number: row.text for row in Paragraph.objects.all()} == DOCUMENT.paragraphs()

    def test_the_document(self):
        document = PolicyDocument.objects.latest_on(POLICY_DAY)
        assert str(document) == "珠委农组〔2021〕12号"
        assert (document.issued_on, document.printed_on) == (POLICY_DAY, date(2021, 7, 23))
        assert document.issuer != document.printer
        assert not document.demonstration
        assert PolicyDocument.objects.in_force_on(date(2025, 12, 31)).exists()
        assert not PolicyDocument.objects.in_force_on(date(2026, 1, 1)).exists()

    def test_brackets_keep_their_order(self):
        rows = Responsibility.objects.of_policy().filter(paragraph__number=9).order_by("position")
        assert [row.written_as for row in rows] == [
            *("珠海驻遵义工作组", "各区", "市委网信办", "市工业和信息局", "市财政局", "市乡村振兴局", "市商务局"),
            *("市工商联", "市供销社", "市农控集团"),
        ]
        assert rows[3].organisation == body("zh-gongxin")
        assert {row.valid_from for row in rows} == {POLICY_DAY}

    def test_bodies_are_found_by_every_spelling(self):
        for text, code in (
            ("市工业和信息局", "zh-gongxin"),
            ("市工业和信息化局", "zh-gongxin"),
            ("市东西部协作前方工作机构", "zh-gongzuozu"),
            ("前方工作机构", "zh-gongzuozu"),
            ("珠海驻遵义工作组", "zh-gongzuozu"),
            ("务川自治县", "zy-wuchuan"),
            ("务川仡佬族苗族自治县", "zy-wuchuan"),
            ("道真县", "zy-daozhen"),
        ):
            assert [found.code for found in Organisation.objects.called(text, POLICY_DAY)] == [code], text

    def test_hengqin_changes_its_name_and_relation_and_stays_the_same_body(self):
        hengqin = body("zh-hengqin")
        assert [hengqin.name_on(day) for day in (POLICY_DAY, BEFORE, AFTER)] == [
            *("横琴新区", "横琴新区", "横琴粤澳深度合作区"),
        ]
        for code in ("zh-hengqin", "zh-hengqin-zhenxing", "440402104", "440402104002"):
            relations = [body(code).relation_on(day) for day in (BEFORE, AFTER)]
            assert relations == [Relation.LOWER, Relation.SEPARATE], code
        village = body("440402104002")
        assert village.names.count() == 1
        assert village.name_on(AFTER) == "新家园社区"
        pairings = Pairing.objects.on(AFTER).filter(east=hengqin)
        assert [row.west.code for row in pairings] == ["zy-zhengan", "zy-tongzi"]

    def test_all_of_zunyi_is_not_subordinate(self):
        below = Organisation.objects.filter(
            Q(code="zy") | Q(parent__code="zy") | Q(parent__parent__code="zy") | Q(parent__parent__parent__code="zy")
        )
        assert below.count() == 1 + 1 + 8 + 8 + 148 + 1209
        assert not below.exclude(relations__relation=Relation.SEPARATE).exists()
        assert not Organisation.objects.filter(relations__isnull=True).exists()

    def test_departments_and_county_teams(self):
        for district in OrganisationGroup.objects.get(code="districts").members_on(POLICY_DAY):
            assert district.children.filter(kind=OrganisationKind.DISTRICT_DEPARTMENT).count() == 1
        group = body("zh-gongzuozu")
        for county in Organisation.objects.filter(kind=OrganisationKind.COUNTY):
            assert county.children.filter(kind=OrganisationKind.COUNTY_DEPARTMENT).count() == 1
            team = group.children.get(division=county.division)
            assert team.kind == OrganisationKind.COUNTY_TEAM
        assert group.children.count() == 8
        assert body("zy-xiezuoban").parent == body("zy")

    def test_every_place_has_exactly_one_body(self):
        bodies = Count("organisations", filter=Q(organisations__kind__in=PLACE_KINDS))
        assert not Division.objects.annotate(bodies=bodies).exclude(bodies=1).exists()
        assert Division.objects.count() == 2 + 13 + 179 + 1554
        places = Organisation.objects.filter(kind__in=[OrganisationKind.TOWN, OrganisationKind.VILLAGE])
        misplaced = places.exclude(parent__division=F("division__parent"))
        assert not misplaced.exists()

    def test_places_offered_by_county(self):
        for code, counts in OFFERED.items():
            towns = Division.objects.offered().towns().filter(parent__organisations__code=code)
            villages = Division.objects.offered().villages().filter(parent__parent__organisations__code=code)
            kinds = PLACE_KINDS
            assert towns.filter(parent__organisations__kind__in=kinds).distinct().count() == counts[0], code
            assert villages.filter(parent__parent__organisations__kind__in=kinds).distinct().count() == counts[1], code

    def test_a_place_leads_to_its_district_or_county(self):
        assert body("440402100001").anchor(OrganisationKind.DISTRICT) == body("zh-gaoxin")
        assert body("520324116").anchor(OrganisationKind.COUNTY) == body("zy-zhengan")
        assert body("520324116").name_on(POLICY_DAY) == "桴㯊镇"

    def test_eight_county_pairings_and_the_two_cities(self):
        rows = Pairing.objects.county_level().in_annex_order()
        assert [(row.number, row.east.name_on(POLICY_DAY), row.west.full_name_on(POLICY_DAY)) for row in rows] == [
            ("JD2021-0001", "横琴新区", "正安县"),
            ("JD2021-0002", "横琴新区", "桐梓县"),
            ("JD2021-0003", "香洲区", "凤冈县"),
            ("JD2021-0004", "香洲区", "务川仡佬族苗族自治县"),
            ("JD2021-0005", "金湾区", "赤水市"),
            ("JD2021-0006", "金湾区", "习水县"),
            ("JD2021-0007", "斗门区", "湄潭县"),
            ("JD2021-0008", "高新区", "道真仡佬族苗族自治县"),
        ]
        assert {(row.valid_from, row.valid_to, row.basis) for row in rows} == {
            (POLICY_DAY, None, "珠委农组〔2021〕12号")
        }
        cities = Pairing.objects.get(kind="city")
        assert (cities.east.code, cities.west.code) == ("zh", "zy")

    def test_key_counties_are_dated_and_have_a_basis(self):
        rows = KeyCountyDesignation.objects.on(POLICY_DAY).order_by("division__code")
        assert [row.division.name for row in rows] == ["正安县", "务川仡佬族苗族自治县"]
        assert all("附件" in row.basis for row in rows)
        assert not KeyCountyDesignation.objects.on(date(2021, 7, 21)).exists()

    def test_indicators_have_a_definition_from_a_day_on(self):
        assert not Indicator.objects.filter(definitions__isnull=True).exists()
        assert IndicatorDefinition.objects.on(date(2021, 1, 1)).count() == Indicator.objects.count()
        share = Indicator.objects.get(code="LAB05")
        assert (share.parent.code, share.unit, share.area.code) == ("LAB01", "人", "labour")

    def test_the_trail_tells_what_was_loaded(self):
        event = Event.objects.get(action="policy.load")
        assert (event.at, event.actor, event.object_label) == (NOW, None, "珠委农组〔2021〕12号")
        assert event.detail | {"工作日历": 256} == dict(self.report.created)
        assert event.detail["任务措施"] == 63
        assert Event.objects.filter(action="pairing.add").count() == 9

    def test_what_is_edited_by_hand_later_has_a_first_line_of_history(self):
        for row in (body("zy-zhengan"), body("520324116"), Indicator.objects.get(code="LAB01")):
            first = row.history.get()
            assert (first.history_type, first.history_date) == ("+", NOW)
