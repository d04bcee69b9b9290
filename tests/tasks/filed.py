"""A month in which reports are filled and filed: short ways for tests of what comes after."""

from tasks.kinds import CellState, ReportState
from tasks.models import Entry, Narrative, ProgressReport
from tasks.services import chain
from tasks.workflow import REPORT
from tests.tasks.cycle import FILING
from zhuzun.documents.kinds import AttachmentKind
from zhuzun.documents.services import attach

PDF = b"%PDF-1.7\n%%EOF\n"


def fill(report, *, by=None, value=12, now=FILING) -> ProgressReport:
    """Every cell a figure, every text a word; begun, whoever it is."""
    Entry.objects.filter(section__report=report).update(
        state=CellState.VALUE, value=value, updated_by=by, updated_at=now
    )
    for section in report.sections.filter(kind="narrative"):
        Narrative.objects.update_or_create(section=section, defaults={"practice": "已开展工作", "updated_by": by})
    report = ProgressReport.objects.get(pk=report.pk)
    if report.state == ReportState.NOT_STARTED:
        report = REPORT.take(report, "start", actor=None, now=now)
    return ProgressReport.objects.get(pk=report.pk)


def left(report, *, state=ReportState.REVIEW, now=FILING) -> ProgressReport:
    """It left its body, with whatever stands in it."""
    facts = {"state": state, "filed_on": now.date(), "filed_at": now}
    ProgressReport.objects.filter(pk=report.pk).update(**facts)
    return ProgressReport.objects.get(pk=report.pk)


def sheet(report, *, by, now=FILING, data=PDF):
    """The signed sheet hangs on the report."""
    return attach(data, "签章件.pdf", to=report, kind=AttachmentKind.SIGNED, actor=by, now=now)


def filed(report, *, by, now=FILING) -> ProgressReport:
    """Filled by `by`, signed on paper and filed."""
    report = fill(report, by=by, now=now)
    sheet(report, by=by, now=now)
    return chain.sign_on_paper(report, actor=by, now=now)
