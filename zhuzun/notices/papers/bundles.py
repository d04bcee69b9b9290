"""Many papers as one zip, and the one paper that is too much work for a page: long work with its progress.

A name in the zip is readable on Windows: marked as UTF-8, without signs that its folders refuse, none twice; and short
enough for 麒麟 and 统信, where a name has 255 bytes and a Chinese sign three. What was sealed is given as the sealed
scan, for that is the paper.
"""

import hashlib
import unicodedata
import zipfile
from pathlib import Path

from django.urls import reverse

from zhuzun.documents import vault
from zhuzun.documents.kinds import AttachmentKind
from zhuzun.documents.services import attachments_of
from zhuzun.errors import DomainError
from zhuzun.notices.papers import rendering
from zhuzun.notices.papers.kinds import Contents, File
from zhuzun.notices.papers.models import Paper
from zhuzun.notices.papers.telling import ready
from zhuzun.runs import services
from zhuzun.runs.models import Job
from zhuzun.runs.work import Made, Work, register

ZIP, ONE = "notices.zip_papers", "notices.set_paper"
ADDRESSES = {File.PDF: "notices:paper_pdf", File.DOCX: "notices:paper_docx", File.SLIP: "paper_documents:slip"}
MOST = 200
MOST_BYTES = 300 * 1024 * 1024
LONGEST_STEM = 216  # bytes; 255 with （用印件）, （2） and the ending
DIGESTS = "校验值（SHA-256）.txt"
FULL = f"合计超过 {MOST_BYTES // (1024 * 1024)} MB，请分批打包。"
NOTHING = "没有可打包的公文：所选公文不存在，或您不能查看。"
SPOILED = "用印件的文件缺失或已损坏，请联系系统管理员。"
_REFUSED = str.maketrans('<>:"/\\|?*', "＜＞：＂／＼｜？＊")
_EPOCH = (1980, 1, 1, 0, 0, 0)


# --- starting --------------------------------------------------------------------------------------------------------
def start_zip(papers, *, contents, actor, now) -> Job:
    """Pack these papers (a queryset of what the person may see), the last changed first."""
    keys = list(papers.order_by("-changed_at", "-pk").values_list("pk", flat=True)[: MOST + 1])
    if not keys:
        raise DomainError(NOTHING)
    if len(keys) > MOST:
        raise DomainError(f"一次最多打包 {MOST} 件，请缩小筛选范围或分批选择。")
    title = f"打包公文 {len(keys)} 件"
    return services.start(kind=ZIP, title=title, asked={"papers": keys, "contents": contents}, actor=actor, now=now)


def start_one(paper, which: File, *, actor, now) -> Job:
    """Set one paper that is too much work for a page."""
    asked = {"paper": paper.pk, "file": which}
    return services.start(kind=ONE, title=f"排印：{paper.title}", asked=asked, actor=actor, now=now)


# --- the work --------------------------------------------------------------------------------------------------------
def set_one(job: Job, progress) -> Made:
    """The file is kept; the page then has it at once."""
    paper = _seen(job, [job.asked["paper"]]).first()
    if paper is None:
        raise DomainError(NOTHING)
    progress(0, 1, paper.title)
    which = File(job.asked["file"])
    rendering.file(paper, which)
    progress(1, 1)
    return Made(link=reverse(ADDRESSES[which], args=[paper.pk]))


def zip_papers(job: Job, progress) -> Made:
    """Each paper in the order of the list, and the digests of the files."""
    papers = {paper.pk: paper for paper in _seen(job, job.asked["papers"])}
    chosen = [papers[key] for key in job.asked["papers"] if key in papers]
    if not chosen:
        raise DomainError(NOTHING)
    with Packed(progress.file) as packed:
        for number, paper in enumerate(chosen):
            progress(number, len(chosen), paper.number_text or paper.title)
            _pack(packed, paper, Contents(job.asked["contents"]))
    progress(len(chosen), len(chosen))
    return Made(file_name=f"公文{len(chosen)}件.zip")


def _seen(job, keys):
    return Paper.objects.visible_to(job.owner).filter(pk__in=keys).for_page()


def _pack(packed, paper, contents):
    stem = f"{paper.name_mark}{paper.number_text or '草稿'} {paper.title}"
    try:
        if contents != Contents.DOCX:
            packed.add(stem, *_print(paper))
        if contents != Contents.PDF:
            packed.add(stem, ".docx", rendering.file(paper, File.DOCX))
    except DomainError as error:
        raise DomainError(f"{paper.number_text}《{paper.title}》：{error.message}") from error


def _print(paper) -> tuple[str, bytes]:
    """The sealed scan where there is one, else the portal's own print."""
    scan = attachments_of(paper, AttachmentKind.SEALED).standing().order_by("-uploaded_at", "-pk").first()
    if scan is None:
        return ".pdf", rendering.file(paper, File.PDF)
    data = vault.read(scan.pk)
    if hashlib.sha256(data).hexdigest() != scan.sha256:
        raise DomainError(SPOILED)
    return f"（用印件）{Path(scan.name).suffix.lower()}", data


class Packed:
    """A zip on the disk; its names are kept apart, its bytes counted. What is in it is compressed already."""

    def __init__(self, place: Path):
        self.zip = zipfile.ZipFile(place, "w", zipfile.ZIP_STORED)
        self.names, self.bytes, self.digests = set(), 0, []

    def add(self, stem: str, ending: str, data: bytes):
        """One file."""
        self.bytes += len(data)
        if self.bytes > MOST_BYTES:
            raise DomainError(FULL)
        name = self._own(safe(stem), ending)
        self.digests.append(f"{hashlib.sha256(data).hexdigest()}  {name}\r\n")
        self.zip.writestr(zipfile.ZipInfo(name, _EPOCH), data)

    def _own(self, stem: str, ending: str) -> str:
        name, count = f"{stem}{ending}", 2
        while name.casefold() in self.names:
            name, count = f"{stem}（{count}）{ending}", count + 1
        self.names.add(name.casefold())
        return name

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        """With the digests; the mark at their beginning tells old editors that they are UTF-8."""
        with self.zip:
            if kind is None:
                self.zip.writestr(zipfile.ZipInfo(DIGESTS, _EPOCH), "\ufeff" + "".join(self.digests))


def safe(stem: str) -> str:
    """As Windows takes it: no signs that its folders refuse, none that turns the reading, not too long."""
    plain = "".join(sign for sign in stem.translate(_REFUSED) if unicodedata.category(sign)[0] != "C")
    return plain.encode()[:LONGEST_STEM].decode(errors="ignore").strip(" .")


def register_all():
    """Called once, when the app is ready."""
    register(Work(ZIP, zip_papers, ready))
    register(Work(ONE, set_one, ready))
