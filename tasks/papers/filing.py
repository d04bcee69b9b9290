"""The facts of who filed when: counts, names that a person may tick, the days that come next, whom to remind."""

from django.db.models import Q

from tasks import outlook
from tasks.kinds import NameVerdict, PlanState
from tasks.models import NameLine, PeriodForm, ProgressReport, ReportPlan
from tasks.papers.ground import PUBLISHED, Ground
from zhuzun.organisations.kinds import Relation
from zhuzun.periods.light import TimeState, late_workdays
from zhuzun.ui.formats import long_day

GATE = "tasks.names"
NOT_NAMED = {
    NameVerdict.OPEN: "市局领导尚未确定是否列入，请先办理拟通报名单",
    NameVerdict.SPARED: "市局领导已确定不列入",
}
NO_LINE = "未列入拟通报名单"
NAMEABLE = (Relation.LOWER, Relation.EQUAL)


# How one body of several reports stands: the first of these that one of its reports shows.
ORDER = (TimeState.LATE, TimeState.FILED_LATE, TimeState.NOT_DUE, TimeState.ON_TIME, TimeState.EXCUSED)


def filed(ground: Ground) -> dict | None:
    """报送情况: how many bodies owed, filed in time, later, not yet; whom to name is proposed, each by itself.

    不相隶属 bodies are neither counted nor proposed, lest a count without its name tells who is late.
    """
    lights = [(report, ground.light_of(report)) for report in ground.reports]
    apart = [report.filer for report, _ in lights if report.relation not in NAMEABLE]
    lights = [(report, light) for report, light in lights if report.relation in NAMEABLE]
    if not lights:
        return None
    late = [report for report, light in lights if light == TimeState.FILED_LATE]
    missing = [report for report, light in lights if light == TimeState.LATE]
    return {
        "period": str(ground.period),
        "today": long_day(ground.today),
        "apart": list(dict.fromkeys(one.name_on(ground.period.end) for one in apart)),
        **_counted(lights),
        "proposals": [
            _names("late", "补报单位（逾期后报送）", "补报的单位有：{}。", late, ground),
            _names("missing", "尚未报送单位", f"截至{long_day(ground.today)}尚未报送的单位有：{{}}。", missing, ground),
        ],
    }


def _counted(lights) -> dict:
    """How many bodies stand how; one that owes two reports counts once, as the worse of them stands."""
    stands: dict = {}
    for report, light in lights:
        light = _plainly(report, light)
        stands[report.filer_id] = min(light, stands.get(report.filer_id, light), key=ORDER.index)
    count = {state: sum(one == state for one in stands.values()) for state in ORDER}
    return {
        "owed": len(stands) - count[TimeState.EXCUSED],
        "in_time": count[TimeState.ON_TIME],
        "later": count[TimeState.FILED_LATE],
        "missing": count[TimeState.LATE],
        "excused": count[TimeState.EXCUSED],
        "running": count[TimeState.NOT_DUE],
    }


def _plainly(report, light) -> TimeState:
    """Filed within an extension is in time; what is not due yet is not due yet, however near."""
    if light == TimeState.EXTENDED and report.filed_on is not None:
        return TimeState.ON_TIME
    return light if light in ORDER else TimeState.NOT_DUE


def _names(code, label, sentence, reports, ground) -> dict:
    return {
        "code": code,
        "label": label,
        "hint": "只有市局领导在拟通报名单上确定列入的单位可以勾选；退回修改不公布。" if reports else "没有这样的单位。",
        "sentence": sentence,
        "gate": GATE,
        "ticked": [],
        "items": [
            {
                "key": str(report.pk),
                "label": f"{name}（{_late(report, ground)}）",
                "words": name,
                "source": "",
            }
            for report in reports
            for name in [report.filer.name_on(ground.period.end)]
        ],
    }


def _late(report, ground) -> str:
    until = report.filed_on or ground.today
    return f"逾期 {late_workdays(report.effective_due_on, until, ground.calendar)} 个工作日"


def barred(keys: list[str]) -> dict[str, str]:
    """Whom the bureau's leader has not confirmed by name (tasks.services.naming)."""
    verdicts = dict(NameLine.objects.filter(report__in=[int(key) for key in keys]).values_list("report", "verdict"))
    found = {}
    for key in keys:
        verdict = verdicts.get(int(key))
        if verdict != NameVerdict.NAMED:
            found[key] = NOT_NAMED.get(verdict, NO_LINE)
    return found


def coming(ground: Ground) -> dict | None:
    """下一步报送安排: the next due day of each plan that asks districts or municipal units."""
    open_forms = list(_still_owed(ground))
    days = [{"name": f"{form.period}{form.name}", "day": long_day(form.due_on)} for form in open_forms]
    known = {form.plan_id for form in open_forms}
    plans = ReportPlan.objects.filter(state=PlanState.ACTIVE).exclude(pk__in=known).whole().order_by("position")
    asked = PeriodForm.objects.filter(parts__report__filer__kind__in=PUBLISHED, plan__in=plans)
    asked = set(asked.values_list("plan", flat=True))
    for plan in plans:
        if plan.pk in asked and (one := _next(plan, ground)):
            days.append({"name": f"{one.span.label}{plan.name}", "day": long_day(one.due_on)})
    return {"days": days} if days else None


def _still_owed(ground):
    """Forms of other open periods that are due later and that somebody has still to file."""
    reports = ProgressReport.objects.filter(filer__kind__in=PUBLISHED, excused=False)
    reports = reports.filter(Q(filed_on__isnull=True) | Q(filed_on__gt=ground.today))
    rows = PeriodForm.objects.filter(parts__report__in=reports, due_on__gte=ground.today)
    rows = rows.filter(period__opened_at__lte=ground.now).exclude(period=ground.period)
    rows = rows.exclude(period__closed_at__lte=ground.now)
    return rows.select_related("period", "plan").order_by("due_on", "plan__position").distinct()


def _next(plan, ground):
    years = (ground.today.year - 1, ground.today.year, ground.today.year + 1)
    dates = [one for year in years for one in outlook.dates_of(plan, year, ground.calendar)]
    return next((one for one in dates if one.due_on >= ground.today and one.span.end > ground.period.end), None)


def owing(ground: Ground, reports) -> dict:
    """催报提醒: what is owed since when, and by when it is wanted; the same words for everybody."""
    dues = sorted({report.due_on for report in reports})
    return {
        "period": str(ground.period),
        "today": long_day(ground.today),
        "due": "、".join(long_day(due) for due in dues),
        "several": len(dues) > 1,
        "wanted": long_day(ground.calendar.plus(ground.today, 2)),
        "extended": any(report.extended_to for report in reports),
    }
