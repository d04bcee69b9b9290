"""Two people at one record: one wins, the other reads who did what, and nothing is undone unseen."""

import re
import threading
from datetime import date

import pytest
from django.db import connection
from django.test import Client

from pairing import services
from pairing.models import Pairing
from tests import factories
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.errors import DomainError
from zhuzun.organisations.kinds import ContactRole
from zhuzun.organisations.services import correct_contact
from zhuzun.ui.pages import Watched

TOLD = re.compile(r"已被他人处理：([^<]*?)。您填写的内容保留在下面")
SEEN = re.compile(r'name="seen" value="([0-9a-f]+)"')
END = {"valid_to": "2022-03-31", "basis": "会议纪要", "reason": "协议到期"}


def seen_on(page):
    return SEEN.search(page.content.decode())[1]


def told(page):
    found = TOLD.search(page.content.decode())
    return found[1] if found else ""


@pytest.fixture
def other(world):
    """A second officer of the bureau."""
    return factories.person(Role.BUREAU_OFFICER, world.bureau, username="bureau2", name="乙经办")


def corrected(world, other, **changes):
    services.correct_pairing(world.zhengan_towns, changes=changes, reason="核对协议", actor=other, now=factories.NOW)


def test_what_another_corrected_meanwhile_is_told_and_not_undone(world, bureau, other, sign_in):
    client, address = sign_in(bureau), f"/pairing/{world.zhengan_towns.number}/correct/"
    opened = client.get(address)
    corrected(world, other, basis="2022年协议")
    typed = {"east": "前山镇", "west": "瑞溪镇", "valid_from": "2021-07-22"}
    typed |= {"basis": factories.BASIS, "note": "补充说明", "reason": "补说明"}
    answer = client.post(address, {**typed, "seen": seen_on(opened)})
    assert "乙经办" in told(answer)
    assert "2022年协议" in told(answer)
    assert "补充说明" in answer.content.decode()
    world.zhengan_towns.refresh_from_db()
    assert (world.zhengan_towns.basis, world.zhengan_towns.note) == ("2022年协议", "")
    again = client.post(address, {**typed, "basis": "2022年协议", "seen": seen_on(answer)})
    assert again.status_code == 302
    world.zhengan_towns.refresh_from_db()
    assert (world.zhengan_towns.basis, world.zhengan_towns.note) == ("2022年协议", "补充说明")


def test_ones_own_other_window_is_not_called_another(world, bureau, sign_in):
    client, address = sign_in(bureau), f"/pairing/{world.zhengan_towns.number}/end/"
    opened = client.get(address)
    corrected(world, bureau, note="说明")
    answer = client.post(address, {**END, "seen": seen_on(opened)}).content.decode()
    assert "您打开本页后已有变动：您本人于 2022-03-15 10:32 更正结对" in answer
    assert "已被他人处理" not in answer


def test_a_contact_and_a_row_of_the_admin_are_kept_the_same_way(world, bureau, other, sign_in):
    contact = factories.contact(world.zhengan, ContactRole.LIAISON, "旧名")
    client, address = sign_in(bureau), f"/organisations/{world.zhengan.code}/contacts/{contact.pk}/correct/"
    opened = client.get(address)
    correct_contact(contact, changes={"name": "新名"}, reason="错字", actor=other, now=factories.NOW)
    typed = {"role": "liaison", "name": "旧名", "phone": "0851-1", "valid_from": "2021-01-01", "reason": "补电话"}
    assert "乙经办" in told(client.post(address, {**typed, "seen": seen_on(opened)}))
    row = world.zhengan_towns
    address = f"/admin/pairing/pairing/{row.pk}/change/"
    opened = client.get(address)
    corrected(world, other, basis="2022年协议")
    form = opened.context["adminform"].form
    typed = {name: form[name].value() or "" for name in form.fields}
    answer = client.post(address, {**typed, "note": "补充", "change_reason": "补充"})
    assert "乙经办" in told(answer)
    row.refresh_from_db()
    assert (row.basis, row.note) == ("2022年协议", "")
    known = answer.context["adminform"].form["seen"].value()
    client.post(address, {**typed, "basis": "2022年协议", "note": "补充", "change_reason": "补充", "seen": known})
    row.refresh_from_db()
    assert (row.basis, row.note) == ("2022年协议", "补充")


def at_once(*acts):
    """What each act gives, all begun at the same moment, each on a connection of its own."""
    found, gate = {}, threading.Barrier(len(acts))

    def run(number, act):
        try:
            gate.wait(20)
            found[number] = act()
        except DomainError as error:
            found[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return [found[number] for number in range(len(acts))]


@pytest.fixture
def together(monkeypatch):
    """Both requests have read the pairing before either goes on."""
    gate, carry_out = threading.Barrier(2), Watched.carry_out

    def waiting(self, form):
        gate.wait(20)
        return carry_out(self, form)

    monkeypatch.setattr(Watched, "carry_out", waiting)


def sender(user, address, facts):
    """A browser of `user` with the form open, about to send it."""
    client = Client()
    client.force_login(user)
    sent = {**facts, "seen": seen_on(client.get(address))}
    return lambda: client.post(address, sent)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["end", "replace"])
def test_of_two_officers_at_the_same_moment_exactly_one_wins(act, world, bureau, other, together):
    address = f"/pairing/{world.zhengan_pairing.number}/{act}/"
    facts = END if act == "end" else {**END, "valid_from": "2022-04-01", "east": world.gaoxin.code}
    facts = {"west": world.zhengan.code, **facts}
    before = Pairing.objects.count()
    answers = at_once(sender(bureau, address, facts), sender(other, address, facts))
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    (loser,) = [answer for answer in answers if answer.status_code == 200]
    winner = (bureau, other)[answers.index(loser) - 1]
    assert winner.name in told(loser)
    assert Event.objects.filter(action="pairing.end").count() == 1
    assert Pairing.objects.count() == before + (act == "replace")


@pytest.mark.django_db(transaction=True)
def test_the_service_itself_lets_only_one_through(world, bureau, other):
    facts = {"valid_to": date(2022, 3, 31), "basis": "会议纪要", "reason": "协议到期", "now": factories.NOW}
    acts = [lambda who=who: services.end_pairing(world.zhengan_pairing, actor=who, **facts) for who in (bureau, other)]
    answers = at_once(*acts)
    assert sorted(isinstance(answer, DomainError) for answer in answers) == [False, True]
    assert Event.objects.filter(action="pairing.end").count() == 1


def test_a_form_drawn_again_for_another_fault_is_still_about_what_was_first_shown(world, bureau, other, sign_in):
    """Else the mark of the record would be renewed by any slip, and the other's change undone unseen."""
    client, address = sign_in(bureau), f"/pairing/{world.zhengan_towns.number}/correct/"
    opened = client.get(address)
    corrected(world, other, basis="2022年协议")
    typed = {
        "east": "前山镇",
        "west": "瑞溪镇",
        "valid_from": "2021-07-22",
        "basis": factories.BASIS,
        "note": "补充说明",
    }
    answer = client.post(address, {**typed, "reason": "", "seen": seen_on(opened)})
    assert seen_on(answer) == seen_on(opened)
    answer = client.post(address, {**typed, "reason": "补说明", "seen": seen_on(answer)})
    assert "乙经办" in told(answer)
    world.zhengan_towns.refresh_from_db()
    assert world.zhengan_towns.basis == "2022年协议"
