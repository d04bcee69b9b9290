"""Who is told what when something happens to a report: event × recipient × words, as a literal table."""

from datetime import date

import pytest

from tasks import events
from tasks.models import ProgressReport
from tasks.services import adjusting, chain, checks, extensions, filing, review
from tasks.services.telling import LISTENERS
from tests import factories
from tests.tasks import checked, cycle, filed
from tests.tasks.cycle import FILING, at
from zhuzun.accounts.roles import Role
from zhuzun.notices import inbox
from zhuzun.notices.models import Message


@pytest.fixture
def october(world):
    return cycle.month(world, opinion="window")


class Story:
    """香洲's report of October, the people, and one short way for each act."""

    def __init__(self, october, people):
        self.october, self.world, self.people = october, october.world, people
        self.report = october.report(october.world.xiangzhou)
        self.officer, self.leader = people[Role.DISTRICT_OFFICER], people[Role.DISTRICT_LEADER]
        self.bureau, self.head = people[Role.BUREAU_OFFICER], people[Role.BUREAU_HEAD]

    def fill(self):
        self.report = filed.fill(self.report, by=self.officer)

    def sent_to_sign(self):
        self.fill()
        self.report = chain.send_to_sign(self.report, actor=self.officer, now=FILING)

    def given_back(self):
        self.sent_to_sign()
        chain.give_back(self.report, text="务川县金额偏大", actor=self.leader, now=FILING)

    def filed(self):
        self.sent_to_sign()
        self.report = chain.sign(self.report, actor=self.leader, now=FILING)

    def recalled(self):
        self.filed()
        chain.recall(self.report, actor=self.officer, now=at(5))

    def passed_on(self):
        self.filed()
        self.report = review.pass_on(self.report, actor=self.bureau, now=at(5))

    def accepted(self):
        self.passed_on()
        self.report = review.accept_head(self.report, actor=self.head, now=at(6))

    def returned(self):
        self.filed()
        comments = {self.report.sections.get(title="正安县").pk: "金额与台账不符"}
        facts = {"comments": comments, "due_on": date(2026, 11, 9), "actor": self.bureau, "now": at(5)}
        self.report = review.return_report(self.report, text="请核对后重报。", **facts)

    def filed_again(self):
        self.returned()
        self.report.sections.get(title="正安县").entries.update(value=15)
        filed.sheet(self.report, by=self.officer, now=at(6))
        chain.sign_on_paper(ProgressReport.objects.get(pk=self.report.pk), actor=self.officer, now=at(6))

    def reopened(self):
        self.accepted()
        comments = {self.report.sections.get(title="务川县").pk: "金额重核"}
        facts = {"comments": comments, "due_on": date(2026, 11, 11), "actor": self.bureau, "now": at(9)}
        review.reopen(self.report, reason="务川县金额需重核。", **facts)

    def asked(self):
        facts = {"progress": "已收集七成", "reason": "县方数据未到", "wanted_on": date(2026, 11, 12)}
        return extensions.ask(self.report, **facts, actor=self.officer, now=FILING)

    def extension_asked(self):
        self.asked()

    def extended(self):
        extensions.approve(self.asked(), decision="同意", actor=self.bureau, now=at(5))

    def extension_refused(self):
        extensions.refuse(self.asked(), decision="上报省时限在即", actor=self.bureau, now=at(5))

    def excused(self):
        adjusting.excuse(self.report, reason="台风停工", actor=self.bureau, now=at(4))

    def moved(self):
        facts = {"reason": "台风停工", "actor": self.bureau, "now": at(4)}
        adjusting.move_due(self.report, due_on=date(2026, 11, 12), **facts)

    def added(self):
        form = self.october.period.forms.get(plan=self.october.district_plan)
        adjusting.add_body(form, self.world.education, reason="补充支教情况", actor=self.bureau, now=at(4))

    def assigned(self):
        self.colleague = factories.person(Role.DISTRICT_OFFICER, self.world.xiangzhou_department, username="colleague")
        section = self.report.sections.get(place=self.world.zhengan)
        facts = {"until": date(2026, 11, 4), "actor": self.officer, "now": at(3)}
        filing.assign(section, person=self.colleague, **facts)

    def check_asked(self):
        self.sheet = checked.asked(self.october, self.people)

    def disputed(self):
        self.check_asked()
        line = checked.line(self.sheet, self.october.jobs)
        checks.answer(self.sheet, [checked.disputes(line)], actor=self.people[Role.COUNTY_OFFICER], now=at(5))

    def settled(self):
        self.disputed()
        line = checked.line(self.sheet, self.october.jobs)
        facts = {"value": 10, "reason": "以实名制台账为准", "version": line.version}
        checks.settle(line, actor=self.bureau, now=at(9), **facts)


def last_messages(people, strangers):
    """What the last moment brought: (who finds it in his inbox, title, text)."""
    last = Message.objects.order_by("created_at").last().created_at
    everybody = {role.value: one for role, one in people.items()}
    everybody |= {f"other_{name}": one for name, one in strangers.items()}
    return [
        (" ".join(name for name, one in everybody.items() if row in inbox.messages_of(one)), row.title, row.text)
        for row in Message.objects.filter(created_at=last).order_by("pk")
    ]


