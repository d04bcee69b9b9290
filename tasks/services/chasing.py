"""Chasing (催报): the ladder's steps of today, what the bureau sends by hand, and the list of whom to call.

The job looks at every report owed and sends the step that stands now, once for each step and recipient; killed between
two of them, the next run goes on where it stopped. Nobody is named by the machine: it only draws up the list
(`tasks.services.naming`).
"""

from dataclasses import dataclass, field
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import reverse

from tasks import messages
from tasks.kinds import WITH_FILER, Audience, PeriodState, ReportState
from tasks.ladder import due_steps, is_owed
from tasks.models import CheckSheet, PeriodForm, ProgressReport
from tasks.services import naming
from tasks.services.rounds import hold
from zhuzun import clock
from zhuzun.accounts.roles import Role
from zhuzun.audit.services import record
from zhuzun.errors import DomainError
from zhuzun.notices.copytext import PhoneRow, phone_list
from zhuzun.notices.kinds import Channel
from zhuzun.notices.models import Reminder
from zhuzun.notices.services import remind_once
from zhuzun.organisations.kinds import OrganisationKind, Relation
from zhuzun.organisations.models import Contact, Organisation
from zhuzun.periods.light import TimeState, late_workdays, time_state_of
from zhuzun.periods.services import current_calendar

CHASE = "tasks.chase"
OFFICERS = (Role.DISTRICT_OFFICER, Role.UNIT_OFFICER, Role.GROUP_MEMBER)
LEADERS = (Role.DISTRICT_LEADER, Role.UNIT_LEADER)
BUREAU_ROLES = {
    Audience.OFFICER: (Role.BUREAU_OFFICER,),
    Audience.HEAD: (Role.BUREAU_HEAD,),
    Audience.LEADER: (Role.BUREAU_LEADER,),
    Audience.NAMES: (Role.BUREAU_LEADER,),
}
CHECK_BEFORE = 1  # working days before a county's window closes


# --- the job ----------------------------------------------------------------------------------------------------------
def send_due(*, now) -> str:
    """Send what stands today; on a free day nothing. Gives the sentence for the record of runs."""
    today, calendar = clock.day_of(now), current_calendar()
    if not calendar.works(today):
        return "今天不是工作日，提醒 0 份"
    bureau = bureau_on(today)
    standing = list(_standing(today, calendar))
    sent = sum(_remind(report, step, today, now) for report, step in _to_filers(standing))
    told = sum(_escalate(form, step, reports, bureau, today, now) for form, step, reports in _inside(standing))
    hints = sum(_hint(sheet, today, now) for sheet in _sheets(today, calendar))
    words = f"提醒 {sent} 份"
    words += f"，报告市局 {told} 次" if told else ""
    return words + (f"，核对提示 {hints} 份" if hints else "")


def _standing(today: date, calendar):
    """(report, form, step) for every step that stands today, whether taken or not: a constant number of queries."""
    rows = ProgressReport.objects.owed().filter(state__in=WITH_FILER).select_related("filer", "period")
    for report in rows.prefetch_related("filer__names", "parts__form__period", "parts__form__plan").order_by("pk"):
        for part in report.parts.all():
            if part.form.period.state != PeriodState.CLOSED:
                yield from ((report, part.form, step) for step in due_steps(report, part.form, today, calendar))


def _to_filers(standing) -> list:
    """(report, step) to the bodies themselves, not taken yet: of all forms of a report the latest, one a day."""
    rows: dict = {}
    for report, _, step in standing:
        latest = rows.get(report.pk, (report, step))[1]
        if step.audience == Audience.FILER and step.offset >= latest.offset:
            rows[report.pk] = (report, step)
    done = _done(ProgressReport, {report for report, _ in rows.values()})
    return [(report, step) for report, step in rows.values() if (str(report.pk), step.code) not in done]


def _inside(standing) -> list:
    """(form, step, reports) inside the bureau, not told yet: one message for all that are late with a form.

    The leader gets the list of names and the word that they are late as one.
    """
    rows: dict = {}
    for report, form, step in standing:
        if step.audience != Audience.FILER:
            rows.setdefault((form, step), []).append(report)
    with_list = {(form, step.due_on, step.offset) for form, step in rows if step.audience == Audience.NAMES}
    rows = {
        (form, step): reports
        for (form, step), reports in rows.items()
        if step.audience != Audience.LEADER or (form, step.due_on, step.offset) not in with_list
    }
    done = _done(PeriodForm, {form for form, _ in rows})
    return [
        (form, step, reports)
        for (form, step), reports in rows.items()
        if step.audience == Audience.NAMES or (str(form.pk), step.code) not in done
    ]


