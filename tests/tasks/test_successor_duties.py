"""The standing duties of a successor are entered on pages, paragraph by paragraph, and reach whom they name."""

from datetime import date

import pytest
from django.utils.html import strip_tags

from tasks.duties import unknown
from tasks.models import Duty, Paragraph, PolicyDocument, TaskArea
from tasks.services import enter_area, enter_document, enter_duties, enter_paragraphs
from tests.factories import NOW
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.audit.wording import changes_of
from zhuzun.errors import DomainError, Refused
from zhuzun.organisations.models import OrganisationGroup

TEXT = """一、主要任务
1. 加强产业协作。引导企业落户。（各区，市教育局）
二、保障措施
2. 加强组织领导。各区每年开展工作互访。市教育局牵头建立对接机制。媒体加强监督。
3. 加强资金保障。各区合理安排资金。
"""
LINES = "各区每年开展工作互访｜各区｜每年至少1次\n市教育局牵头建立对接机制 | 市教育局,工作专班 \n媒体加强监督"
PAGE = "/tasks/documents/2022-01/paragraphs/2/duties/"


@pytest.fixture
def bureau(people):
    return people[Role.BUREAU_OFFICER]


@pytest.fixture
def document(policy, bureau):
    """A successor whose term runs from 1 March 2022; no area is entered yet."""
    found = enter_document(
        code="2022-01",
        number="测试〔2022〕1号",
        title="接续文件",
        issuer="测试领导小组",
        issued_on=date(2022, 3, 1),
        term_from=date(2022, 3, 1),
        predecessor=policy.document,
        actor=bureau,
        now=NOW,
    )
    enter_paragraphs(found, text=TEXT, actor=bureau, now=NOW)
    return found


def enter(document, actor, lines=LINES, number=2):
    return enter_duties(document.paragraphs.get(number=number), duties=lines, actor=actor, now=NOW)


def area_of(document, actor, number=1, measures="引导企业落户"):
    paragraph = document.paragraphs.get(number=number)
    return enter_area(paragraph, name="产业协作", measures=measures, names=["各区"], actor=actor, now=NOW)


def test_lines_become_duties_in_the_documents_order(document, bureau):
    enter(document, bureau, "各区合理安排资金｜各区", number=3)
    enter(document, bureau)
    rows = [(row.code, row.paragraph.number, row.span, row.actor, row.periodicity) for row in document.duties.all()]
    assert rows == [
        ("R2.1", 2, "各区每年开展工作互访", "各区", "每年至少1次"),
        ("R2.2", 2, "市教育局牵头建立对接机制", "市教育局,工作专班", ""),
        ("R2.3", 2, "媒体加强监督", "", ""),
        ("R3.1", 3, "各区合理安排资金", "各区", ""),
    ]


def test_entering_again_takes_the_place_of_what_was_entered_and_the_trail_keeps_both(document, bureau):
    enter(document, bureau)
    enter(document, bureau, "媒体加强监督｜媒体｜发生时")
    assert [(row.code, row.actor) for row in document.duties.all()] == [("R2.1", "媒体")]
    event = Event.objects.about(document).filter(action="tasks.enter_duties").order_by("-pk").first()
    told = {word: (before, after) for word, before, after in changes_of(event)}
    assert told["条文"] == ("", "第2条 加强组织领导")
    assert told["保障职责"][0].startswith("R2.1 各区每年开展工作互访｜各区｜每年至少1次；R2.2 市教育局牵头")
    assert told["保障职责"][1] == "R2.1 媒体加强监督｜媒体｜发生时"
    with pytest.raises(DomainError, match="没有变化"):
        enter(document, bureau, " 媒体加强监督｜媒体｜发生时 \n")


def test_no_line_at_all_strikes_them_but_is_no_first_entry(document, bureau):
    with pytest.raises(DomainError, match="至少登记一项") as caught:
        enter(document, bureau, " \n")
    assert caught.value.field == "duties"
    enter(document, bureau)
    assert enter(document, bureau, "") == []
    assert not document.duties.exists()


