"""The forms of a paper as a browser sends them: each reaches its one service, and says that it is done."""

from datetime import date, timedelta

import pytest

from tests.notices.papers import making
from zhuzun.accounts.roles import Role
from zhuzun.notices.papers.kinds import Channel, Joining, NumberMode, PaperState, Standing
from zhuzun.notices.papers.models import IssuingIdentity, Paper
from zhuzun.organisations.models import OrganisationGroup

OFFICER, CLERK = Role.BUREAU_OFFICER, Role.CLERK


@pytest.fixture(autouse=True)
def office_hours(time_machine):
    time_machine.move_to(making.NOW + timedelta(minutes=5), tick=False)


def send(client, url, data=None):
    """What the page says afterwards."""
    answer = client.post(url, data or {}, follow=True)
    assert answer.redirect_chain, answer.content.decode()
    return "".join(answer.content.decode().split())


def test_from_a_blank_draft_to_those_who_countersign(desk, sign_in):
    client, world = sign_in(desk.people[OFFICER]), desk.world
    identity = desk.offices[Standing.LEADING_GROUP]
    send(client, "/notices/new/", {"kind": "notice", "identity": identity.pk, "title": "关于培训的通知"})
    paper = Paper.objects.get(title="关于培训的通知")
    group = OrganisationGroup.objects.get(code="districts")
    send(client, f"/notices/{paper.pk}/recipients/", {f"to-{world.education.pk}": "copy", "group": group.pk, "add": ""})
    sent = {row.organisation: row.part for row in paper.recipients.all()}
    assert sent == {world.education: "copy", world.xiangzhou: "main", world.gaoxin: "main"}
    send(client, f"/notices/{paper.pk}/cosigners/", {"bodies": [world.education.pk]})
    asked = paper.cosigners.get()
    send(client, f"/notices/cosigners/{asked.pk}/", {"name": "陈会签", "on": "2022-03-15", "opinion": "同意"})
    asked.refresh_from_db()
    assert (asked.organisation, asked.name, asked.on, asked.opinion) == (
        world.education,
        "陈会签",
        date(2022, 3, 15),
        "同意",
    )


def test_an_identity_with_its_series(desk, sign_in):
    identity = desk.offices[Standing.BUREAU]
    data = {"masthead": "珠海市乡村振兴局文件", "joining": Joining.DRAFT_CHECK, "signers": " 甲\n\n乙 "}
    for row in identity.series.all():
        data |= {f"word_{row.series}": f"珠 {row.series}", f"mode_{row.series}": NumberMode.INTERNAL}
    send(sign_in(desk.people[CLERK]), f"/notices/identities/{identity.code}/", data)
    kept = IssuingIdentity.objects.get(pk=identity.pk)
    assert (kept.masthead, kept.joining, kept.signers) == ("珠海市乡村振兴局文件", Joining.DRAFT_CHECK, ["甲", "乙"])
    rows = {(row.word, row.mode, row.qr) for row in kept.series.all()}
    assert rows == {(f"珠{row.series}", NumberMode.INTERNAL, False) for row in kept.series.all()}


def test_signed_for_answered_handed_over_and_reminded(desk, sign_in):
    world = desk.world
    facts = {"kind": "letter", "standing": Standing.BUREAU, "reply_wanted": True, "reply_by": date(2022, 3, 25)}
    paper = desk.at(PaperState.ISSUED, to=[world.xiangzhou, world.zhengan, world.wuchuan], **facts)
    rows = {row.organisation: row.pk for row in paper.deliveries.all()}
    clerk = sign_in(desk.people[CLERK])
    assert "已提醒2个单位。" in send(clerk, f"/notices/{paper.pk}/remind/")
    assert "今天已经提醒过" in send(clerk, f"/notices/{paper.pk}/remind/")
    send(clerk, f"/notices/deliveries/{rows[world.wuchuan]}/outside/", {"on": "2022-03-15", "note": "机要交换"})
    district, row = sign_in(desk.people[Role.DISTRICT_OFFICER]), f"/notices/deliveries/{rows[world.xiangzhou]}"
    assert "已签收。" in send(district, f"{row}/receive/")
    assert "已签收，不必重复签收" in send(district, f"{row}/receive/")
    send(district, f"{row}/reply/", {"words": "无意见"})
    found = paper.deliveries.order_by("position").values_list("channel", "reply", "served_note")
    assert list(found) == [(Channel.PORTAL, "无意见", ""), (Channel.PORTAL, "", ""), (Channel.OUTSIDE, "", "机要交换")]
