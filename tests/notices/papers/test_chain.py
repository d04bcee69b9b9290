"""The way of a paper: every state × step × role, three people, rounds, and who is told."""

from datetime import UTC, date, datetime

import pytest

from tests.notices.papers import making
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.documents.services import attachments_of
from zhuzun.errors import DomainError, Refused
from zhuzun.notices.models import Message
from zhuzun.notices.papers.kinds import Act, Joining, PaperState, Standing
from zhuzun.notices.papers.models import Paper
from zhuzun.notices.papers.services import chain, drafting, serving
from zhuzun.notices.papers.workflow import PAPER

NOW = making.NOW
S = PaperState

# state: step → the roles that may take it; a step that is not named is not offered in that state to anybody
OFFICER, HEAD, LEADER, CLERK = Role.BUREAU_OFFICER, Role.BUREAU_HEAD, Role.BUREAU_LEADER, Role.CLERK
TABLE = {
    S.DRAFT: {"submit": {OFFICER, HEAD}, "discard": {OFFICER, HEAD}},
    S.RETURNED: {"submit": {OFFICER, HEAD}, "discard": {OFFICER, HEAD}},
    S.CHECKING: {
        "recall": {OFFICER, HEAD},
        "check_cosign": set(),  # nobody has to countersign
        "check": {HEAD},
        "sign_outside": {CLERK},
        "return_check": {HEAD},
        "void": {CLERK},
    },
    S.SIGNING: {"sign": {LEADER}, "sign_outside": {CLERK}, "return_sign": {LEADER}, "void": {CLERK}},
    S.REVIEWING: {"review": {CLERK}, "return_review": {CLERK}, "void": {CLERK}},
    S.NUMBERING: {"number": {CLERK}, "void": {CLERK}},
    S.PRINTING: {"print": {CLERK}, "void": {CLERK}},
    S.ISSUING: {"issue": {CLERK}, "void": {CLERK}},
    S.ISSUED: {"file": {CLERK}, "revoke": {LEADER, CLERK}, "repeal": {LEADER, CLERK}},
    S.FILED: {"revoke": {LEADER, CLERK}, "repeal": {LEADER, CLERK}},
    S.VOID: {},
    S.REVOKED: {},
    S.REPEALED: {},
}


def made(desk, state):
    """A paper in this state; an inner form needs no scan before 印发."""
    if state == S.RETURNED:
        return chain.give_back(desk.at(S.CHECKING), reason="请补充", actor=desk.people[HEAD], now=NOW)
    if state == S.VOID:
        return chain.void(desk.draft(), reason="不再需要", actor=desk.people[OFFICER], now=NOW)
    if state in (S.REVOKED, S.REPEALED):
        step = "revoke" if state == S.REVOKED else "repeal"
        return chain.end(desk.at(S.ISSUED), step, reason="内容有误", actor=desk.people[CLERK], now=NOW)
    kind = {"kind": "supervision"} if state == S.ISSUING else {}
    return desk.at(state, **kind)


@pytest.mark.parametrize("state", TABLE)
def test_who_may_do_what_where(desk, state):
    paper = made(desk, state)
    found = {
        step.name: {
            role
            for role, person in desk.people.items()
            if PAPER.why_not(Paper.objects.get(pk=paper.pk), step.name, actor=person, now=NOW).allowed
        }
        for step in PAPER.steps
    }
    wanted = {step.name: TABLE[state].get(step.name, set()) for step in PAPER.steps}
    assert found == wanted


def test_the_table_names_every_state_but_cosigning():
    assert set(TABLE) == set(S) - {S.COSIGNING}


def test_a_whole_way_inside(desk):
    paper = desk.at(S.FILED)
    assert (paper.signed_on, paper.printed_on, paper.filed_as) == (date(2022, 3, 15), date(2022, 3, 15), "2022-001")
    assert (paper.checked_by, paper.signed_by) == (desk.people[HEAD], desk.people[LEADER])
    assert not paper.signed_outside
    acts = list(paper.rounds.values_list("act", "by__name"))
    assert acts == [
        (Act.SUBMITTED, desk.people[OFFICER].name),
        (Act.CHECKED, desk.people[HEAD].name),
        (Act.SIGNED, desk.people[LEADER].name),
    ]
    events = list(Event.objects.about(paper).order_by("pk").values_list("action", flat=True))
    assert events == [
        "paper.draft",
        "paper.address",
        "paper.submit",
        "paper.check",
        "paper.sign",
        "paper.review",
        "paper.number",
        "paper.print",
        "attachment.add",
        "paper.issue",
        "paper.file",
    ]


def test_whoever_is_next_is_told(desk):
    paper = desk.at(S.REVIEWING)
    told = Message.objects.filter(kind="paper", object_id=str(paper.pk)).order_by("pk")
    assert [(one.title, one.roles) for one in told] == [
        (f"待核稿：{paper.title}", ",bureau_head,"),
        (f"待签发：{paper.title}", ",bureau_leader,"),
        (f"待复核、编号、印发：{paper.title}", ",clerk,"),
    ]


