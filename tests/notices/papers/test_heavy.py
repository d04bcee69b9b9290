"""A paper that is much work: its link answers with the file, the portal goes on, and who can wait no longer is told."""

import threading

import pytest

from tests.notices.papers import making
from zhuzun.accounts.roles import Role
from zhuzun.documents.papers import press
from zhuzun.documents.papers.text import Table
from zhuzun.notices import jobs
from zhuzun.notices.papers import rendering
from zhuzun.notices.papers.services import drafting
from zhuzun.runs.models import Job, JobState

NOW = making.NOW
TABLE = Table("明细表", "个", (("县", "数", "", "", ""),), tuple(("正安县", str(n), "", "", "") for n in range(420)))


@pytest.fixture(autouse=True)
def _day(settings, tmp_path, time_machine):
    assert jobs.set_ahead.name == rendering.SET_AHEAD  # known, as in a worker: tests run jobs at once
    settings.MEDIA_ROOT = tmp_path
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def made(monkeypatch):
    """What was set, in which lane; no page is set here."""
    made = []
    pdf = press.Printed(b"%PDF-1.7 heavy", 1)
    monkeypatch.setattr(press, "run", lambda order, **limits: made.append(limits["lane"]) or pdf)
    return made


@pytest.fixture
def paper(desk, people):
    return drafting.write(desk.draft(), blocks=[TABLE], actor=people[Role.BUREAU_OFFICER], now=NOW)


@pytest.fixture
def client(people, sign_in):
    return sign_in(people[Role.BUREAU_OFFICER])


def address(paper):
    return f"/notices/{paper.pk}/paper.pdf"


def test_its_link_answers_with_the_file_also_the_first_time_and_without_a_worker(paper, client, made):
    answer = client.get(address(paper))
    assert (answer.status_code, answer["Content-Type"], answer.content) == (200, "application/pdf", b"%PDF-1.7 heavy")
    assert made == [press.Lane.LONG]
    assert not Job.objects.exists()


def test_it_is_set_ahead_when_it_is_written(desk, people, client, made, django_capture_on_commit_callbacks):
    paper, officer = desk.draft(), people[Role.BUREAU_OFFICER]
    with django_capture_on_commit_callbacks(execute=True):
        drafting.write(paper, blocks=[TABLE], actor=officer, now=NOW)
    assert len(made) == 1
    assert client.get(address(paper)).content == b"%PDF-1.7 heavy"
    assert len(made) == 1
    assert "在后台排印" not in client.get(paper.get_absolute_url()).content.decode()


def test_only_as_it_stands_last(desk, people, made, django_capture_on_commit_callbacks):
    paper, officer = desk.draft(), people[Role.BUREAU_OFFICER]
    with django_capture_on_commit_callbacks(execute=True):
        for place in (1, 2):
            drafting.write(paper, blocks=[TABLE], actor=officer, now=NOW.replace(minute=place))
    assert len(made) == 1


def test_so_many_wait_and_the_next_is_told_when_to_come_again(paper, client, made, monkeypatch):
    monkeypatch.setattr(rendering, "_seats", threading.BoundedSemaphore(1))
    with rendering._seat():
        answer = client.get(address(paper))
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "正在排印，约 30 秒后再" in answer.content.decode()
    assert "<h1>正在排印</h1>" in "".join(answer.content.decode().split())
    assert made == []
    assert client.get(address(paper)).status_code == 200


def test_who_waited_long_enough_is_told_and_a_worker_goes_on(
    paper, client, monkeypatch, django_capture_on_commit_callbacks
):
    limits, pdf = [], press.Printed(b"%PDF-1.7 heavy", 1)

    def slow(order, **given):
        limits.append(given)
        if len(limits) == 1:
            raise press.RenderLate(press.TOO_SLOW)
        return pdf

    monkeypatch.setattr(press, "run", slow)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.get(address(paper))
    assert answer.status_code == 503
    assert limits[0]["wait"] <= rendering.PATIENCE < limits[1]["wait"]
    assert client.get(address(paper)).content == b"%PDF-1.7 heavy"


@pytest.mark.parametrize(
    ("which", "link"), [("pdf", "/notices/{}/paper.pdf"), ("slip", "/documents/papers/{}/slip.pdf")]
)
def test_a_person_has_it_set_in_the_background(
    which, link, paper, client, people, sign_in, made, django_capture_on_commit_callbacks
):
    assert "在后台排印，完成后通知我" in client.get(paper.get_absolute_url()).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"/notices/{paper.pk}/prepare/", {"which": which})
    job = Job.objects.get()
    assert answer["Location"] == job.get_absolute_url()
    assert (job.state, job.link) == (JobState.DONE, link.format(paper.pk))
    assert client.get(job.link).content == b"%PDF-1.7 heavy"
    assert len(made) == 1
