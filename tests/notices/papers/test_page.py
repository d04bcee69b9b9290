"""The page of a paper: which act comes next for whom and why another may not, where it stands on its way."""

import pytest

from tests.notices.papers import making
from zhuzun.accounts.roles import Role
from zhuzun.notices.papers import way
from zhuzun.notices.papers.kinds import PaperState
from zhuzun.notices.papers.services import chain

NOW = making.NOW


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
