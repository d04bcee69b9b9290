"""A successor policy is entered on pages, without a migration: document, paragraphs, areas, measures, units."""

from datetime import date

import pytest

from tasks.models import Measure, Paragraph, PolicyDocument, Responsibility, TaskArea
from tasks.services import enter_area, enter_document, enter_paragraphs
from tests.factories import NOW
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.errors import DomainError, Refused

TEXT = """一、总体要求
1. 指导思想。继续推进。
二、主要任务
2. 加强产业协作。引导企业落户，共建产业园区。（工作组，各区，市教育局、市乡村振兴局）
"""
MEASURES = "企业落户｜引导企业落户\n共建产业园区"


@pytest.fixture
def bureau(people):
    return people[Role.BUREAU_OFFICER]


def enter(policy, actor, **more):
    facts = {
        "code": "2026-03",
        "number": "测试〔2026〕3号",
        "title": "接续文件",
        "issuer": "测试领导小组",
        "issued_on": date(2026, 3, 1),
        "term_from": date(2026, 3, 1),
        "term_to": date(2030, 12, 31),
        "predecessor": policy.document,
    }
    return enter_document(**{**facts, **more}, actor=actor, now=NOW)


@pytest.fixture
def document(policy, bureau, world):
    world.group.aliases.create(name="工作组")
    found = enter(policy, bureau)
    enter_paragraphs(found, text=TEXT, actor=bureau, now=NOW)
    return found


def area_of(document, actor, **more):
    facts = {"name": "产业协作", "measures": MEASURES, "actor": actor, "now": NOW}
    return enter_area(document.paragraphs.get(number=2), **{**facts, **more})


def test_the_whole_way_by_services(document, bureau, world):
    area = area_of(document, bureau)
    assert (area.code, area.name) == ("2026-03-2", "产业协作")
    measures = Measure.objects.of(document)
    assert [(row.number, row.title, row.span) for row in measures] == [
        ("2.1", "企业落户", "引导企业落户"),
        ("2.2", "共建产业园区", "共建产业园区"),
    ]
    listed = Responsibility.objects.of_policy().filter(paragraph=area.paragraph).order_by("position")
    assert [row.organisation or row.group for row in listed] == [
        world.group,
        world.districts,
        world.education,
        world.bureau,
    ]
    assert [row.written_as for row in listed] == ["工作组", "各区", "市教育局", "市乡村振兴局"]
    assert PolicyDocument.objects.ledger_on(date(2026, 3, 1)) == document
    events = Event.objects.about(document).order_by("pk").values_list("action", flat=True)
    assert list(events) == ["tasks.enter_document", "tasks.enter_paragraphs", "tasks.enter_area"]


def test_names_that_mean_nothing_or_several_are_told_all_at_once(document, bureau, world):
    world.labour.aliases.create(name="市局")
    world.education.aliases.create(name="市局")
    with pytest.raises(DomainError) as caught:
        area_of(document, bureau, names=["市某局", "市局", "各区"])
    assert caught.value.message == "“市某局”不在单位名录中，请先登记单位或别称；“市局”对应多个单位，请写全称。"
    assert not TaskArea.objects.filter(paragraph__document=document).exists()
    assert not Measure.objects.of(document).exists()


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"measures": "引导企业落户。共建"}, "measures", "与条文原文不一致"),
        ({"measures": " \n"}, "measures", "至少登记一项措施"),
        ({"names": []}, "names", "没有列出责任单位"),
        ({"names": ["各区", "各区"]}, "names", "列了两次"),
    ],
)
def test_an_area_that_is_not_right_is_refused_whole(more, field, words, document, bureau):
    with pytest.raises(DomainError, match=words) as caught:
        area_of(document, bureau, **more)
    assert caught.value.field == field
    assert not TaskArea.objects.filter(paragraph__document=document).exists()


def test_paragraphs_may_be_put_right_until_the_first_area_is_entered(document, bureau):
    enter_paragraphs(document, text=TEXT.replace("继续推进", "深入推进"), actor=bureau, now=NOW)
    assert document.paragraphs.get(number=1).text == "1. 指导思想。深入推进。"
    area_of(document, bureau)
    with pytest.raises(DomainError, match="不能再整体替换"):
        enter_paragraphs(document, text=TEXT, actor=bureau, now=NOW)
    with pytest.raises(DomainError, match="已登记为任务领域"):
        area_of(document, bureau)