# --- three people ----------------------------------------------------------------------------------------------------
def test_the_head_does_not_check_what_he_drafted(desk):
    head = desk.people[HEAD]
    paper = drafting.draft(
        kind="notice", identity=desk.offices[Standing.LEADING_GROUP], title="通知", actor=head, now=NOW
    )
    drafting.address(paper, main=[desk.world.xiangzhou], copies=[], actor=head, now=NOW)
    paper = chain.submit(paper, actor=head, now=NOW)
    with pytest.raises(DomainError, match="由您拟稿，须由另一位同事核稿"):
        chain.check(paper, actor=head, now=NOW)
    paper.identity.joining = Joining.DRAFT_CHECK
    paper.identity.save()
    assert chain.check(Paper.objects.get(pk=paper.pk), actor=head, now=NOW).state == S.SIGNING


def test_whoever_passed_a_draft_on_drafted_it_too(desk):
    paper = chain.submit(desk.draft(), actor=desk.people[HEAD], now=NOW)
    with pytest.raises(DomainError, match="由您拟稿"):
        chain.check(paper, actor=desk.people[HEAD], now=NOW)


def outside(desk, paper, **changed):
    facts = {
        "checker_name": "王核",
        "checked_on": date(2022, 3, 10),
        "signer_name": "李签",
        "signed_on": date(2022, 3, 11),
        "data": making.PDF,
        "filename": "发文稿纸.pdf",
    }
    return chain.sign_outside(paper, actor=desk.people[CLERK], now=NOW, **{**facts, **changed})


def test_signed_outside_the_clerk_enters_who_and_when_and_files_the_sheet(desk):
    paper = outside(desk, desk.at(S.CHECKING))
    assert (paper.state, paper.signed_outside) == (S.REVIEWING, True)
    assert (paper.checker_name, paper.signer_name, paper.signed_on) == ("王核", "李签", date(2022, 3, 11))
    sheet = attachments_of(paper.rounds.last()).get()
    assert (sheet.kind, sheet.note) == ("signed", "发文稿纸")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"signer_name": "DRAFTER"}, "拟稿人不能签发"),
        ({"checker_name": "DRAFTER"}, "核稿人与拟稿人须为两人"),
        ({"checker_name": "李签"}, "核稿人与签发人须为两人"),
        ({"signer_name": " "}, "请填写核稿人和签发人"),
        ({"signed_on": date(2022, 3, 16)}, "签发日期不能晚于今天"),
        ({"checked_on": date(2022, 3, 12)}, "核稿日期不能晚于签发日期"),
        ({"data": b"no file of that kind"}, "文件"),
    ],
)
def test_on_paper_the_same_rules_hold(desk, changed, why):
    paper = desk.at(S.CHECKING)
    changed = {key: paper.drafted_by.name if value == "DRAFTER" else value for key, value in changed.items()}
    with pytest.raises(DomainError, match=why):
        outside(desk, paper, **changed)
    assert Paper.objects.get(pk=paper.pk).state == S.CHECKING


# --- what holds a paper back -----------------------------------------------------------------------------------------
def test_a_draft_without_text_title_or_recipient_goes_nowhere(desk):
    officer = {"actor": desk.people[OFFICER], "now": NOW}
    identity = desk.offices[Standing.LEADING_GROUP]
    paper = drafting.draft(kind="notice", identity=identity, title="", blocks=[], **officer)
    for why, mend in (
        ("尚未填写标题", lambda: drafting.change_head(paper, kind="notice", identity=identity, title="题", **officer)),
        ("尚未填写正文", lambda: drafting.write(paper, blocks=desk_text(), **officer)),
        ("尚未填写主送机关", lambda: drafting.address(paper, main=[desk.world.zhengan], copies=[], **officer)),
        (
            "主送 正安县：与该单位不相隶属，只能用函，或列为抄送",
            lambda: drafting.address(paper, main=[desk.world.xiangzhou], copies=[desk.world.zhengan], **officer),
        ),
    ):
        with pytest.raises(DomainError, match=why):
            chain.submit(Paper.objects.get(pk=paper.pk), **officer)
        mend()
    assert chain.submit(Paper.objects.get(pk=paper.pk), **officer).state == S.CHECKING


def desk_text():
    return [making.Paragraph("正文。")]


def test_a_report_goes_to_one_body(desk):
    paper = desk.draft(kind="report", standing=Standing.BUREAU, title="关于协作情况的报告")
    upper = desk.offices[Standing.LEADING_GROUP].organisation
    drafting.address(paper, main=[desk.world.zhuhai, upper], copies=[], actor=desk.people[OFFICER], now=NOW)
    with pytest.raises(DomainError, match="报告只主送一个上级机关"):
        chain.submit(Paper.objects.get(pk=paper.pk), actor=desk.people[OFFICER], now=NOW)


