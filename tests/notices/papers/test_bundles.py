"""Papers as a zip; a killed renderer leaves the paper as it was."""

import os
import signal
import zipfile
from io import BytesIO

import pytest

from tests.notices.papers import making
from zhuzun.accounts.roles import Role
from zhuzun.documents.papers import press
from zhuzun.errors import DomainError
from zhuzun.notices.models import Message
from zhuzun.notices.papers import bundles, rendering
from zhuzun.notices.papers.kinds import Contents, File, PaperState
from zhuzun.notices.papers.models import Paper
from zhuzun.runs import results, services, work
from zhuzun.runs.models import Job, JobState

NOW = making.NOW


@pytest.fixture(autouse=True)
def _day(settings, tmp_path, time_machine):
    settings.MEDIA_ROOT = tmp_path
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def set_at_once(monkeypatch):
    """No page is set: what a file holds is shown in test_files.py."""
    monkeypatch.setattr(rendering, "file", lambda paper, which: f"{which} {paper.pk}".encode())


def packed(papers, contents=Contents.PDF, *, by):
    job = bundles.start_zip(papers, contents=contents, actor=by, now=NOW)
    work.perform(job.pk, now=lambda: NOW)
    job.refresh_from_db()
    return job


def opened(job):
    return zipfile.ZipFile(BytesIO(results.place_of(job).read_bytes()))


def test_the_sealed_scan_or_the_print_and_their_digests(desk, people, set_at_once):
    sealed = desk.at(PaperState.ISSUED)
    inner = desk.at(PaperState.ISSUED, kind="supervision", title='督办单：a/b<c>|"d"?')
    draft = desk.draft(title="草" * 120)
    job = packed(Paper.objects.all(), Contents.BOTH, by=people[Role.CLERK])
    assert (job.state, job.done, job.total, job.file_name) == (JobState.DONE, 3, 3, "公文3件.zip")
    found = opened(job)
    assert set(found.namelist()) == {
        f"{sealed.number_text} 关于做好协作工作的通知（用印件）.pdf",
        f"{sealed.number_text} 关于做好协作工作的通知.docx",
        f"{inner.number_text} 督办单：a／b＜c＞｜＂d＂？.pdf",
        f"{inner.number_text} 督办单：a／b＜c＞｜＂d＂？.docx",
        f"草稿 {'草' * 69}.pdf",
        f"草稿 {'草' * 69}.docx",
        bundles.DIGESTS,
    }
    assert all(one.flag_bits & 0x800 for one in found.infolist()), "Windows reads names that are marked as UTF-8"
    assert found.read(f"{sealed.number_text} 关于做好协作工作的通知（用印件）.pdf") == making.PDF
    assert found.read(f"草稿 {'草' * 69}.pdf") == f"pdf {draft.pk}".encode()
    assert max(len(one.encode()) for one in found.namelist()) <= 255, "as long as a name may be where WPS runs on Linux"
    assert found.read(bundles.DIGESTS).decode("utf-8-sig").count("\r\n") == 6
    assert Message.objects.filter(user=people[Role.CLERK], title__startswith="已完成：打包公文 3 件").exists()


def test_two_of_one_name_both_come(desk, people, set_at_once):
    for _ in range(2):
        desk.draft(title="同名的通知")
    names = opened(packed(Paper.objects.all(), by=people[Role.CLERK])).namelist()
    assert {"草稿 同名的通知.pdf", "草稿 同名的通知（2）.pdf"} <= set(names)


@pytest.mark.parametrize("stem", ["通知\u202efdp.exe", "通知\x00\n", "通知 . . "])
def test_no_name_turns_round_or_ends_in_dots(stem):
    assert bundles.safe(stem) in ("通知fdp.exe", "通知")


def test_the_longest_names_that_are_alike_fit_too(tmp_path):
    with bundles.Packed(tmp_path / "zip") as packed:
        for _ in range(bundles.MOST):
            packed.add("珠委农组〔2026〕12345号 " + "䶮" * 60 + "𠮷" * 60, "（用印件）.jpeg", b"")
    names = zipfile.ZipFile(tmp_path / "zip").namelist()
    assert len({name.casefold() for name in names}) == bundles.MOST + 1
    assert max(len(name.encode()) for name in names) <= 255