def test_the_loaded_policy_is_never_changed_here(policy, bureau):
    with pytest.raises(DomainError, match="随政策数据导入"):
        enter_paragraphs(policy.document, text=TEXT, actor=bureau, now=NOW)
    paragraph = Paragraph.objects.get(document=policy.document, number=6)
    with pytest.raises(DomainError, match="随政策数据导入"):
        enter_area(paragraph, name="结对", measures="结对", actor=bureau, now=NOW)


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"code": "中文"}, "code", "小写字母"),
        ({"code": "t-2021x" * 5}, "code", "2—16 个"),
        ({"term_to": date(2026, 2, 1)}, "term_to", "不能早于执行期起"),
        ({"term_from": date(2021, 12, 1), "term_to": None}, "term_from", "应晚于所接续文件"),
    ],
)
def test_a_document_that_makes_no_sense_is_refused_at_its_field(more, field, words, policy, bureau):
    with pytest.raises(DomainError, match=words) as caught:
        enter(policy, bureau, **more)
    assert caught.value.field == field


def test_a_code_is_used_once(policy, bureau):
    enter(policy, bureau)
    with pytest.raises(DomainError, match="已被其他文件使用"):
        enter(policy, bureau)
    assert PolicyDocument.objects.filter(code="2026-03").count() == 1


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.BUREAU_OFFICER}))
def test_only_the_bureaus_officer_enters(role, policy, people):
    with pytest.raises(Refused, match="由市局经办办理"):
        enter(policy, people[role])


def test_the_whole_way_by_pages(policy, world, bureau, sign_in):
    world.group.aliases.create(name="工作组")
    client = sign_in(bureau)
    typed = {
        "predecessor": policy.document.pk,
        "code": "2026-03",
        "number": "测试〔2026〕3号",
        "title": "接续文件",
        "issuer": "测试领导小组",
        "issued_on": "2026-03-01",
        "term_from": "2026-03-01",
        "upper_documents": "甲文件\n\n乙文件",
    }
    answer = client.post("/tasks/documents/new/", typed)
    assert answer["Location"] == "/tasks/documents/2026-03/paragraphs/"
    assert client.post(answer["Location"], {"text": TEXT})["Location"] == "/tasks/documents/2026-03/"
    page = client.get("/tasks/documents/2026-03/").content.decode()
    assert "/tasks/documents/2026-03/paragraphs/2/" in page
    assert "甲文件" in page
    form = client.get("/tasks/documents/2026-03/paragraphs/2/").context["form"]
    assert form["names"].value() == "工作组、各区、市教育局、市乡村振兴局"
    assert form["name"].value() == ""
    wrong = client.post(
        "/tasks/documents/2026-03/paragraphs/2/", {"name": "产业协作", "measures": "没有这句", "names": "各区"}
    )
    assert "与条文原文不一致" in wrong.content.decode()
    right = {"name": "产业协作", "measures": MEASURES, "names": form["names"].value()}
    assert client.post("/tasks/documents/2026-03/paragraphs/2/", right).status_code == 302
    assert "共建产业园区" in client.get("/tasks/areas/2026-03-2/").content.decode()
    assert client.get("/tasks/documents/2026-03/paragraphs/").context["form"]["text"].value().startswith("一、总体要求")


def test_the_name_used_before_is_offered_again(policy, document, bureau, sign_in):
    policy.paragraphs[1].heading = "加强产业协作"
    policy.paragraphs[1].save()
    form = sign_in(bureau).get("/tasks/documents/2026-03/paragraphs/2/").context["form"]
    assert form["name"].value() == "产业协作"
    assert "产业协作、劳务协作" in form.fields["name"].help_text


@pytest.mark.parametrize("role", [Role.BUREAU_HEAD, Role.DISTRICT_OFFICER, Role.LEADER])
def test_everybody_else_reads_why_not(role, document, people, sign_in):
    client = sign_in(people[role])
    page = client.get("/tasks/documents/").content.decode()
    assert "/tasks/documents/new/" not in page
    assert "“登记政策文件”由市局经办办理" in page
    for path in ("new/", "2026-03/paragraphs/", "2026-03/paragraphs/2/"):
        answer = client.get(f"/tasks/documents/{path}")
        assert answer.status_code == 403
        assert "由市局经办办理" in answer.content.decode()
    assert "/tasks/documents/2026-03/paragraphs/" not in client.get("/tasks/documents/2026-03/").content.decode()


def test_what_is_not_there_is_404(document, bureau, sign_in):
    client = sign_in(bureau)
    for path in ("none/", "none/paragraphs/", "2026-03/paragraphs/99/"):
        assert client.get(f"/tasks/documents/{path}").status_code == 404


def test_the_list_of_documents_is_searched_and_sorted(document, policy, bureau, sign_in):
    client = sign_in(bureau)
    both = client.get("/tasks/documents/").context["table"]
    assert {row.record.pk for row in both.rows} == {document.pk, policy.document.pk}
    found = client.get("/tasks/documents/", {"text": document.number}).context["table"]
    assert [row.record.pk for row in found.rows] == [document.pk]
    assert not client.get("/tasks/documents/?text=没有这样的文件").context["table"].rows
    assert client.get("/tasks/documents/?sort=-number").status_code == 200