OURS = "香洲区2026年10月进展报告"
TEAMS = "工作组正安县小组2026年10月进展报告"
FILER = "district_officer district_leader"
TO_SIGN = ("district_leader", f"{OURS}请审签", f"《{OURS}》已由经办人填报完毕，截止日期2026-11-05，请审签。")
DISPUTE = (
    f"{TEAMS}：正安县对“帮助农村劳动力就业”有异议",
    "正安县对“帮助农村劳动力就业”提出异议：报送 12 人，核对 9 人。理由：县人社局口径不同。裁定前该数据不计入汇总。",
)
DECISION = (
    f"{TEAMS}：“帮助农村劳动力就业”异议已裁定",
    "正安县“帮助农村劳动力就业”的异议，市局已裁定为 10 人。理由：以实名制台账为准",
)


def opinion(county, until):
    """To whoever speaks for the county on the spot."""
    text = f"《{OURS}》涉及{county}的数据请填写前方意见，时间至{until}。逾时未填的，不影响审核。"
    return f"{OURS}请填写前方意见", text


# event: (whose inboxes, title, text) of what its moment brought, in order
TABLE = {
    "sent_to_sign": [TO_SIGN],
    "given_back": [
        TO_SIGN,
        ("district_officer", f"{OURS}未予审签，请修改", "审签意见：务川县金额偏大"),
    ],
    "filed": [
        TO_SIGN,
        ("bureau_officer", f"{OURS}已报送，待审核", f"《{OURS}》已报送。请于2026年11月9日前审核。"),
        ("group_member", *opinion("正安县", "2026年11月6日")),
        ("group_leader", *opinion("务川县", "2026年11月6日")),  # which has no team here
    ],
    "recalled": [("bureau_officer", f"{OURS}已由报送单位撤回", "报送单位撤回修改，修改后会重新报送。")],
    "passed_on": [("bureau_head", f"{OURS}请科室审核", f"《{OURS}》已经经办审核，请科室负责人审核。")],
    "returned": [
        (
            FILER,
            f"{OURS}退回修改",
            "请核对后重报。\n正安县：金额与台账不符\n请于2026年11月9日前修改后重新报送。",
        )
    ],
    "filed_again": [
        ("bureau_officer", f"{OURS}已重新报送，待审核", f"《{OURS}》已重新报送。请于2026年11月11日前审核。"),
        ("group_member", *opinion("正安县", "2026年11月10日")),
        ("group_leader", *opinion("务川县", "2026年11月10日")),
    ],
    "accepted": [(FILER, f"{OURS}已审核通过", f"《{OURS}》已经市局审核通过。")],
    "reopened": [
        (
            FILER,
            f"{OURS}退回重报",
            "务川县金额需重核。\n务川县：金额重核\n请于2026年11月11日前修改后重新报送。",
        )
    ],
    "extension_asked": [
        ("bureau_officer bureau_head", f"{OURS}申请延期，待审批", f"香洲区就《{OURS}》申请延期，请审批。")
    ],
    "extended": [(FILER, f"{OURS}同意延期至2026年11月12日", f"《{OURS}》的延期申请已获同意，延至2026年11月12日。")],
    "extension_refused": [(FILER, f"{OURS}延期申请未获同意", "报送截止日期仍为2026年11月5日。理由：上报省时限在即")],
    "excused": [(FILER, f"{OURS}免报", f"《{OURS}》本期免报，无须办理。原因：台风停工")],
    "moved": [
        (
            FILER,
            f"{OURS}截止日期调整为2026年11月12日",
            f"《{OURS}》的截止日期调整为2026年11月12日。原因：台风停工",
        )
    ],
    "added": [
        (
            "unit_officer unit_leader",
            "市教育局2026年10月进展报告请于2026年11月5日前报送",
            "《市教育局2026年10月进展报告》请贵单位于2026年11月5日前报送。原因：补充支教情况",
        )
    ],
    "assigned": [
        (
            "other_colleague",
            f"{OURS}：请填报“正安县”",
            f"《{OURS}》的“正安县”部分分给您填报，请于2026年11月4日前填好。",
        )
    ],
    "check_asked": [
        (
            "county_officer county_leader",
            f"请核对数据：{TEAMS}",
            f"工作组正安县小组报送的《{TEAMS}》中有涉及贵县（市）的数据，烦请于2026年11月11日前核对。"
            "到时未核对的标为“未核对”，不视为认可。",
        ),
        ("bureau_officer", f"{TEAMS}已报送，待审核", f"《{TEAMS}》已报送。请于2026年11月9日前审核。"),
    ],
    "disputed": [("bureau_officer bureau_head", *DISPUTE), ("group_member", *DISPUTE)],
    "settled": [("county_officer county_leader", *DECISION), ("group_member", *DECISION)],
}


@pytest.mark.parametrize("event", TABLE)
def test_who_reads_what(event, october, people, strangers):
    story = Story(october, people)
    getattr(story, event)()
    if event == "assigned":
        strangers = {**strangers, "colleague": story.colleague}
    assert last_messages(people, strangers) == TABLE[event]


def test_every_event_has_a_listener_and_a_line():
    written = {name for name, value in vars(events).items() if isinstance(value, list)}
    assert written == set(LISTENERS) == set(TABLE) - {"filed_again"}


def test_the_link_of_each_message_opens_for_whoever_reads_it(october, people, client):
    story = Story(october, people)
    for act in (story.returned, story.settled):
        act()
    for person in people.values():
        client.force_login(person)
        for message in inbox.messages_of(person):
            assert client.get(message.link).status_code == 200, (person, message)
