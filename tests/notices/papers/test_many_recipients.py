"""A paper to 300 bodies: as many queries as one to three, and served in one transaction or not at all."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from zhuzun.accounts.roles import Role
from zhuzun.documents.papers.sheet import Sheet
from zhuzun.notices.models import Message, Reminder
from zhuzun.notices.papers import telling
from zhuzun.notices.papers.kinds import Channel, PaperState
from zhuzun.notices.papers.models import Paper
from zhuzun.notices.papers.printing import sheet_of
from zhuzun.notices.papers.services import serving
from zhuzun.organisations.kinds import OrganisationKind, Relation

NUMBER = 300
BATCHES = 4  # a few more statements where rows are written in batches


@pytest.fixture
def bodies(world):
    """300 municipal units, the first with somebody in it."""
    made = [
        factories.organisation(OrganisationKind.MUNICIPAL_UNIT, f"局{n}", parent=world.zhuhai, relation=Relation.EQUAL)
        for n in range(NUMBER)
    ]
    factories.person(Role.UNIT_OFFICER, made[0])
    return made


def drafted(desk, bodies):
    return desk.draft(to=bodies, kind="supervision", title="督办单")


def test_three_hundred_cost_what_three_cost(desk, bodies, sign_in, monkeypatch):
    inner = {"kind": "supervision", "title": "督办单"}
    few, many = (desk.at(PaperState.ISSUING, to=to, **inner) for to in (bodies[:3], bodies))
    officer, clerk = sign_in(desk.people[Role.BUREAU_OFFICER]), {"actor": desk.people[Role.CLERK], "now": factories.NOW}

    def cost(act):
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    def page(paper, below=""):
        return cost(lambda: officer.get(f"/notices/{paper.pk}/{below}"))

    page(few)
    assert page(many) == page(few)

    def fail(*args):
        raise RuntimeError("the power went")

    with monkeypatch.context() as broken:
        broken.setattr(telling, "served", fail)
        with pytest.raises(RuntimeError):
            serving.issue(many, **clerk)
    many = Paper.objects.get(pk=many.pk)
    assert (many.state, many.deliveries.count()) == (PaperState.ISSUING, 0)

    served = [cost(lambda paper=paper: serving.issue(paper, **clerk)) for paper in (few, many)]
    assert served[1] <= served[0] + BATCHES
    assert many.deliveries.count() == NUMBER
    assert many.deliveries.filter(channel=Channel.PORTAL).count() == 1
    assert Message.objects.filter(object_id=str(many.pk), title__startswith="收文").count() == 1
    assert page(many) == page(few)

    many.deliveries.update(channel=Channel.PORTAL)
    reminded = [cost(lambda paper=paper: serving.remind(paper, **clerk)) for paper in (few, many)]
    assert reminded[1] <= reminded[0] + 2 * BATCHES  # messages and reminders
    assert Reminder.objects.about(many).filter(message__kind="reminder").count() == NUMBER
    assert serving.remind(many, **clerk) == 0  # once a day

    assert f"局7等 {NUMBER} 个单位" in officer.get(f"/notices/{drafted(desk, bodies).pk}/submit/").content.decode()
    drafts = [desk.draft(to=to, **inner) for to in (bodies[:3], bodies)]
    page(drafts[0], "recipients/")
    assert page(drafts[1], "recipients/") == page(drafts[0], "recipients/")


def test_more_than_a_paper_takes_are_refused_and_stay_ticked(desk, bodies, sign_in, monkeypatch):
    monkeypatch.setattr("zhuzun.notices.papers.services.drafting.MOST_RECIPIENTS", NUMBER - 1)
    draft = desk.draft()
    sent = {f"to-{body.pk}": "copy" for body in bodies}
    answer = sign_in(desk.people[Role.BUREAU_OFFICER]).post(f"/notices/{draft.pk}/recipients/", sent)
    assert f"主送、抄送合计不超过 {NUMBER - 1} 个单位" in answer.content.decode()
    assert sum(row["chosen"] == "copy" for _, rows in answer.context["groups"] for row in rows) == NUMBER
    assert draft.recipients.count() == 1


def test_bodies_of_one_kind_and_kinds_are_parted_as_the_rules_on_papers_say(desk, world):
    district = factories.organisation(OrganisationKind.DISTRICT, "某区", parent=world.zhuhai, relation=Relation.LOWER)
    units = [
        factories.organisation(
            OrganisationKind.MUNICIPAL_UNIT, f"某{n}局", parent=world.zhuhai, relation=Relation.EQUAL
        )
        for n in "甲乙"
    ]
    paper = desk.draft(to=[*units, district], kind="notice")
    assert paper.addressed_to == paper.sent_to == "某甲局、某乙局，某区"
    assert sheet_of(paper).addressees == (("某甲局", "某乙局"), ("某区",))
    assert Sheet.from_json(sheet_of(paper).to_json()) == sheet_of(paper)