def test_every_wrong_line_is_told_and_nothing_is_saved(document, bureau):
    long = f"工作互访｜{'长' * 61}｜{'久' * 41}"
    wrong = ["各区每年互访｜各区", "｜各区", "媒体加强监督｜媒体", "各区合理安排资金", long, "互访｜a｜b｜c"]
    lines = "\n".join(["媒体加强监督", *wrong])
    with pytest.raises(DomainError) as caught:
        enter(document, bureau, lines)
    assert caught.value.field == "duties"
    assert caught.value.message == (
        "第2行“各区每年互访”与条文原文不一致，请从条文中逐字复制（注意全角、半角和标点）。"
        "第3行应为“原文｜承担者｜频次”，承担者、频次可以不写。"
        "第4行与第1行的原文相同，请合为一行，承担者用顿号隔开。"
        "第5行“各区合理安排资金”与条文原文不一致，请从条文中逐字复制（注意全角、半角和标点）。"
        "第6行的承担者超过 60 字，请缩短。第6行的频次超过 40 字，请缩短。"
        "第7行应为“原文｜承担者｜频次”，承担者、频次可以不写。"
    )
    assert not Duty.objects.exists()


def test_no_more_than_the_codes_and_places_hold(document, bureau):
    long = "2. 很长。" + "".join(f"第{n}事。" for n in range(31))
    enter_paragraphs(document, text=long, actor=bureau, now=NOW)
    with pytest.raises(DomainError, match="最多登记 30 项"):
        enter(document, bureau, "\n".join(f"第{n}事" for n in range(31)))
    enter(document, bureau, "\n".join(f"第{n}事" for n in range(30)))
    assert document.duties.last().code == "R2.30"


def test_a_paragraph_is_an_area_or_has_duties_not_both(document, bureau):
    area_of(document, bureau)
    with pytest.raises(DomainError, match="第1条 加强产业协作已登记为任务领域"):
        enter(document, bureau, "引导企业落户｜各区", number=1)
    enter(document, bureau)
    with pytest.raises(DomainError, match="第2条 加强组织领导已登记保障职责"):
        area_of(document, bureau, number=2, measures="媒体加强监督")
    assert TaskArea.objects.filter(paragraph__document=document).count() == 1


def test_the_text_stands_fast_while_a_duty_hangs_on_it(document, bureau):
    enter(document, bureau)
    with pytest.raises(DomainError, match="登记了保障职责，条文不能再整体替换"):
        enter_paragraphs(document, text=TEXT, actor=bureau, now=NOW)
    enter(document, bureau, "")
    enter_paragraphs(document, text=TEXT, actor=bureau, now=NOW)


def test_a_paragraph_that_was_entered_anew_meanwhile_is_refused_in_words(document, bureau):
    old = document.paragraphs.get(number=2)
    enter_paragraphs(document, text=TEXT, actor=bureau, now=NOW)
    with pytest.raises(DomainError, match="条文已被重新录入"):
        enter_duties(old, duties=LINES, actor=bureau, now=NOW)


def test_the_loaded_policy_is_never_changed_here(policy, bureau):
    paragraph = Paragraph.objects.get(document=policy.document, number=6)
    with pytest.raises(DomainError, match="随政策数据导入"):
        enter_duties(paragraph, duties="探索开展镇街", actor=bureau, now=NOW)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.BUREAU_OFFICER}))
def test_only_the_bureaus_officer_enters(role, document, people, sign_in):
    with pytest.raises(Refused, match="由市局经办办理"):
        enter(document, people[role])
    answer = sign_in(people[role]).get(PAGE)
    assert answer.status_code == 403
    assert "由市局经办办理" in answer.content.decode()
    assert PAGE not in sign_in(people[role]).get("/tasks/documents/2022-01/").content.decode()


