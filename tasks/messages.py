"""The words of every notice and reminder of the reporting cycle, as an office writes them. Pure: no database, no clock.

Each function gives a `Words`: the line in the inbox and the text below it. To 下级 one writes 请于…前报送;
to 平级 请贵单位; to 不相隶属 a courteous 温馨提示 without a word of being late.
"""

from typing import NamedTuple

from tasks.kinds import Audience
from zhuzun.organisations.kinds import Relation
from zhuzun.ui.formats import day, long_day


class Words(NamedTuple):
    """A title (at most 120 characters) and a text."""

    title: str
    text: str


# --- the ladder -------------------------------------------------------------------------------------------------------
def reminder(report, step, today) -> Words:
    """To the body that owes the report."""
    if report.relation == Relation.SEPARATE:
        return courtesy(report)
    until = long_day(report.effective_due_on)
    who = "请贵单位" if report.relation == Relation.EQUAL else "请"
    if step.offset > 0:
        title = f"{report.title}已过报送截止日期"
        text = f"《{report.title}》应于{until}前报送，目前状态为“{report.get_state_display()}”。{who}尽快报送。"
        return Words(title, text + "确有困难的，请与市局联系。")
    title = f"{report.title}{'今天' if report.effective_due_on == today else until}截止报送"
    text = f"《{report.title}》报送截止日期为{until}，目前状态为“{report.get_state_display()}”。{who}按时报送。"
    return Words(title, text + "如需延期，请在截止日期前申请。")


def courtesy(report) -> Words:
    """温馨提示, to bodies that are 不相隶属."""
    text = f"《{report.title}》拟于{long_day(report.effective_due_on)}汇总。贵方如已准备就绪，烦请登录报送；谢谢支持。"
    return Words(f"温馨提示：{report.title}", text)


def courtesy_by_group(report, name) -> Words:
    """The same by way of the working group."""
    text = f"《{report.title}》拟于{long_day(report.effective_due_on)}汇总，烦请工作组协助转告{name}。"
    return Words(f"温馨提示（请转{name}）：{report.title}", text)


def check_courtesy(sheet, name, today) -> Words:
    """A county's window of checking closes soon: by way of the working group."""
    filer = sheet.report.filer.name_on(today)
    text = (
        f"{filer}报送的《{sheet.report.title}》正请{name}核对数据，核对时间至{long_day(sheet.due_on)}。"
        f"烦请工作组协助提示；到时未核对的数据标为“未核对”，不视为认可。"
    )
    return Words(f"温馨提示（请转{name}）：{sheet.report.title}数据核对", text)


def escalation(form, step, reports, names) -> Words:
    """Inside the bureau: who is late, so many working days after the day."""
    listed = "、".join(names)
    list_of = "拟通报名单：" if step.audience == Audience.NAMES else ""
    title = f"{form.name}（{form.period}）{list_of}逾期{step.offset}个工作日，{len(reports)} 个单位尚未报送"
    text = f"截止日期为{long_day(step.due_on)}。尚未报送：{listed}。"
    return Words(title, text + BUREAU_WORDS.get(step.audience, ""))


BUREAU_WORDS = {
    Audience.OFFICER: "请联系催报。",
    Audience.HEAD: "请科室负责人协调。",
    Audience.LEADER: "请阅示。是否列入通报名单，由局领导逐一确定。",
    Audience.NAMES: "已列入拟通报名单，请局领导逐一确定；系统不自动通报任何单位。",
}


def manual(report, text) -> Words:
    """What the bureau wrote itself."""
    return Words(f"请报送：{report.title}", text)


CHASE_TEXT = "请尽快报送本期进展报告；确有困难的，请与市局联系。"


# --- what happened to a report ----------------------------------------------------------------------------------------
def filed(report, again) -> Words:
    """To the bureau."""
    act = "重新报送" if again else "报送"
    limit = f"请于{long_day(report.review_due_on)}前审核。" if report.review_due_on else "请审核。"
    behalf = "（代录）" if report.on_behalf else ""
    return Words(f"{report.title}已{act}{behalf}，待审核", f"《{report.title}》已{act}。{limit}")


def recalled(report) -> Words:
    """To the bureau."""
    return Words(f"{report.title}已由报送单位撤回", "报送单位撤回修改，修改后会重新报送。")


def to_sign(report) -> Words:
    """To the filer's own leader."""
    return Words(
        f"{report.title}请审签",
        f"《{report.title}》已由经办人填报完毕，截止日期{day(report.effective_due_on)}，请审签。",
    )


