"""Numbers: a series per 代字 and year, no gaps, no reuse, also with ten people at once; none is typed twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from tests import factories
from tests.notices.papers import making
from zhuzun.accounts.roles import Role
from zhuzun.errors import DomainError
from zhuzun.notices.papers import numbering
from zhuzun.notices.papers.kinds import PaperState, Standing
from zhuzun.notices.papers.models import NumberCounter, Paper, PaperNumber
from zhuzun.notices.papers.services import chain

NOW = making.NOW


def order(desk, standing=Standing.LEADING_GROUP):
    return desk.at(PaperState.NUMBERING, kind="supervision", standing=standing, title="督办单")


def number(desk, paper, **typed):
    return chain.number(paper, actor=desk.people[Role.CLERK], now=NOW, **typed)


def test_a_number_is_written_as_papers_write_it():
    assert numbering.written("珠委农组", 2021, 12) == "珠委农组〔2021〕12号"
    assert numbering.written("督办", 2026, 1) == "督办〔2026〕1号"


def test_the_portals_own_series_counts_on_through_all_identities(desk):
    papers = [order(desk), order(desk, Standing.OFFICE), order(desk)]
    assert [number(desk, paper).number_text for paper in papers] == [f"督办〔2022〕{n}号" for n in (1, 2, 3)]


def test_each_year_begins_at_one(desk):
    assert number(desk, order(desk), year=2021).number_text == "督办〔2021〕1号"
    assert number(desk, order(desk)).number_text == "督办〔2022〕1号"


def test_a_voided_number_stays_on_record_and_is_not_given_again(desk):
    first = number(desk, order(desk))
    chain.void(first, reason="事项已办结", actor=desk.people[Role.CLERK], now=NOW)
    row = PaperNumber.objects.get(paper=first)
    assert (row.text, row.void_reason, row.voided_by) == ("督办〔2022〕1号", "事项已办结", desk.people[Role.CLERK])
    assert Paper.objects.get(pk=first.pk).number_text == ""
    assert number(desk, order(desk)).number_text == "督办〔2022〕2号"


def test_a_step_that_fails_takes_no_number(desk):
    paper = order(desk)
    stranger = desk.people[Role.BUREAU_OFFICER]
    with pytest.raises(DomainError, match="由文秘办理"):
        chain.number(paper, actor=stranger, now=NOW)
    assert number(desk, paper).number_text == "督办〔2022〕1号"


def test_the_offices_own_number_is_typed_and_gaps_are_normal(desk):
    first, second = (desk.at(PaperState.NUMBERING) for _ in range(2))
    assert number(desk, first, serial=12).number_text == "珠委农组〔2022〕12号"
    with pytest.raises(DomainError, match="珠委农组〔2022〕12号已用于《关于做好协作工作的通知》"):
        number(desk, second, serial=12)
    assert Paper.objects.get(pk=second.pk).state == PaperState.NUMBERING
    assert number(desk, second, serial=15).number_text == "珠委农组〔2022〕15号"


def test_where_no_word_is_set_it_is_typed(desk):
    paper = desk.at(PaperState.NUMBERING, kind="letter", standing=Standing.BUREAU, title="关于商请协助的函")
    with pytest.raises(DomainError, match="请填写发文机关代字"):
        number(desk, paper, serial=3)
    with pytest.raises(DomainError, match="请填写办公室编排的顺序号"):
        number(desk, paper, word="珠乡振函")
    with pytest.raises(DomainError, match="请填写办公室编排的顺序号"):
        number(desk, paper, word="珠乡振函", serial=0)
    assert number(desk, paper, word="珠乡振函", serial=3).number_text == "珠乡振函〔2022〕3号"


def test_nobody_types_into_the_portals_own_series(desk):
    number(desk, order(desk))
    with pytest.raises(DomainError, match="由本系统编号"):
        number(desk, desk.at(PaperState.NUMBERING), word="督办", serial=2)


def test_a_series_taken_over_from_the_office_counts_on_from_its_last_number(desk):
    number(desk, desk.at(PaperState.NUMBERING), serial=7)
    desk.offices[Standing.LEADING_GROUP].series.filter(series="document").update(mode="internal")
    assert number(desk, desk.at(PaperState.NUMBERING)).number_text == "珠委农组〔2022〕8号"


# --- ten people at once ----------------------------------------------------------------------------------------------
def at_once(desk, papers):
    """All papers are numbered by as many people at the same moment; what each got, or was told."""
    start = Barrier(len(papers))
    clerks = [factories.person(Role.CLERK, desk.world.bureau, username=f"clerk-{n}") for n in range(len(papers))]

    def run(paper, clerk):
        try:
            start.wait(20)
            return chain.number(paper, actor=clerk, now=NOW).number_text
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(papers)) as pool:
        jobs = [pool.submit(run, *pair) for pair in zip(papers, clerks, strict=True)]
        return [job.result(60) for job in jobs]


@pytest.mark.django_db(transaction=True)
def test_ten_people_at_once_get_ten_numbers_in_a_row(desk):
    found = at_once(desk, [order(desk) for _ in range(10)])
    assert sorted(found, key=str) == sorted(f"督办〔2022〕{n}号" for n in range(1, 11))
    assert NumberCounter.objects.get().last == 10


@pytest.mark.django_db(transaction=True)
def test_ten_people_at_one_paper_take_one_number(desk):
    paper = order(desk)
    found = at_once(desk, [Paper.objects.get(pk=paper.pk) for _ in range(10)])
    assert [one for one in found if not isinstance(one, Exception)] == ["督办〔2022〕1号"]
    assert all(str(one).startswith("已被他人处理") for one in found if isinstance(one, Exception))
    assert NumberCounter.objects.get().last == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")
def test_without_the_lock_numbers_clash(desk, monkeypatch):
    """The race is real: with the lock switched off, some of the ten are refused."""
    manager = type(NumberCounter.objects)
    monkeypatch.setattr(manager, "select_for_update", lambda self, **kwargs: self.all())
    number(desk, order(desk))
    found = at_once(desk, [order(desk) for _ in range(10)])
    assert any(isinstance(one, Exception) for one in found)
