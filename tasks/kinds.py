"""Closed lists of the policy ledger and the indicator catalogue; stored as ASCII codes, shown in Chinese."""

from django.db.models import TextChoices

from zhuzun.periods.light import TimeState


class Nature(TextChoices):
    """What a measure asks for, told by its verb (domain.md A.4)."""

    EXPLORE = "explore", "探索"
    SUPPORT = "support", "支持引导"
    BUILD = "build", "建设打造"
    CONTINUE = "continue", "持续开展"
    PERIODIC = "periodic", "定期"


class Part(TextChoices):
    """How a body answers for a paragraph or measure."""

    RESPONSIBLE = "responsible", "责任单位"
    LEAD = "lead", "牵头"
    ASSIST = "assist", "配合"


class Flow(TextChoices):
    """What a figure counts: new in the span, running total of the year, or the state at its end."""

    NEW = "new", "新增"
    CUMULATIVE = "cumulative", "本年累计"
    STOCK = "stock", "期末数"


class Direction(TextChoices):
    """Which way people or money go."""

    NONE = "", "不分方向"
    EAST_WEST = "ew", "东→西"
    WEST_EAST = "we", "西→东"


class Source(TextChoices):
    """Where a figure comes from."""

    REPORTED = "reported", "填报"
    COMPUTED = "computed", "系统计算"


class Family(TextChoices):
    """Family of indicators (domain.md C.2)."""

    ORG = "ORG", "组织领导"
    FUND = "FUND", "资金支持"
    TAL = "TAL", "人才支援"
    LAB = "LAB", "劳务协作"
    IND = "IND", "产业协作"
    CON = "CON", "消费协作"
    RUR = "RUR", "乡村建设"
    REF = "REF", "改革创新"
    SOC = "SOC", "社会动员"
    PAIR = "PAIR", "结对"


# --- the reporting cycle ---------------------------------------------------------------------------------------------
class PlanState(TextChoices):
    """Whether a report plan runs."""

    DRAFT = "draft", "未启用"
    ACTIVE = "active", "执行中"
    STOPPED = "stopped", "已停用"


class PeriodState(TextChoices):
    """How far the bureau is with a period."""

    OPEN = "open", "收报中"
    PROPOSED = "proposed", "待科室审核"
    CHECKED = "checked", "待局领导审定"
    CLOSED = "closed", "已定稿"


class ReportState(TextChoices):
    """How far a report is; whether it is late is told from its dates and never stored."""

    NOT_STARTED = "not_started", "未开始"
    DRAFTING = "drafting", "填报中"
    SIGNING = "signing", "待本单位审签"
    REVIEW = "review", "待市局审核"
    HEAD = "head", "待市局审核（科室）"
    RETURNED = "returned", "退回修改"
    ACCEPTED = "accepted", "已通过"


# While one of these the report is in the filer's hands; in the others it is in the bureau's.
WITH_FILER = (ReportState.NOT_STARTED, ReportState.DRAFTING, ReportState.SIGNING, ReportState.RETURNED)
EDITABLE = (ReportState.NOT_STARTED, ReportState.DRAFTING, ReportState.RETURNED)
WITH_BUREAU = (ReportState.REVIEW, ReportState.HEAD)
FILED = (*WITH_BUREAU, ReportState.ACCEPTED)


class CellState(TextChoices):
    """What a cell says: four different things in sums, completeness, reminders and exports."""

    MISSING = "missing", "未填"
    VALUE = "value", "数值"
    ZERO = "zero", "0（已确认）"
    NOT_APPLICABLE = "na", "不适用"


class EntryMode(TextChoices):
    """What the filer types for an indicator."""

    YEAR_TO_DATE = "ytd", "本年累计"
    SPAN = "span", "本期数"
    STOCK = "stock", "期末数"


class SectionKind(TextChoices):
    """A part of a report: the figures of one county (or the city's), or one narrative."""

    FIGURES = "figures", "数据"
    NARRATIVE = "narrative", "文字"


class FilerRule(TextChoices):
    """Who files a figure (数源单位)."""

    DISTRICT = "district", "结对的区（功能区）"
    TEAM = "team", "工作组县小组"
    BODY = "body", "指定单位"


class PlaceRule(TextChoices):
    """For which places a figure is filed; 市级（不分县）is never spread over counties."""

    COUNTIES = "counties", "分县（市）"
    CITY = "city", "市级（不分县）"
    BOTH = "both", "分县（市）和市级（不分县）"