def given_back(report, comment) -> Words:
    """To the filer's officers, from their leader."""
    return Words(f"{report.title}未予审签，请修改", f"审签意见：{comment}" if comment else "请修改后重新送审。")


def to_head(report) -> Words:
    """To the section head."""
    return Words(f"{report.title}请科室审核", f"《{report.title}》已经经办审核，请科室负责人审核。")


def returned(report, round_, *, reopened=False) -> Words:
    """To the filer: what is to be changed, section by section, and by when."""
    lines = [f"{one['title']}：{one.get('comment', '')}" for one in round_.sections]
    until = f"请于{long_day(round_.due_on)}前修改后重新报送。" if round_.due_on else "请修改后重新报送。"
    text = "\n".join(filter(None, [round_.text, *lines, until]))
    return Words(f"{report.title}{'退回重报' if reopened else '退回修改'}", text)


def accepted(report) -> Words:
    """To the filer."""
    return Words(f"{report.title}已审核通过", f"《{report.title}》已经市局审核通过。")


def opinion_wanted(report, county) -> Words:
    """To the county's team."""
    until = long_day(report.opinion_due_on)
    text = f"《{report.title}》涉及{county}的数据请填写前方意见，时间至{until}。逾时未填的，不影响审核。"
    return Words(f"{report.title}请填写前方意见", text)


def opinion_required(report, county) -> Words:
    """To the county's team, where the plan wants its word."""
    until = long_day(report.opinion_due_on)
    text = f"《{report.title}》涉及{county}的数据须经前方核对，请于{until}前填写前方意见。"
    return Words(f"{report.title}请填写前方意见", text)


# --- dates ------------------------------------------------------------------------------------------------------------
def extension_asked(report, name) -> Words:
    """To the bureau."""
    return Words(f"{report.title}申请延期，待审批", f"{name}就《{report.title}》申请延期，请审批。")


def extended(report) -> Words:
    """To the filer."""
    text = f"《{report.title}》的延期申请已获同意，延至{long_day(report.extended_to)}。"
    return Words(f"{report.title}同意延期至{long_day(report.extended_to)}", text)


def extension_refused(report, decision) -> Words:
    """To the filer."""
    reason = f"理由：{decision}" if decision else ""
    return Words(f"{report.title}延期申请未获同意", f"报送截止日期仍为{long_day(report.effective_due_on)}。{reason}")


def excused(report) -> Words:
    """To the filer."""
    return Words(f"{report.title}免报", f"《{report.title}》本期免报，无须办理。原因：{report.excuse_reason}")


def moved(report, reason) -> Words:
    """To the filer."""
    until = long_day(report.due_on)
    return Words(f"{report.title}截止日期调整为{until}", f"《{report.title}》的截止日期调整为{until}。原因：{reason}")


def added(report, reason) -> Words:
    """To a body that owes an open form as well."""
    who = "请贵单位" if report.relation == Relation.EQUAL else "请"
    until = long_day(report.due_on)
    return Words(f"{report.title}请于{until}前报送", f"《{report.title}》{who}于{until}前报送。原因：{reason}")


def assigned(report, section) -> Words:
    """To the colleague to whom a section was handed."""
    until = f"，请于{long_day(section.assigned_until)}前填好" if section.assigned_until else ""
    title = f"{report.title}：请填报“{section}”"
    return Words(title, f"《{report.title}》的“{section}”部分分给您填报{until}。")


# --- the other side ---------------------------------------------------------------------------------------------------
def check_asked(sheet, filer) -> Words:
    """To the county: both sides sign the same number."""
    text = (
        f"{filer}报送的《{sheet.report.title}》中有涉及贵县（市）的数据，烦请于{long_day(sheet.due_on)}前核对。"
        "到时未核对的标为“未核对”，不视为认可。"
    )
    return Words(f"请核对数据：{sheet.report.title}", text)


def disputed(line, county, filed, other) -> Words:
    """To the bureau and the filer: what was filed, and what the county says."""
    report = line.sheet.report
    text = f"{county}对“{line.entry.item}”提出异议：报送 {filed}，核对 {other}。理由：{line.reason}。"
    return Words(f"{report.title}：{county}对“{line.entry.item}”有异议", f"{text}裁定前该数据不计入汇总。")


def settled(line, county, decided) -> Words:
    """To both sides: the figure that counts."""
    report = line.sheet.report
    text = f"{county}“{line.entry.item}”的异议，市局已裁定为 {decided}。理由：{line.settlement}"
    return Words(f"{report.title}：“{line.entry.item}”异议已裁定", text)