def _done(model, rows) -> set:
    """The steps that were taken already, as (key, step)."""
    if not rows:
        return set()
    kind = ContentType.objects.get_for_model(model)
    keys = [str(row.pk) for row in rows]
    return set(Reminder.objects.filter(object_type=kind, object_id__in=keys).values_list("object_id", "step"))


@transaction.atomic
def _remind(report, step, today, now) -> bool:
    """One body, one step; filed in the meantime, nothing."""
    report_now = hold(report)
    if not is_owed(report_now):
        return False
    to, words, roles = report.filer, messages.reminder(report, step, today), roles_of(report_now)
    if step.via_group and (group := group_on(today)):
        to, words, roles = group, messages.courtesy_by_group(report, report.filer.name_on(today)), (Role.GROUP_LEADER,)
    facts = {"title": words.title, "text": words.text, "link": report.get_absolute_url(), "roles": roles}
    return bool(remind_once(subject=report, step=step.code, label=step.label, to=to, actor=None, now=now, **facts))


@transaction.atomic
def _escalate(form, step, reports, bureau, today, now) -> bool:
    """Tell the bureau's own people of all bodies that are late with a form; draw up the list where it is that step."""
    if step.audience == Audience.NAMES:
        reports = naming.draw_up(form.period, reports, now=now)
        if not reports:
            return False
    names = [report.filer.name_on(today) for report in reports]
    words, link = messages.escalation(form, step, reports, names), _inside_link(form, step)
    facts = {"title": words.title, "text": words.text, "link": link, "roles": BUREAU_ROLES[step.audience]}
    return bool(remind_once(subject=form, step=step.code, label=step.label, to=bureau, actor=None, now=now, **facts))


def _inside_link(form, step) -> str:
    return reverse("tasks:names" if step.audience == Audience.NAMES else "tasks:period", args=[form.period_id])


def _sheets(today, calendar):
    """Counties' windows of checking that close soon, each hinted at once by way of the working group."""
    last = calendar.plus(today, CHECK_BEFORE)
    rows = CheckSheet.objects.to_answer().filter(due_on__gte=today, due_on__lte=last, report__excused=False)
    rows = list(rows.for_list().select_related("county__division"))
    done = _done(CheckSheet, rows)
    return [sheet for sheet in rows if (str(sheet.pk), _sheet_step(sheet)) not in done]


def _sheet_step(sheet) -> str:
    return f"check@{sheet.due_on}"


@transaction.atomic
def _hint(sheet, today, now) -> bool:
    to = team_of(sheet.county, today) or group_on(today)
    if to is None:
        return False
    words = messages.check_courtesy(sheet, sheet.county.name_on(today), today)
    facts = {"title": words.title, "text": words.text, "link": sheet.get_absolute_url()}
    step, label = _sheet_step(sheet), "核对温馨提示"
    return bool(remind_once(subject=sheet, step=step, label=label, to=to, actor=None, now=now, **facts))


# --- by hand ----------------------------------------------------------------------------------------------------------
@dataclass
class Outcome:
    """What became of each report."""

    done: list = field(default_factory=list)
    refused: list = field(default_factory=list)  # (report, why)

    def __str__(self):
        words = f"已办理 {len(self.done)} 份"
        return words + "".join(f"；{report}：{why}" for report, why in self.refused)


def why_not(report) -> str:
    """Why the bureau does not chase this report by hand; empty where it may."""
    if report.excused:
        return "本期免报"
    if report.state not in WITH_FILER:
        return f"已报送（{report.get_state_display()}）"
    if report.relation == Relation.SEPARATE:
        return "不相隶属单位不催报，由系统发一次温馨提示"
    return "本局的报表无须催报" if report.relation == Relation.SELF else ""