def test_what_is_under_way_is_not_written(desk):
    paper = desk.at(S.CHECKING)
    with pytest.raises(DomainError, match="目前是“待核稿”，不能修改"):
        drafting.write(paper, blocks=desk_text(), actor=desk.people[OFFICER], now=NOW)


def test_a_foreign_officer_drafts_nothing(desk):
    with pytest.raises(Refused, match="“拟稿”由市局经办、市局科室负责人办理"):
        drafting.draft(
            kind="notice",
            identity=desk.offices[Standing.BUREAU],
            title="题",
            actor=desk.people[Role.DISTRICT_OFFICER],
            now=NOW,
        )


def test_countersigning_holds_it_back_until_it_is_done(desk):
    officer = {"actor": desk.people[OFFICER], "now": NOW}
    paper = drafting.ask_cosigners(desk.draft(), bodies=[desk.world.education], **officer)
    paper = chain.check(chain.submit(paper, **officer), actor=desk.people[HEAD], now=NOW)
    assert paper.state == S.COSIGNING
    with pytest.raises(DomainError, match="尚待会签：市教育局"):
        chain.cosigned(paper, **officer)
    one = paper.cosigners.get()
    with pytest.raises(DomainError, match="会签日期不能晚于今天"):
        drafting.enter_cosign(one, name="赵会", on=date(2022, 3, 16), opinion="", **officer)
    drafting.enter_cosign(one, name="赵会", on=date(2022, 3, 14), opinion="同意", **officer)
    assert chain.cosigned(paper, **officer).state == S.SIGNING


def test_a_body_that_is_no_longer_asked_has_not_countersigned(desk):
    officer = {"actor": desk.people[OFFICER], "now": NOW}
    paper = drafting.ask_cosigners(desk.draft(), bodies=[desk.world.education], **officer)
    one = paper.cosigners.get()
    drafting.ask_cosigners(paper, bodies=[], **officer)
    with pytest.raises(DomainError, match="市教育局已不在会签单位之列"):
        drafting.enter_cosign(one, name="赵会", on=date(2022, 3, 14), opinion="同意", **officer)
    assert not paper.cosigners.exists()


def test_only_a_paper_in_force_takes_the_place_of_another(desk):
    facts = {"reason": "附表有误", "actor": desk.people[CLERK], "now": NOW}
    paper = desk.at(S.ISSUED)
    with pytest.raises(DomainError, match="代替的公文须已印发、现行有效"):
        chain.end(paper, "revoke", replaced_by=desk.draft(), **facts)


def test_a_draft_of_the_night_names_its_bodies_as_of_that_day_in_china(desk):
    """At one in the morning of the 16th it is still the 15th in UTC."""
    body, day = desk.world.xiangzhou, date(2022, 3, 16)
    body.names.update(valid_to=date(2022, 3, 15))
    body.names.create(short="新香洲", full="珠海市新香洲区", valid_from=day)
    paper = desk.draft()
    Paper.objects.filter(pk=paper.pk).update(drafted_at=datetime(2022, 3, 15, 17, tzinfo=UTC))
    assert Paper.objects.get(pk=paper.pk).addressed_to == "珠海市新香洲区"


def test_returned_it_is_drafted_and_signed_anew(desk):
    paper = chain.give_back(desk.at(S.REVIEWING), reason="文种有误", actor=desk.people[CLERK], now=NOW)
    assert (paper.state, paper.signed_on, paper.signer_name) == (S.RETURNED, None, "")
    assert paper.rounds.last().act == Act.RETURNED
    told = Message.objects.filter(user=desk.people[OFFICER], title__startswith="被退回修改").get()
    assert told.text == "文种有误"
    with pytest.raises(DomainError, match="请写明退回原因"):
        chain.give_back(desk.at(S.CHECKING), reason=" ", actor=desk.people[HEAD], now=NOW)


def test_under_seal_nothing_goes_out_without_the_sealed_scan(desk):
    paper = desk.at(S.ISSUING)
    with pytest.raises(DomainError, match="请先上传用印扫描件"):
        serving.issue(paper, actor=desk.people[CLERK], now=NOW)
    assert desk.issue(paper).state == S.ISSUED


def test_the_day_of_printing_lies_between_signing_and_today(desk):
    paper = desk.at(S.PRINTING)
    for on, why in ((date(2022, 3, 14), "不能早于成文日期"), (date(2022, 3, 16), "不能晚于今天")):
        with pytest.raises(DomainError, match=why):
            chain.mark_printed(paper, on=on, actor=desk.people[CLERK], now=NOW)


def test_the_second_of_two_is_told_who_was_first(desk):
    paper = desk.at(S.SIGNING)
    mine, theirs = (Paper.objects.get(pk=paper.pk) for _ in range(2))
    chain.give_back(theirs, reason="请再核", actor=desk.people[LEADER], now=NOW)
    with pytest.raises(DomainError, match="已被他人处理：市局领导"):
        chain.sign(mine, actor=desk.people[LEADER], now=NOW)
    assert Paper.objects.get(pk=paper.pk).state == S.RETURNED
