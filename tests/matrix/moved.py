"""The estate moved on to where a form of the reporting cycle can be sent: a report begun, filed, a month closed.

Each takes the estate and gives what the form is to be sent with beside what the page fills in. Services do it, an hour
before factories.NOW, so that what they write stands before the act that a test looks at.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from pairing import agreements
from pairing.models import Agreement
from tasks.models import Correction, ExtensionRequest, FigureCheck, ProgressReport, ReportingPeriod
from tasks.services.opening import open_due
from tasks.workflow import REPORT
from tests import factories
from tests.matrix.estate import PDF
from tests.notices.incoming import making as incoming
from tests.tasks import closed, filed
from zhuzun.accounts.roles import Role
from zhuzun.notices.incoming.models import IncomingDelivery, IncomingPaper
from zhuzun.notices.papers.models import Paper
from zhuzun.ui.workbook import Column, write_xlsx

BEFORE = factories.NOW - timedelta(hours=1)
APRIL = datetime(2022, 4, 1, 0, 20, tzinfo=ZoneInfo("Asia/Shanghai"))


def scan(estate):
    """The scan of a signed sheet, another one than hangs there already."""
    return {"file": lambda: SimpleUploadedFile("签章件.pdf", PDF + b"%second\n")}


def _officer(estate):
    return estate.people[Role.DISTRICT_OFFICER]


def begun(estate):
    """香洲's report, every cell filled."""
    filed.fill(estate.month.report(estate.world.xiangzhou), by=_officer(estate), now=BEFORE)
    return {}


def begun_with_scan(estate):
    """The same, and its sheet to be uploaded."""
    return {**begun(estate), **scan(estate)}


def to_sign(estate):
    """香洲's report before its leader."""
    begun(estate)
    report = estate.month.report(estate.world.xiangzhou)
    REPORT.take(report, "send_to_sign", actor=_officer(estate), now=BEFORE)
    return {"text": "同意报送"}


def sent(estate):
    """香洲's report at the bureau."""
    filed.filed(estate.month.report(estate.world.xiangzhou), by=_officer(estate), now=BEFORE)
    return {}


def sent_for_a_word(estate):
    """The same, and what the group's leader says of it."""
    return {**sent(estate), "verdict": "remark", "text": "请核对到账数"}


def sent_for_return(estate):
    """The same, and what the bureau wants changed."""
    sent(estate)
    section = estate.month.report(estate.world.xiangzhou).sections.first()
    return {f"section_{section.pk}": "请核对"}


def in_time(estate):
    """香洲's report before its day, nothing asked for yet."""
    report = estate.month.report(estate.world.xiangzhou)
    ExtensionRequest.objects.filter(report=report).delete()
    ProgressReport.objects.filter(pk=report.pk).update(due_on=date(2022, 3, 18))
    return {"wanted_on": "2022-03-24"}


def empty(estate):
    """香洲's report with nothing in it: how many cells the page showed."""
    return {"count": "4"}


def with_last_months_figure(estate):
    """March's report of 香洲, after a February filed with its 期末数."""
    filed.filed(estate.month.report(estate.world.xiangzhou), by=_officer(estate), now=BEFORE)
    open_due(now=APRIL)
    estate.month.period = ReportingPeriod.objects.get(label="2022年3月")  # whose report stands in the address
    return {"count": "2"}


def asked_of_the_county(estate):
    """正安's figures filed by its team; the county has said nothing yet."""
    member = estate.people[Role.GROUP_MEMBER]
    filed.filed(estate.month.report(estate.world.zhengan_team), by=member, now=BEFORE)
    return {}


def in_dispute(estate):
    """The same, one of them disputed."""
    asked_of_the_county(estate)
    FigureCheck.objects.filter(pk=estate.checks["own"]["line"]).update(state="disputed")
    return {}


def frozen(estate):
    """February closed."""
    Correction.objects.filter(pk=estate.corrections["own"].pk).delete()
    closed.close(estate.month.period, estate.people, now=BEFORE)
    return {"on": "2022-03-15", "typed": "15"}


def at_the_press(estate):
    """A paper that waits for its seal."""
    Paper.objects.filter(pk=estate.papers["draft"].pk).update(state="printing")
    return scan(estate)


def came_in(estate):
    """A whole PDF: what nobody can look into is not taken for a paper of another's."""
    return {"file": lambda: SimpleUploadedFile("正文.pdf", incoming.SCAN + b"%second\n%%EOF\n")}


def not_distributed(estate):
    """A paper of another's that nobody got yet."""
    IncomingPaper.objects.filter(pk=estate.incoming["own"].pk).update(state="registered")
    return {}


def asked_for_a_word(estate):
    """What was distributed is to be answered."""
    IncomingDelivery.objects.filter(paper=estate.incoming["own"]).update(part="act", reply_by=factories.DAY)
    return {}


def signed_agreement(estate):
    """香洲—正安's agreement of the year, signed."""
    Agreement.objects.filter(pk=estate.agreements["own"].pk).update(state="signed", signed_on=factories.DAY)
    return {}


def scanned_agreement(estate):
    """The paper of 香洲—正安 hangs on it."""
    bureau = estate.people[Role.BUREAU_OFFICER]
    agreements.attach_scan(estate.agreements["own"], data=PDF, filename="协议.pdf", actor=bureau, now=BEFORE)
    return {"signed_on": "2022-03-15"}


def another_party(estate):
    """Two different parties."""
    return {"west": str(estate.world.zunyi.pk)}


def a_target(estate):
    """A figure for each place of the agreement."""
    places = (estate.world.xiangzhou, estate.world.zhengan, estate.world.zunyi, estate.world.zhuhai)
    return {f"place_{place.pk}": "120" for place in places}


def filled_sheet(estate):
    """香洲's report as a workbook."""
    data = write_xlsx("报表", [Column("指标编码"), Column("正安县")], [("T-FUND01", "5")])
    return {"file": lambda: SimpleUploadedFile("报表.xlsx", data)}


def opening_sheet(estate):
    """Figures from before the portal."""
    heads = [Column(head) for head in ("指标编码", "渠道", "截至月", "正安县")]
    data = write_xlsx("上线前数据", heads, [("T-FUND01", "", "2022-01", "5")])
    return {"file": lambda: SimpleUploadedFile("上线前数据.xlsx", data)}


STATES = {
    "notices:incoming_attach": came_in,
    "notices:incoming_delivery_reply": asked_for_a_word,
    "notices:incoming_strike": not_distributed,
    "notices:paper_enclose": scan,
    "notices:paper_sealed": at_the_press,
    "pairing:agreement_add": another_party,
    "pairing:agreement_revise": signed_agreement,
    "pairing:agreement_scan": scan,
    "pairing:agreement_sign": scanned_agreement,
    "tasks:check_all": asked_of_the_county,
    "tasks:check_sheet": lambda estate: {**asked_of_the_county(estate), **scan(estate)},
    "tasks:check_sheet_withdraw": asked_of_the_county,
    "tasks:correction_ask": frozen,
    "tasks:dispute": in_dispute,
    "tasks:opening_upload": opening_sheet,
    "tasks:period_sent_up": frozen,
    "tasks:report_act": to_sign,
    "tasks:report_carry": with_last_months_figure,
    "tasks:report_evidence": begun_with_scan,
    "tasks:report_extend": in_time,
    "tasks:report_opinion": sent_for_a_word,
    "tasks:report_return": sent_for_return,
    "tasks:report_sheet": begun_with_scan,
    "tasks:report_upload": filled_sheet,
    "tasks:report_zero": empty,
    "tasks:sheet_withdraw": begun,
    "tasks:target_set": a_target,
}