def chase(reports, *, text, actor, now) -> Outcome:
    """批量催报: what the bureau wrote, into the inbox of each body that may be chased; once a day for each report."""
    actor.decide(CHASE).enforce()
    text = text.strip()
    if not text:
        raise DomainError("请填写催报内容。", "text")
    if len(text) > MOST_WORDS:
        raise DomainError(f"催报内容不超过 {MOST_WORDS} 字。", "text")
    outcome, step = Outcome(), f"manual-{clock.day_of(now)}"
    for report in _chosen(reports):
        with transaction.atomic():
            if why := why_not(hold(report)):
                outcome.refused.append((report, why))
                continue
            words = messages.manual(report, text)
            facts = {"title": words.title, "text": words.text, "roles": roles_of(report)}
            facts |= {"label": "人工催报", "link": report.get_absolute_url(), "actor": actor, "now": now}
            if remind_once(subject=report, step=step, to=report.filer, **facts) is None:
                outcome.refused.append((report, "今天已催报过"))
                continue
            record("chase.send", actor=actor, now=now, obj=report, detail={"内容": text})
            outcome.done.append(report)
    return outcome


MOST_WORDS = 500


def phone_text(reports, *, day, calendar) -> str:
    """Who is missing, with contact and telephone, to be sent by 粤政易 or 微信 or read out; two queries."""
    rows = [report for report in reports if is_missing(report)]
    contacts: dict[int, list[Contact]] = {}
    for one in Contact.objects.on(day).filter(organisation__in={report.filer_id for report in rows}).order_by("-role"):
        contacts.setdefault(one.organisation_id, []).append(one)
    lines = [line for report in rows for line in _phone_rows(report, contacts.get(report.filer_id), day, calendar)]
    return phone_list(lines, title=f"{day:%Y-%m-%d} 未报送单位")


def is_missing(report) -> bool:
    """Whether it is still in the filer's hands."""
    return not report.excused and report.state in WITH_FILER


def _phone_rows(report, contacts, day, calendar) -> list[PhoneRow]:
    courteous = report.relation == Relation.SEPARATE
    facts = {
        "body": report.filer.name_on(day),
        "missing": report.period.label + _how_it_stands(report, day),
        "days_late": 0 if courteous or report.filed_on else late_workdays(report.effective_due_on, day, calendar),
    }
    if not contacts:
        return [PhoneRow(**facts)]
    return [PhoneRow(contact=one.name, post=one.post, phone=one.phone, **facts) for one in contacts]


def _how_it_stands(report, day) -> str:
    """What the caller should know before he takes the telephone."""
    if report.state == ReportState.RETURNED:
        return "（退回修改）"
    extended = time_state_of(report, day) == TimeState.EXTENDED
    return f"（已批延期至{report.extended_to:%m-%d}）" if extended else ""


def copied(reports, *, channel, actor, now) -> Outcome:
    """Record that the list was copied, or read out on the telephone: once a day, report and channel."""
    actor.decide(CHASE).enforce()
    channel, day = Channel(channel), clock.day_of(now)
    outcome, calendar = Outcome(), current_calendar()
    for report in _chosen(reports):
        if not is_missing(report):
            outcome.refused.append((report, f"已报送（{report.get_state_display()}）"))
            continue
        text = phone_text([report], day=day, calendar=calendar)
        facts = {"label": "人工催报", "title": "", "link": "", "channel": channel}
        with transaction.atomic():
            step = f"{channel.value}-{day}"
            told = remind_once(subject=report, step=step, to=report.filer, text=text, actor=actor, now=now, **facts)
            if told:
                record("chase.copy", actor=actor, now=now, obj=report, detail={"方式": channel.label})
        outcome.done.append(report)
    return outcome


def _chosen(reports) -> list[ProgressReport]:
    keys = [report.pk for report in reports]
    if not keys:
        raise DomainError("请至少选择一份报表。")
    return list(ProgressReport.objects.filter(pk__in=keys).for_list().order_by("filer__position", "pk"))


# --- who is told ------------------------------------------------------------------------------------------------------
def roles_of(report) -> tuple:
    """Its officers; while it waits to be signed, the body's leaders with them."""
    return (*OFFICERS, *LEADERS) if report.state == ReportState.SIGNING else OFFICERS


def bureau_on(day) -> Organisation:
    """The bureau."""
    return Organisation.objects.on(day).filter(kind=OrganisationKind.BUREAU).first()


def group_on(day) -> Organisation | None:
    """The working group."""
    return Organisation.objects.on(day).filter(kind=OrganisationKind.WORKING_GROUP).first()


def team_of(county, day) -> Organisation | None:
    """The working group's team for a county."""
    teams = Organisation.objects.on(day).filter(kind=OrganisationKind.COUNTY_TEAM, division=county.division_id)
    return teams.first()
