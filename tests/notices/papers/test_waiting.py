"""What waits for whom: the cards of the workbench, the list behind each, the mark in the navigation."""

from datetime import date, timedelta

import pytest

from tests.notices.papers import making
from zhuzun.accounts.roles import Role
from zhuzun.home import cards
from zhuzun.home.paper_cards import PAPER_CARDS
from zhuzun.notices.papers import waiting
from zhuzun.notices.papers.kinds import Joining, PaperState, Standing
from zhuzun.notices.papers.services import chain, drafting, serving

NOW = making.NOW
S = PaperState
AT = cards.Moment(NOW + timedelta(days=3), NOW.date() + timedelta(days=3))
OFFICER, HEAD, LEADER, CLERK = Role.BUREAU_OFFICER, Role.BUREAU_HEAD, Role.BUREAU_LEADER, Role.CLERK
DISTRICT, COUNTY = Role.DISTRICT_OFFICER, Role.COUNTY_OFFICER


def drawn(user):
    """{title: (number, note)} of the cards of papers with something in them."""
    found = [card.drawn(user, AT) for card in PAPER_CARDS if card.open_to(user)]
    return {one.card.title: (one.count, one.note) for one in found if one.count}


@pytest.fixture
def everywhere(desk):
    """A paper at each step; the one served goes to 香洲区, 正安县 and 务川县, which has nobody here."""
    world, inner = desk.world, {"kind": "supervision", "title": "督办单"}
    for state in (S.DRAFT, S.CHECKING, S.SIGNING, S.REVIEWING, S.NUMBERING, S.PRINTING):
        desk.at(state)
    desk.at(S.ISSUING, **inner)
    chain.give_back(desk.at(S.SIGNING), reason="请补充", actor=desk.people[LEADER], now=NOW)
    officer = {"actor": desk.people[OFFICER], "now": NOW}
    asked = drafting.ask_cosigners(desk.draft(), bodies=[world.education], **officer)
    chain.check(chain.submit(asked, **officer), actor=desk.people[HEAD], now=NOW)
    letter = {"kind": "letter", "standing": Standing.BUREAU, "reply_wanted": True, "reply_by": date(2022, 3, 25)}
    return desk.at(S.ISSUED, to=[world.xiangzhou, world.zhengan, world.wuchuan], title="函", **letter)


SINCE = "最早 2022-03-15 {}，已 3 天"
UNSIGNED = ("尚有单位未签收的公文", (1, "3 个单位未签收；" + SINCE.format("送达")))
SERVED = {"待签收的公文": (1, SINCE.format("送达")), "待回复的公文": (1, "最早须于 2022-03-25 前回复")}
WANTED = {
    OFFICER: {
        "被退回的公文": (1, SINCE.format("退回")),
        "待送核稿的草稿": (1, SINCE.format("修改")),
        "待登记会签的公文": (1, SINCE.format("送来")),
        UNSIGNED[0]: UNSIGNED[1],
    },
    HEAD: {"待我核稿的公文": (1, SINCE.format("送来"))},
    LEADER: {"待我签发的公文": (1, SINCE.format("送来"))},
    CLERK: {
        "待复核编号的公文": (2, SINCE.format("送来")),
        "待印制用印的公文": (1, SINCE.format("编号")),
        "待印发的公文": (1, SINCE.format("用印")),
        "待归档的公文": (1, SINCE.format("印发")),
        UNSIGNED[0]: UNSIGNED[1],
    },
    DISTRICT: SERVED,
    COUNTY: SERVED,
    Role.UNIT_OFFICER: {},
    Role.LEADER: {},
}


def test_each_sees_what_is_his_to_do_and_the_list_behind_it(everywhere, desk, sign_in, time_machine):
    time_machine.move_to(AT.now, tick=False)
    for role, wanted in WANTED.items():
        user = desk.people[role]
        assert drawn(user) == wanted, role
        client = sign_in(user)
        for one in [card.drawn(user, AT) for card in PAPER_CARDS if card.open_to(user)]:
            assert client.get(one.url).context["shown"] == one.count, one.card.title
        page = client.get("/").content.decode()
        for title, (_, note) in wanted.items():
            assert title in page
            assert note in page


BOTH = {"待签收的公文", "待回复的公文", "尚有单位未签收的公文"}  # ours and papers of others: one query each


def test_one_query_a_card_and_direction_and_one_for_the_navigation(everywhere, desk, django_assert_num_queries):
    """And the navigation counts a paper once: 香洲区 has one to sign for and to answer."""
    numbers = {OFFICER: 3, HEAD: 1, LEADER: 1, CLERK: 5, DISTRICT: 1, Role.UNIT_OFFICER: 0}
    for role, number in numbers.items():
        user = desk.people[role]
        waiting.count_waiting(user)
        with django_assert_num_queries(1):
            assert waiting.count_waiting(user) == number, role
        for card in [card for card in PAPER_CARDS if card.open_to(user)]:
            with django_assert_num_queries(2 if card.title in BOTH else 1):
                card.count(user, AT)


def test_nobody_is_asked_to_check_or_sign_what_he_drafted(desk):
    head = desk.people[HEAD]
    paper = desk.draft()
    chain.submit(paper, actor=head, now=NOW)  # whoever passes it on drafted it too
    assert "待我核稿的公文" not in drawn(head)
    paper.identity.joining = Joining.DRAFT_CHECK
    paper.identity.save()
    assert drawn(head)["待我核稿的公文"][0] == 1


def test_what_is_done_waits_no_longer(everywhere, desk):
    district, county = desk.people[DISTRICT], desk.people[COUNTY]
    rows = {row.organisation_id: row for row in everywhere.deliveries.all()}
    serving.receive(rows[desk.world.xiangzhou.pk], actor=district, now=NOW)
    assert list(drawn(district)) == ["待回复的公文"]
    serving.reply(rows[desk.world.zhengan.pk], words="无异议", actor=county, now=NOW)
    assert drawn(county) == {}
    assert drawn(desk.people[CLERK])[UNSIGNED[0]][1].startswith("1 个单位未签收；")
    chain.end(everywhere, "revoke", reason="内容有误", actor=desk.people[CLERK], now=NOW)
    assert drawn(district) == {}
    assert UNSIGNED[0] not in drawn(desk.people[CLERK])


def test_a_day_that_is_over_says_so(everywhere, desk):
    everywhere.reply_by = date(2022, 3, 16)
    everywhere.save()
    assert drawn(desk.people[DISTRICT])["待回复的公文"][1] == "最早须于 2022-03-16 前回复，已过 2 天"


def test_whom_it_does_not_concern_it_is_not_offered(desk, sign_in):
    choices = dict(waiting.choices(desk.people[Role.UNIT_OFFICER]))
    assert choices == {"receipt": "待签收", "reply": "待回复"}
    page = sign_in(desk.people[Role.UNIT_OFFICER]).get("/notices/?waiting=check").content.decode()
    assert "待我核稿" not in page