class CheckEvery(TextChoices):
    """How often the other side checks a figure (核对)."""

    NEVER = "", "不核对"
    PERIOD = "period", "每期"
    QUARTER = "quarter", "每季度"
    YEAR = "year", "每年"


class OpinionRule(TextChoices):
    """What the working group says of a report on its counties (前方意见)."""

    NONE = "none", "不征求"
    WINDOW = "window", "限时征求，逾时不影响审核"
    REQUIRED = "required", "须经前方核对"


class Verdict(TextChoices):
    """The working group's word on a county's figures."""

    AGREE = "agree", "无不同意见"
    REMARK = "remark", "有意见"


class SignOff(TextChoices):
    """How the filer's own leader signed (本单位审签)."""

    NONE = "", "未审签"
    PORTAL = "portal", "线上审签"
    PAPER = "paper", "线下审签"


class RoundAct(TextChoices):
    """What happened to a report: each is a row and none is ever overwritten."""

    FILE = "file", "报送"
    REFILE = "refile", "重新报送"
    TO_SIGN = "to_sign", "送本单位审签"
    TAKE_BACK = "take_back", "撤回送审"
    GIVE_BACK = "give_back", "本单位退回经办"
    RECALL = "recall", "撤回"
    PASS_ON = "pass_on", "经办审核通过"
    HEAD_BACK = "head_back", "科室退回经办复核"
    RETURN = "return", "退回修改"
    ACCEPT = "accept", "审核通过"
    REOPEN = "reopen", "退回重报"
    EXTEND = "extend", "批准延期"
    MOVE = "move", "调整截止日期"
    EXCUSE = "excuse", "免报"


# The acts that pass a report on to somebody else; the others concern only its dates.
HANDS_ON = tuple(act for act in RoundAct if act not in (RoundAct.EXTEND, RoundAct.MOVE, RoundAct.EXCUSE))


class CheckState(TextChoices):
    """What the other side said of a cell; silence is 未核对, never agreement."""

    UNCHECKED = "unchecked", "未核对"
    CONFIRMED = "confirmed", "核对无误"
    DISPUTED = "disputed", "有异议"
    SETTLED = "settled", "已裁定"


# How a report stands to its day, as shown, counted and filtered: what is past its day is 逾期 only with bodies that are
# chased; 不相隶属 (横琴) are never called late.
PAST = "past"
PAST_THE_DAY = "已过日期"
LIGHTS = [
    pair
    for choice in TimeState.choices
    for pair in ([choice, (PAST, PAST_THE_DAY)] if choice[0] == TimeState.LATE else [choice])
]


class AskState(TextChoices):
    """How a request (延期申请) stands."""

    ASKED = "asked", "待审批"
    APPROVED = "approved", "已同意"
    REFUSED = "refused", "不同意"


class CorrectionState(TextChoices):
    """How a correction of frozen figures (更正) stands."""

    ASKED = "asked", "待本单位审签"
    SIGNED = "signed", "待市局领导审定"
    APPROVED = "approved", "已更正"
    REFUSED = "refused", "未予更正"


class Audience(TextChoices):
    """Whom a step of the reminder ladder addresses; it never leaves the bureau's own line."""

    FILER = "filer", "填报单位"
    OFFICER = "officer", "市局经办"
    HEAD = "head", "市局科室负责人"
    LEADER = "leader", "市局领导"
    NAMES = "names", "拟通报名单"


class Course(TextChoices):
    """How a yearly target is expected to be reached."""

    EVEN = "even", "按序时进度"
    STAGES = "stages", "分阶段"
    YEAR_END = "year_end", "年末一次性"


class NameVerdict(TextChoices):
    """Whether a late body is named (通报名单); a person's decision, never the machine's."""

    OPEN = "open", "待定"
    NAMED = "named", "列入"
    SPARED = "spared", "不列入"


# What the text of an area is made of; a short text without an area (工作动态) has the first alone.
TEXT_PARTS = {"practice": "主要做法", "results": "成效", "problems": "存在问题", "next_steps": "下一步"}
BRIEF_PART = "practice"


class PeriodPaperKind(TextChoices):
    """What the portal drafts of a period; the codes are those of the kinds of papers."""

    REMINDER = "reminder", "催报提醒"
    CIRCULAR = "circular", "通报"
    REPORT = "report", "报告"
