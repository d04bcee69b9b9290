"""How a report is shown: its state, and beside it how it stands to its day. Two things, never one colour."""

from django.utils.html import format_html

from tasks.kinds import PAST, PAST_THE_DAY, WITH_BUREAU, ReportState
from zhuzun.organisations.kinds import Relation
from zhuzun.periods.light import TONES, TimeState, late_workdays, time_state_of
from zhuzun.ui.badges import badge
from zhuzun.ui.formats import day as written

STATE_TONES = {
    ReportState.NOT_STARTED: "idle",
    ReportState.DRAFTING: "info",
    ReportState.SIGNING: "info",
    ReportState.REVIEW: "soon",
    ReportState.HEAD: "soon",
    ReportState.RETURNED: "returned",
    ReportState.ACCEPTED: "done",
}


def light_of(report, day) -> str:
    """How it stands to its day, one of `LIGHTS`; `ReportQuerySet.with_light` says the same in SQL."""
    state = time_state_of(report, day)
    return PAST if state == TimeState.LATE and report.relation == Relation.SEPARATE else state


def state_badge(report):
    """未开始 填报中 待本单位审签 待市局审核 退回修改 已通过."""
    return badge(report.get_state_display(), STATE_TONES[report.state])


def light_badge(report, day, calendar=None):
    """未到期 临期 逾期 n 工作日 已批延期 免报 补报; to 不相隶属 bodies no red: 已过日期."""
    state = light_of(report, day)
    if state == PAST:
        return badge(PAST_THE_DAY, "idle")
    words, tone = state.label, TONES[state]
    if state == TimeState.LATE and calendar is not None:
        words = f"逾期 {late_workdays(report.effective_due_on, day, calendar)} 工作日"
    return badge(words, tone)


def return_words(report, day, calendar=None):
    """How a return stands to its own day, beside the first: the day, and whether it is or was kept."""
    if report.return_due_on is None:
        return ""
    done, limit = report.refiled_on, report.return_due_on
    if done is None and day <= limit:
        shown = badge("未到期", "good")
    elif done is None and report.relation == Relation.SEPARATE:
        shown = badge(PAST_THE_DAY, "idle")
    elif done is None:
        late = f" {late_workdays(limit, day, calendar)} 工作日" if calendar else ""
        shown = badge(f"修改逾期{late}", "late")
    elif done <= limit:
        shown = badge("按时重报", "done")
    else:
        shown = badge("已重报" if report.relation == Relation.SEPARATE else "逾期重报", "ended")
    return format_html("{} {}", written(limit), shown)


def report_facts(report, day, calendar) -> list[tuple[str, object]]:
    """The summary band: what, whose, state, light, next step and by whom, due."""
    facts = [
        ("报送单位", report.filer.name_on(report.period.end)),
        ("报告期", report.period.label),
        ("状态", state_badge(report)),
        ("时限", light_badge(report, day, calendar)),
        ("截止日期", written(report.due_on)),
        ("下一步", next_step(report)),
    ]
    if report.extended_to:
        facts.insert(5, ("批准延期至", written(report.extended_to)))
    if report.return_due_on:
        facts.insert(5, ("修改期限", return_words(report, day, calendar)))
    if report.excused:
        facts.append(("免报原因", report.excuse_reason))
    if report.on_behalf:
        facts.append(("标记", badge("代录", "info")))
    return facts


def next_step(report) -> str:
    """Who moves next."""
    if report.excused:
        return "免报，无须办理"
    words = {
        ReportState.NOT_STARTED: "由报送单位填报",
        ReportState.DRAFTING: "由报送单位填报",
        ReportState.SIGNING: "由本单位分管领导审签",
        ReportState.RETURNED: "由报送单位修改后重新报送",
        ReportState.ACCEPTED: "已审核通过，等待定稿",
    }
    if report.state in WITH_BUREAU:
        who = "市局经办" if report.state == ReportState.REVIEW else "市局科室负责人"
        return f"由{who}审核" + (f"，{written(report.review_due_on)} 前" if report.review_due_on else "")
    return words[report.state]
