"""Loading again: nothing that exists is changed, what differs is told, what is missing comes back."""

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from pairing.models import Pairing
from pairing.services import add_pairing
from tasks.loading import load_policy
from tasks.loading.files import waves
from tasks.models import Measure, Paragraph, PolicyDocument, Responsibility
from tests.tasks.policy_files import rewrite, small_copy
from zhuzun.organisations.models import Division, GroupMembership, KeyCountyDesignation, Organisation, OrganisationAlias

NOW = datetime(2021, 7, 26, 1, 0, tzinfo=UTC)
LATER = datetime(2021, 8, 2, 1, 0, tzinfo=UTC)
QUERIES_OF_A_SECOND_RUN = 35


def everything():
    """Every row of the portal's own tables, history included."""
    labels = ("organisations", "pairing", "tasks", "audit", "periods")
    models = [model for label in labels for model in apps.get_app_config(label).get_models()]
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in models}


@pytest.mark.usefixtures("whole_policy")
class TestSecondRun:
    def test_changes_nothing(self):
        before = everything()
        report = load_policy(now=LATER)
        assert not report.created
        assert report.differences == []
        assert everything() == before

    def test_asks_the_database_only_a_few_times(self, django_assert_max_num_queries):
        with django_assert_max_num_queries(QUERIES_OF_A_SECOND_RUN - 1):
            load_policy(now=LATER)


@pytest.fixture
def folder(db, tmp_path):
    """The policy without townships and villages, loaded."""
    copy = small_copy(tmp_path)
    load_policy(now=NOW, folder=copy)
    return copy


def test_what_the_bureau_edited_stays_and_is_told(folder):
    Division.objects.filter(code="520322").update(short_name="桐梓")
    Organisation.objects.filter(code="zh-nongkong").update(note="已更名")
    Pairing.objects.filter(number="JD2021-0008").update(valid_from=date(2021, 8, 1))
    Responsibility.objects.filter(written_as="市工业和信息局").update(position=9)
    wuchuan = Organisation.objects.get(code="zy-wuchuan")
    wuchuan.names.update(short="务川自治县")
    wuchuan.aliases.all().delete()
    GroupMembership.objects.filter(organisation__code="zh-hengqin").update(valid_to=date(2021, 9, 16))
    KeyCountyDesignation.objects.update(valid_to=date(2025, 12, 31))
    before = everything()
    report = load_policy(now=LATER, folder=folder)
    assert everything() == before
    told = [line.split(": ")[0] for line in report.differences]
    assert told == [
        "行政区划 520322 · short_name",
        "单位 zh-nongkong · note",
        "单位 zy-wuchuan · names",
        "单位 zy-wuchuan · aliases",
        *[line for line in told if line.startswith("责任分工")],
        "结对关系 JD2021-0008 · valid_from",
    ]
    assert sum(line.startswith("责任分工") for line in told) == 1
    assert "'桐梓' in the portal, '桐梓县' in the file" in report.differences[0]


def test_an_alias_that_the_bureau_adds_is_no_difference(folder):
    OrganisationAlias.objects.create(organisation=Organisation.objects.get(code="zh-renshe"), name="市人力社保局")
    assert load_policy(now=LATER, folder=folder).differences == []


def test_what_is_missing_comes_back(folder):
    Measure.objects.filter(number="9.4").delete()
    report = load_policy(now=LATER, folder=folder)
    assert report.created == {"任务措施": 1}
    assert Measure.objects.get(number="9.4").span.startswith("定期发布")


def test_townships_come_in_beside_what_stands(folder):
    """The full files after the small ones: only places are added."""
    report = load_policy(now=LATER)
    assert report.created == {"行政区划": 1733, "单位": 1733, "单位名称": 1733, "行文关系": 1738}
    assert [line for line in report.differences if " · position" not in line] == []


def test_a_pairing_that_the_bureau_made_itself_stands(folder):
    pairing = Pairing.objects.get(number="JD2021-0007")
    meitan = pairing.west
    pairing.delete()
    gaoxin = Organisation.objects.get(code="zh-gaoxin")
    own = add_pairing(
        kind="county",
        east=gaoxin,
        west=meitan,
        valid_from=date(2021, 7, 1),
        basis="手工登记",
        number="JD2021-0101",
        actor=None,
        now=NOW,
    )
    report = load_policy(now=LATER, folder=folder)
    assert Pairing.objects.county_level().get(west=meitan) == own
    assert report.differences == [
        "结对关系 JD2021-0007 not loaded: 这段时间内该县（市）已有帮扶区。请先填写原结对的截止日期，再建立新的结对。"
    ]


def test_an_ended_pairing_stays_ended(folder):
    Pairing.objects.filter(number="JD2021-0001").update(valid_to=date(2025, 12, 31))
    assert load_policy(now=LATER, folder=folder).differences == []
    assert Pairing.objects.get(number="JD2021-0001").valid_to == date(2025, 12, 31)


def test_a_broken_file_loads_nothing_at_all(db, tmp_path):
    folder = small_copy(tmp_path)
    rewrite(folder / "2021-12" / "areas.json", '"paragraph": 13', '"paragraph": 31')
    with pytest.raises(KeyError):
        load_policy(now=NOW, folder=folder)
    assert not Division.objects.exists()
    assert not PolicyDocument.objects.exists()


def test_a_successor_stands_beside_its_forerunner(folder):
    """No migration and no code: another folder with its own document, text and lists."""
    older, newer = folder / "2021-12", folder / "2026-01"
    newer.mkdir()
    for path in older.iterdir():
        (newer / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    for old, new in (
        ('"code": "2021-12"', '"code": "2026-01"'),
        ('"term_from": "2021-07-22"', '"term_from": "2026-03-01"'),
        ('"term_to": "2025-12-31"', '"term_to": "2030-12-31"'),
    ):
        rewrite(newer / "document.json", old, new)
    areas = (newer / "areas.json").read_text(encoding="utf-8").replace('"code": "', '"code": "next-')
    (newer / "areas.json").write_text(areas, encoding="utf-8")
    report = load_policy(now=LATER, folder=folder)
    assert report.differences == []
    assert Paragraph.objects.count() == 32
    assert Measure.objects.filter(number="7.1").count() == 2
    assert PolicyDocument.objects.latest_on(date(2026, 2, 28)).code == "2021-12"
    assert PolicyDocument.objects.latest_on(date(2026, 3, 1)).code == "2026-01"


def test_rows_that_need_each_other_are_an_error():
    with pytest.raises(ValueError, match="need each other"):
        list(waves({"a": "b", "b": "a"}, lambda need: (need,)))


@pytest.mark.django_db
def test_the_command_tells_what_it_did():
    def run(**options):
        out = StringIO()
        call_command("load_policy", stdout=out, **options)
        return out.getvalue().splitlines()

    assert "created: 任务措施 63" in run()
    assert run() == ["nothing is missing"]
    Division.objects.filter(level="village", parent__code="520324116").update(short_name="改名")
    lines = run()
    assert lines[1].startswith("left as it is: 行政区划 520324116")
    assert run(verbosity=0) == []


@pytest.mark.django_db
def test_the_command_shortens_a_long_list_of_differences(tmp_path):
    def run(**options):
        out = StringIO()
        call_command("load_policy", stdout=out, **options)
        return out.getvalue().splitlines()

    run(verbosity=0)
    Measure.objects.update(title="改")
    assert run()[-1] == "... 43 more differences; --verbosity 2 shows all"
    assert len(run(verbosity=2)) == 1 + 63