def test_the_way_by_pages(document, bureau, sign_in, time_machine):
    time_machine.move_to(NOW, tick=False)
    area_of(document, bureau)
    client = sign_in(bureau)
    page = client.get("/tasks/documents/2022-01/").content.decode()
    assert PAGE in page
    assert "/paragraphs/1/duties/" not in page
    form = client.get(PAGE)
    assert "各区每年开展工作互访。市教育局牵头" in form.content.decode()
    wrong = client.post(PAGE, {"duties": "没有这句｜各区"})
    assert "第1行“没有这句”与条文原文不一致" in wrong.content.decode()
    done = client.post(PAGE, {"duties": LINES}, follow=True)
    assert done.redirect_chain == [("/tasks/documents/2022-01/", 302)]
    text = strip_tags(done.content.decode())
    assert "已登记 3 项保障职责。“工作专班”不在单位名录和分组中" in text
    assert "R2.2" in text
    assert '/tasks/documents/2022-01/paragraphs/2/"' not in done.content.decode()
    assert client.get(PAGE).context["form"]["duties"].value().splitlines() == [
        "各区每年开展工作互访｜各区｜每年至少1次",
        "市教育局牵头建立对接机制｜市教育局,工作专班",
        "媒体加强监督",
    ]
    cleared = client.post(PAGE, {"duties": ""}, follow=True)
    assert "已撤销本条登记的保障职责。" in cleared.content.decode()
    assert client.get("/tasks/documents/2022-01/paragraphs/99/duties/").status_code == 404


def test_whoever_comes_second_is_told_instead_of_undoing_the_first(document, bureau, sign_in):
    client = sign_in(bureau)
    seen = client.get(PAGE).context["seen"]
    enter(document, bureau)
    answer = client.post(PAGE, {"duties": "媒体加强监督", "seen": seen})
    page = answer.content.decode()
    assert "您打开本页后已有变动" in page
    assert "登记保障职责" in page
    assert answer.context["form"]["duties"].value() == "媒体加强监督"
    assert document.duties.count() == 3


def mine(sign_in, people, role, day="2022-03-15"):
    page = sign_in(people[role]).get(f"/tasks/mine/?on={day}")
    return [duty.code for duty in page.context["mine"]], strip_tags(page.content.decode())


def test_they_reach_whom_they_name(document, bureau, people, sign_in):
    area_of(document, bureau)
    enter(document, bureau)
    assert mine(sign_in, people, Role.DISTRICT_OFFICER)[0] == ["R2.1"]
    assert mine(sign_in, people, Role.UNIT_OFFICER)[0] == ["R2.2"]
    assert mine(sign_in, people, Role.COUNTY_OFFICER)[0] == []


def test_a_successor_without_areas_adds_its_duties_to_those_that_stand(policy, document, bureau, people, sign_in):
    Duty.objects.create(document=policy.document, code="R14.4", position=1, span="原有职责", actor="各区")
    enter(document, bureau)
    codes, page = mine(sign_in, people, Role.DISTRICT_OFFICER)
    assert codes == ["R14.4", "R2.1"]
    assert "测试〔2022〕1号" in page
    assert mine(sign_in, people, Role.DISTRICT_OFFICER, "2022-02-28")[0] == ["R14.4"]
    area_of(document, bureau)
    assert mine(sign_in, people, Role.DISTRICT_OFFICER)[0] == ["R2.1"]


def test_a_group_named_as_bearer_means_its_members_of_the_day(document, world, bureau, people, sign_in):
    crew = OrganisationGroup.objects.create(code="crew", name="资金专班")
    crew.memberships.create(organisation=world.education, valid_from=date(2022, 3, 10))
    area_of(document, bureau)
    rows = enter(document, bureau, "媒体加强监督｜资金专班；某某单位、市有关")
    assert mine(sign_in, people, Role.UNIT_OFFICER)[0] == ["R2.1"]
    assert mine(sign_in, people, Role.UNIT_OFFICER, "2022-03-09")[0] == []
    assert unknown(rows, date(2022, 3, 15)) == ["某某单位", "市有关"]


def test_documents_that_stand_together(policy, document, bureau):
    first = policy.document
    standing = PolicyDocument.objects.standing_with
    assert set(standing(first, date(2022, 3, 1))) == {first, document}
    assert set(standing(first, date(2022, 2, 28))) == {first}
    assert set(standing(document, date(2022, 3, 1))) == {document}
