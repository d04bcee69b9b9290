"""The page of a paper: which act comes next for whom and why another may not, where it stands on its way."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from tests.notices.papers import making
from zhuzun.accounts.roles import Role
from zhuzun.documents.papers.text import Table, to_json
from zhuzun.notices.papers import blocks, way
from zhuzun.notices.papers.kinds import PaperState
from zhuzun.notices.papers.services import chain, drafting

NOW = making.NOW
REPLY = {"reply_wanted": True, "reply_by": date(2022, 3, 25)}


def options(client, paper):
    return client.get(paper.get_absolute_url()).context["options"]


def test_before_it_goes_out_the_sealed_scan_is_the_next_act(desk, sign_in):
    clerk = sign_in(desk.people[Role.CLERK])
    paper = desk.at(PaperState.ISSUING)
    found = options(clerk, paper)[:2]
    assert [(label, kind, decision.reason) for label, decision, _, kind in found] == [
        ("上传用印件", "primary", ""),
        ("印发", "plain", "请先上传用印扫描件：送达各单位的是用印件。"),
    ]
    chain.file_sealed(paper, data=making.PDF, filename="用印件.pdf", actor=desk.people[Role.CLERK], now=NOW)
    assert next((label, kind) for label, _, _, kind in options(clerk, paper)) == ("印发", "primary")


@pytest.mark.parametrize("role", [Role.BUREAU_OFFICER, Role.BUREAU_HEAD, Role.CLERK])
def test_who_may_not_take_a_step_sees_it_with_the_reason(role, desk, sign_in):
    paper = desk.at(PaperState.SIGNING)
    found = {label: decision for label, decision, *_ in options(sign_in(desk.people[role]), paper)}
    assert not found["签发"].allowed
    assert found["签发"].reason.startswith("“签发”由市局领导办理，您当前的身份是")


def test_the_number_is_told_when_it_is_given(desk, sign_in):
    paper = desk.at(PaperState.NUMBERING, kind="supervision", title="督办单")
    answer = sign_in(desk.people[Role.CLERK]).post(f"/notices/{paper.pk}/number/", {"year": 2022}, follow=True)
    assert "已登记编号：督办〔2022〕1号。" in answer.content.decode()


def test_what_was_withdrawn_before_it_was_filed_was_never_filed(desk):
    clerk = {"actor": desk.people[Role.CLERK], "now": NOW}
    issued, filed = desk.at(PaperState.ISSUED), desk.at(PaperState.FILED)
    assert way.stations(issued, False)[-1].state == "here"
    for paper, state in ((issued, "open"), (filed, "done")):
        ended = chain.end(paper, "revoke", reason="有误", **clerk)
        stations = way.stations(ended, False)
        assert {one.state for one in stations[:-1]} == {"done"}
        assert stations[-1].state == state


def test_the_drafter_reads_first_why_it_came_back_until_he_passes_it_on(desk, people, sign_in):
    paper = desk.at(PaperState.CHECKING)
    chain.give_back(paper, reason="依据不足，请补充文件名称", actor=people[Role.BUREAU_HEAD], now=NOW)
    client, why = sign_in(people[Role.BUREAU_OFFICER]), "退回修改：依据不足，请补充文件名称"
    page = client.get(paper.get_absolute_url()).content.decode()
    assert page.index(why) < page.index("送核稿")
    chain.submit(paper, actor=people[Role.BUREAU_OFFICER], now=NOW)
    assert why not in client.get(paper.get_absolute_url()).content.decode()


def test_the_history_names_all_who_are_asked_to_countersign(desk, people, sign_in):
    bodies = [desk.world.education, desk.world.gaoxin]
    paper = drafting.ask_cosigners(desk.draft(), bodies=bodies, actor=people[Role.BUREAU_OFFICER], now=NOW)
    page = sign_in(people[Role.BUREAU_OFFICER]).get(paper.get_absolute_url()).content.decode()
    assert f"会签：{bodies[0]}、{bodies[1]}" in page


def test_the_list_marks_what_has_no_number_as_a_draft(desk, people, sign_in):
    desk.at(PaperState.NUMBERING)
    client = sign_in(people[Role.BUREAU_OFFICER])
    assert "草稿" in client.get("/notices/?text=做好").content.decode().partition("<tbody")[2]
    assert "草稿" in client.get("/notices/bundle/?text=做好").content.decode()


@pytest.mark.parametrize("step", ["no-such-step", "check_cosign"])  # the second is 核稿 too, and taken on its page
def test_only_what_is_a_step_has_a_page(step, desk, people, sign_in):
    paper = desk.at(PaperState.CHECKING)
    client = sign_in(people[Role.BUREAU_HEAD])
    assert client.get(f"/notices/{paper.pk}/check/").status_code == 200
    assert client.get(f"/notices/{paper.pk}/{step}/").status_code == 404


def test_figures_of_a_table_stand_on_the_right_as_in_print():
    table = Table("", "万元", (("区", "金额"),), (("香洲区", "1,234.50"), ("金湾区", "—")))
    page = render_to_string("notices/papers/_text.html", {"blocks": blocks.shown(to_json((table,)))})
    for cell in (
        ">区</th>",
        'class="num">金额</th>',
        "<td>香洲区</td>",
        'class="num">1,234.50</td>',
        'class="num">—</td>',
    ):
        assert cell in page, cell


def test_the_day_of_a_reply_is_written_as_the_days_beside_it(desk, sign_in):
    paper = desk.at(PaperState.CHECKING, **REPLY)
    facts = sign_in(desk.people[Role.BUREAU_OFFICER]).get(paper.get_absolute_url()).context["facts"]
    assert ("回复", "2022年3月25日前") in list(facts)


def test_who_has_signed_stands_as_cards_on_a_phone(desk, sign_in):
    paper = desk.at(PaperState.ISSUED)
    page = sign_in(desk.people[Role.CLERK]).get(paper.get_absolute_url()).content.decode()
    assert 'class="table list deliveries phone-cards"' in page
    for word in ("单位", "方式", "送达", "签收"):
        assert page.count(f'data-label="{word}"') == paper.deliveries.count() > 0, word


@pytest.mark.parametrize(("asked", "word"), [({}, "催签收"), (REPLY, "催签收、催回复")])
def test_reminding_is_called_on_its_page_as_on_its_button(asked, word, desk, sign_in):
    paper, client = desk.at(PaperState.ISSUED, **asked), sign_in(desk.people[Role.CLERK])
    assert f">{word}</" in "".join(client.get(paper.get_absolute_url()).content.decode().split())
    assert client.get(paper.remind_url).context["title"] == word
