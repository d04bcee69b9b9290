"""Long work: done once, with its owner's rights, repeated where it failed or was broken off."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from kombu.exceptions import OperationalError

from tests import factories
from zhuzun import clock
from zhuzun.accounts.roles import Role
from zhuzun.errors import DomainError, Refused
from zhuzun.runs import jobs, results, services, work
from zhuzun.runs.models import SILENCE, Job, JobState

NOW = factories.NOW
KIND = "tests.work"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, time_machine):
    settings.MEDIA_ROOT = tmp_path
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def told():
    return []


@pytest.fixture
def body(monkeypatch, told):
    """A kind of work whose body a test replaces."""

    class Body:
        do = staticmethod(lambda job, progress: progress.file.write_bytes(b"zip") and work.Made("公文.zip"))

    register = work.Work(KIND, lambda job, progress: Body.do(job, progress), lambda job, now: told.append(job.state))
    monkeypatch.setitem(work._works, KIND, register)
    return Body


@pytest.fixture
def clerk(people):
    return people[Role.CLERK]


def start(actor, **asked):
    return services.start(kind=KIND, title="打包", asked=asked, actor=actor, now=NOW)


def perform(job):
    done = work.perform(job.pk, now=lambda: NOW)
    job.refresh_from_db()
    return done


def test_it_is_done_once_and_its_owner_is_told(body, clerk, told):
    job = start(clerk)
    assert perform(job)
    assert (job.state, job.file_name, job.file_size, told) == (JobState.DONE, "公文.zip", 3, [JobState.DONE])
    assert results.place_of(job).read_bytes() == b"zip"
    assert not perform(job)
    assert told == [JobState.DONE]


def test_a_double_click_starts_one_and_nobody_starts_too_much(body, clerk):
    assert start(clerk, papers=[1]) == start(clerk, papers=[1])
    start(clerk, papers=[2])
    start(clerk, papers=[3])
    with pytest.raises(DomainError, match="您已有 3 项后台任务在办"):
        start(clerk, papers=[4])


@pytest.mark.parametrize(
    ("fault", "said"), [(DomainError("排版程序意外终止，请重试。"), "请重试"), (ValueError("x"), "程序出错，没有完成")]
)
def test_a_fault_is_seen_and_repeated(body, clerk, told, fault, said):
    def broken(job, progress):
        progress.file.write_bytes(b"half")
        progress(1, 2)
        raise fault

    good, body.do = body.do, broken
    job = start(clerk)
    perform(job)
    assert (job.state, job.done, told) == (JobState.FAILED, 1, [JobState.FAILED])
    assert said in job.error
    assert list(results.place_of(job).parent.iterdir()) == []
    body.do = good
    job = services.repeat(job, actor=clerk, now=NOW)
    assert (job.state, job.error, job.done) == (JobState.WAITING, "", 0)
    assert perform(job)
    assert job.state == JobState.DONE
    with pytest.raises(DomainError, match="不必重试"):
        services.repeat(job, actor=clerk, now=NOW)


def test_a_killed_worker_shows_and_another_attempt_takes_over(body, clerk):
    job = start(clerk)
    old = work.claim(job.pk, NOW)
    assert work.claim(job.pk, NOW) is None
    later = NOW + SILENCE + timedelta(seconds=1)
    assert not old.broken_off(NOW)
    assert old.broken_off(later)
    assert old.repeatable(later)
    new = work.claim(job.pk, later)
    assert new.attempts == 2
    with pytest.raises(work.OutOfDate):
        work.Progress(old, lambda: later)(1, 2)
    work.Progress(new, lambda: later)(1, 2)
    assert not Job.objects.get().broken_off(later)


def test_an_attempt_that_wakes_after_a_person_began_anew_has_nothing_to_say(body, clerk):
    """Both are the first of their row: they are told apart by when they began."""
    job = start(clerk)
    old, later = work.claim(job.pk, NOW), NOW + SILENCE + timedelta(seconds=1)
    services.repeat(job, actor=clerk, now=later)
    new = work.claim(job.pk, later)
    assert results.part_of(old) != results.part_of(new)
    with pytest.raises(work.OutOfDate):
        work.Progress(old, lambda: later)(11, 12)
    work.Progress(new, lambda: later)(1, 12)
    assert Job.objects.get().done == 1


def test_who_was_overtaken_while_it_worked_writes_no_end(body, clerk, told):
    def overtaken(job, progress):
        Job.objects.update(attempts=2)
        progress(1, 2)

    body.do = overtaken
    job = start(clerk)
    assert perform(job)
    assert (job.state, job.attempts, job.done, told) == (JobState.RUNNING, 2, 0, [])


def test_nor_does_its_file_take_the_place_of_the_others(body, clerk):
    def overtaken(job, progress):
        results.place_of(job).parent.mkdir()
        results.place_of(job).write_bytes(b"the other's")
        progress.file.write_bytes(b"old")
        Job.objects.update(attempts=2)
        return work.Made("公文.zip")

    body.do = overtaken
    job = start(clerk)
    perform(job)
    assert results.place_of(job).read_bytes() == b"the other's"
    assert list(results.place_of(job).parent.iterdir()) == [results.place_of(job)]


def test_what_killed_every_worker_is_not_tried_for_ever(body, clerk):
    job = start(clerk)
    Job.objects.update(attempts=work.MOST_ATTEMPTS)
    perform(job)
    assert (job.state, job.error) == (JobState.FAILED, work.TOO_OFTEN)


def test_only_a_kind_of_work_that_a_room_registered_begins(body, clerk):
    with pytest.raises(ValueError, match="is no kind of long work"):
        services.start(kind="tests.other", title="打包", asked={}, actor=clerk, now=NOW)


def test_one_whose_message_was_lost_shows_in_the_list_too_and_is_started_anew(body, clerk, sign_in):
    job = start(clerk)  # its message waits in a queue that forgets it
    client = sign_in(clerk)
    assert "排队中" in client.get("/runs/jobs/").content.decode()
    Job.objects.update(asked_at=NOW - SILENCE - timedelta(seconds=1))
    for address in ("/runs/jobs/", job.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "中断" in page
        assert "排队中" not in page
    services.repeat(Job.objects.get(), actor=clerk, now=NOW)
    assert perform(job)


def test_handed_out_again_while_it_may_still_live_it_is_looked_at_later(body, clerk, monkeypatch):
    job = start(clerk)
    work.claim(job.pk, NOW)
    later = []
    monkeypatch.setattr(jobs.work, "apply_async", lambda args, countdown: later.append((args, countdown)))
    jobs.work(str(job.pk))
    assert later == []
    jobs.work.push_request(delivery_info={"redelivered": True})
    jobs.work.run(str(job.pk))
    jobs.work.pop_request()
    assert later == [((str(job.pk),), SILENCE.total_seconds() + 1)]


def test_it_has_the_rights_of_its_owner_as_they_are_then(body, clerk):
    job = start(clerk)
    clerk.assignments.update(valid_to=clock.day_of(NOW) - timedelta(days=1))
    perform(job)
    assert (job.state, job.error) == (JobState.FAILED, work.ROLE_ENDED)


def test_nobody_repeats_anothers(body, clerk, people):
    with pytest.raises(Refused, match="只有发起人"):
        services.repeat(start(clerk), actor=people[Role.LEADER], now=NOW)


def test_without_a_queue_the_row_says_so(body, clerk, monkeypatch, django_capture_on_commit_callbacks):
    def down(key):
        raise OperationalError

    monkeypatch.setattr(jobs.work, "delay", down)
    with django_capture_on_commit_callbacks(execute=True):
        start(clerk)
    job = Job.objects.get()
    assert (job.state, job.error) == (JobState.FAILED, services.NO_QUEUE)


def test_a_full_disk_is_told(body, clerk):
    def full(job, progress):
        raise OSError(28, "no space")

    body.do = full
    job = start(clerk)
    perform(job)
    assert job.error == results.FULL


def test_the_page_shows_progress_then_the_file_then_that_it_is_gone(
    body, clerk, sign_in, django_capture_on_commit_callbacks
):
    job = start(clerk)
    client = sign_in(clerk)
    page = client.get(job.get_absolute_url()).content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert "已排队" in page
    assert client.get(f"{job.get_absolute_url()}file/").status_code == 404
    again = client.post(f"{job.get_absolute_url()}again/", follow=True).content.decode()
    assert "该任务正在办理或已经完成，不必重试" in again
    old = work.claim(job.pk, NOW)
    work.Progress(old, lambda: NOW)(3, 12, "珠委农组〔2026〕8号")
    page = client.get(job.get_absolute_url()).content.decode()
    assert "已办 3 / 12，正在办：珠委农组〔2026〕8号" in page
    Job.objects.update(seen_at=NOW - SILENCE - timedelta(seconds=1))
    page = client.get(job.get_absolute_url()).content.decode()
    assert "后台处理中断" in page
    assert "中断" in client.get("/runs/jobs/").content.decode()
    assert "every 2s" not in page
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{job.get_absolute_url()}again/")
    page = client.get(job.get_absolute_url()).content.decode()
    assert "下载 公文.zip" in page
    answer = client.get(f"{job.get_absolute_url()}file/")
    assert b"".join(answer.streaming_content) == b"zip"
    assert "attachment" in answer["Content-Disposition"]
    results.drop(job)
    assert "已经清理，请重新发起" in client.get(f"{job.get_absolute_url()}file/", follow=True).content.decode()
    assert client.get("/runs/jobs/").content.decode().count(job.get_absolute_url()) == 1


def test_the_list_costs_the_same_for_one_and_for_three(body, clerk, sign_in):
    client, spent = sign_in(clerk), []
    for papers in ([1], [2, 3]):
        begun = [start(clerk, papers=[paper]) for paper in papers]
        with CaptureQueriesContext(connection) as found:
            page = client.get("/runs/jobs/").content.decode()
        assert all(job.get_absolute_url() in page for job in begun)
        spent.append(len(found))
    assert spent[0] == spent[1]


def test_what_nobody_needs_goes_with_its_file(body, clerk):
    job = start(clerk)
    perform(job)
    assert services.drop_stale(now=NOW + timedelta(hours=23)) == 0
    assert services.drop_stale(now=NOW + timedelta(days=1)) == 1
    assert not results.place_of(job).exists()