def test_nobody_packs_what_he_may_not_see(desk, people, set_at_once):
    mine = desk.at(PaperState.ISSUED, kind="supervision", title="督办单")
    desk.at(PaperState.ISSUED, kind="supervision", title="别的督办单", to=[desk.world.gaoxin])
    officer = people[Role.DISTRICT_OFFICER]
    job = bundles.start_zip(Paper.objects.visible_to(officer), contents="pdf", actor=officer, now=NOW)
    Job.objects.update(asked={**job.asked, "papers": list(Paper.objects.values_list("pk", flat=True))})
    work.perform(job.pk, now=lambda: NOW)
    assert opened(job).namelist() == [f"{mine.number_text} 督办单.pdf", bundles.DIGESTS]
    with pytest.raises(DomainError, match="没有可打包的公文"):
        bundles.start_zip(Paper.objects.none(), contents="pdf", actor=officer, now=NOW)


def test_what_nobody_may_see_any_more_and_what_is_spoilt_on_the_disk_is_told(desk, people, set_at_once, monkeypatch):
    clerk, paper = people[Role.CLERK], desk.at(PaperState.ISSUED)
    zipped = bundles.start_zip(Paper.objects.all(), contents="pdf", actor=clerk, now=NOW)
    one = bundles.start_one(paper, File.DOCX, actor=clerk, now=NOW)
    for job, asked in ((zipped, {**zipped.asked, "papers": [0]}), (one, {**one.asked, "paper": 0})):
        Job.objects.filter(pk=job.pk).update(asked=asked)
        work.perform(job.pk, now=lambda: NOW)
        job.refresh_from_db()
        assert (job.state, job.error) == (JobState.FAILED, bundles.NOTHING)
    monkeypatch.setattr(bundles.vault, "read", lambda key: b"spoilt")
    spoilt = packed(Paper.objects.all(), by=clerk)
    assert (spoilt.state, spoilt.error) == (JobState.FAILED, f"{paper.number_text}《{paper.title}》：{bundles.SPOILED}")


def test_not_too_many_and_not_too_large(desk, people, set_at_once, monkeypatch):
    for _ in range(2):
        desk.draft()
    monkeypatch.setattr(bundles, "MOST_BYTES", 5)
    assert "请分批打包" in packed(Paper.objects.all(), by=people[Role.CLERK]).error
    monkeypatch.setattr(bundles, "MOST", 1)
    with pytest.raises(DomainError, match="一次最多打包 1 件"):
        bundles.start_zip(Paper.objects.all(), contents="pdf", actor=people[Role.CLERK], now=NOW)


def test_chosen_in_the_list_or_by_its_filter(desk, people, sign_in, set_at_once, django_capture_on_commit_callbacks):
    one, other = desk.draft(title="关于园区的通知"), desk.draft(title="关于学校的通知")
    client = sign_in(people[Role.CLERK])
    page = client.get("/notices/").content.decode()
    assert f'name="paper" value="{one.pk}"' in page
    for query, there in ((f"paper=&paper={other.pk}", [other]), ("text=园区", [one]), ("", [one, other])):
        count = len(there)
        page = client.get(f"/notices/bundle/?{query}").content.decode()
        assert f"共 <b>{count}</b> 件" in page
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(f"/notices/bundle/?{query}", {"contents": "pdf"})
        job = Job.objects.get(pk=answer["Location"].split("/")[-2])
        assert set(job.asked["papers"]) == {paper.pk for paper in there}
        assert "下载 公文" in client.get(job.get_absolute_url()).content.decode()
    page = client.post("/notices/bundle/?paper=", {"contents": "pdf"}).content.decode()
    assert "没有可打包的公文" in page


def test_a_killed_renderer_leaves_the_paper_and_the_job_is_repeated(desk, people, monkeypatch):
    paper, clerk = desk.draft(), people[Role.CLERK]
    before = Paper.objects.values().get(pk=paper.pk)
    child = press._child(press.MEGABYTES, press.Lane.LONG)
    ask = child.ask
    monkeypatch.setattr(child, "ask", lambda *order: (os.kill(child.process.pid, signal.SIGKILL), ask(*order))[1])
    job = packed(Paper.objects.all(), by=clerk)
    assert job.state == JobState.FAILED
    assert "排版程序意外终止，文稿没有变化，请重试" in job.error
    assert paper.title in job.error
    assert Paper.objects.values().get(pk=paper.pk) == before
    assert not results.place_of(job).exists()
    services.repeat(job, actor=clerk, now=NOW)
    work.perform(job.pk, now=lambda: NOW)
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert opened(job).namelist()[0] == f"草稿 {paper.title}.pdf"
