"""Papers of a period (公文): drafted by the portal when they are due, or by hand when the bureau asks for one.

The 通报 and the 报告 are drafted from the frozen figures when a period is closed, the 催报提醒 once after its last due
date, each as the bureau arranged it (`PaperPlan`). A draft is a draft: people check, sign, number and send it.
"""

from django.db import IntegrityError, transaction
from django.db.models import Max

from tasks import compiled
from tasks.kinds import WITH_FILER, PeriodPaperKind, PeriodState
from tasks.models import PaperPlan, PeriodPaper, ProgressReport, ReportingPeriod
from tasks.papers import annexes, filing
from tasks.papers.ground import Ground
from zhuzun import clock
from zhuzun.audit.services import record
from zhuzun.errors import DomainError
from zhuzun.notices.papers import addressing, composing, registry, telling
from zhuzun.notices.papers.kinds import Part, Standing, Urgency
from zhuzun.notices.papers.services import drafting
from zhuzun.organisations.kinds import MUNICIPAL_KINDS, OrganisationKind
from zhuzun.organisations.models import Organisation, OrganisationGroup
from zhuzun.periods.light import TimeState
from zhuzun.periods.services import current_calendar

K = PeriodPaperKind
DRAFT, ARRANGE, RANK = "notices.draft_paper", "tasks.edit_plan", "tasks.rank_districts"
DISTRICTS = "districts"  # the group 各区
# 主送写法 by what is 主送: as the policy itself addresses them (珠委农组〔2021〕12号), without 横琴, which gets a copy.
ADDRESSED = (
    ((OrganisationKind.DISTRICT,), "各有关区（功能区）党（工）委、人民政府（管委会）"),
    ((OrganisationKind.DISTRICT_DEPARTMENT,), "各有关区（功能区）乡村振兴部门"),
    (MUNICIPAL_KINDS, "市直各相关单位"),
)
TITLES = {
    K.CIRCULAR: "{issuer}关于{period}东西部协作工作进展情况的通报",
    K.REPORT: "{issuer}关于{period}东西部协作工作进展情况的报告",
    K.REMINDER: "关于尽快报送{period}进展报告的提醒",
}
NOBODY_MISSING = "没有可以催报的单位：都已报送、尚未到期，或为不相隶属单位。"
NOT_CLOSED = "审定定稿后才能起草：通报和报告只用定稿数。"


# --- by itself --------------------------------------------------------------------------------------------------------
def draft_due(*, now) -> str:
    """Draft what is due and not drafted yet; gives the sentence for the record of runs."""
    plans = {(plan.kind, plan.span): plan for plan in PaperPlan.objects.active()}
    drafted, failed = [], []
    for plan, period in [*_closed(plans, now), *_overdue(plans, clock.day_of(now))]:
        try:
            drafted += [paper.title] if (paper := _once(plan, period, now)) else []
        except DomainError as error:  # one that cannot be drafted keeps no other from it
            failed.append(f"{period}{plan.get_kind_display()}未能起草：{error.message}")
    return "；".join([f"起草公文 {len(drafted)} 件", *drafted, *failed])


def _closed(plans, now):
    """(plan, period) of each closed period whose 通报 or 报告 is not drafted yet, in the order of the periods."""
    closed = ReportingPeriod.objects.filter(state=PeriodState.CLOSED, closed_at__lte=now).order_by("end", "pk")
    for period in closed:
        for kind in (K.CIRCULAR, K.REPORT):
            plan = plans.get((kind, period.kind))
            if plan and _owed_since(plan, clock.day_of(period.closed_at)) and not _drafted(period, kind):
                yield plan, period


def _overdue(plans, today):
    """(plan, period) of each open period whose last due date is over; on working days, like every reminder."""
    if not current_calendar().works(today):
        return
    rows = ReportingPeriod.objects.open().annotate(due=Max("forms__due_on")).filter(due__lt=today).order_by("end", "pk")
    for period in rows:
        plan = plans.get((K.REMINDER, period.kind))
        if plan and _owed_since(plan, period.due) and not _drafted(period, K.REMINDER):
            yield plan, period


def coming(period) -> list[str]:
    """Which papers the portal will still draft of a period by itself."""
    plans = PaperPlan.objects.active().filter(span=period.kind)
    day = clock.day_of(period.closed_at) if period.closed else max(period.forms.values_list("due_on", flat=True))
    owed = [plan for plan in plans if (plan.kind == K.REMINDER) != period.closed and _owed_since(plan, day)]
    return [plan.get_kind_display() for plan in owed if not _drafted(period, plan.kind)]


def _owed_since(plan, day) -> bool:
    return plan.since is None or day >= plan.since


def _drafted(period, kind) -> bool:
    return PeriodPaper.objects.filter(period=period, kind=kind, by_itself=True).exists()


def _once(plan, period, now):
    """Drafted exactly once, with two workers too: the second finds the row and gives up its draft."""
    try:
        with transaction.atomic():
            paper = _draft(period, plan.kind, plan.identity, None, now, ranked=plan.ranked)
            if paper is not None:
                telling.drafted(paper, to_do(plan.kind), now)
            return paper
    except IntegrityError:
        if not _drafted(period, plan.kind):
            raise
        return None


def to_do(kind) -> str:
    """What is next with a new draft: in a 催报提醒 there is nothing to tick."""
    return "请核对后送核稿。" if kind == K.REMINDER else "请核对、勾选列入内容后送核稿。"


# --- by hand ----------------------------------------------------------------------------------------------------------
def draft_by_hand(period, *, kind, actor, now):
    """起草本期公文: the bureau asks for one; under the name that is arranged for its kind of period."""
    actor.decide(DRAFT).enforce()
    plan = PaperPlan.objects.select_related("identity__organisation").get(kind=kind, span=period.kind)
    if kind != K.REMINDER and not period.closed:
        raise DomainError(NOT_CLOSED)
    with transaction.atomic():
        paper = _draft(period, kind, plan.identity, actor, now, ranked=plan.ranked)
        if paper is None:
            raise DomainError(NOBODY_MISSING)
    return paper


def chase_by_paper(period, *, kind, identity, actor, now):
    """以公文催报: a 函 or 通知 to all that have not filed and may be chased; whom the rules refuse is left out."""
    actor.decide(DRAFT).enforce()
    ground = Ground(period, None, now)
    reports = owing(period, ground.today)
    main, copies = _spread(identity, kind, _through(_filers(reports)), ground.today)
    if not main:
        raise DomainError(NOBODY_MISSING if not reports else "按行文规则，这个文种不能送给未报送的单位，请换文种。")
    blocks = composing.sentences("tasks/papers/owing.txt", filing.owing(ground, reports) | _asks(identity))
    issuer = identity.organisation.full_name_on(ground.today)
    title = f"{issuer}关于尽快报送{period}进展报告的{registry.kind_of(kind).label}"
    blocks += composing.compose(kind).blocks
    facts = {"source": period, "main": main, "copies": copies, "urgency": Urgency.URGENT}
    return drafting.draft(kind=kind, identity=identity, title=title, blocks=blocks, actor=actor, now=now, **facts)


# --- one paper --------------------------------------------------------------------------------------------------------
def _draft(period, kind, identity, actor, now, *, ranked):
    """The paper and the row that ties it to its period; nothing where nobody is to be reminded."""
    today = clock.day_of(now)
    snapshot = compiled.latest_snapshot(period) if period.closed else None
    ground = Ground(period, snapshot, now, ranked)
    facts = _facts(ground, kind, identity)
    if facts is None:
        return None
    issuer = identity.organisation.full_name_on(today)
    title = TITLES[kind].format(issuer=issuer, period=period)
    frozen = {"basis": ground.basis, "version": snapshot.version, "sha256": snapshot.sha256} if snapshot else {}
    paper = drafting.draft(
        kind=kind, identity=identity, title=title, source=period, snapshot=frozen, actor=actor, now=now, **facts
    )
    PeriodPaper.objects.create(period=period, paper=paper, kind=kind, snapshot=snapshot, by_itself=actor is None)
    return paper


def _facts(ground, kind, identity) -> dict | None:
    if kind == K.REMINDER:
        return _reminder(ground, identity)
    if kind == K.REPORT:
        return {"about": ground, "main": _above(ground.today), "annexes": annexes.of_period(ground)}
    main, copies = _spread(identity, kind, _told(ground, identity), ground.today)
    there = {body.kind for body in main}
    addressed = "，".join(words for kinds, words in ADDRESSED if there.intersection(kinds))
    return {"about": ground, "main": main, "copies": copies, "addressed": addressed}


def _told(ground, identity) -> list[Organisation]:
    """Whom a 通报 goes to: 各区 and the units that owed a report, districts first; a bureau writes to departments."""
    members = list(OrganisationGroup.objects.get(code=DISTRICTS).members_on(ground.today).order_by("position"))
    units = {report.filer_id for report in ground.reports if report.filer.kind != OrganisationKind.DISTRICT}
    units = addressing.with_relations(Organisation.objects.filter(pk__in=units)).order_by("position")
    return [*_through(members, to_departments=identity.standing == Standing.BUREAU), *units]


def _reminder(ground, identity) -> dict | None:
    reports = owing(ground.period, ground.today)
    main, _ = _spread(identity, K.REMINDER, _through(_filers(reports)), ground.today)
    if not main:
        return None
    blocks = composing.sentences("tasks/papers/owing.txt", filing.owing(ground, reports) | _asks(identity))
    return {"blocks": blocks, "main": main, "urgency": Urgency.URGENT}


def owing(period, today) -> list[ProgressReport]:
    """The reports of a period that are late and may be chased: not 不相隶属, not extended, not the bureau's own."""
    rows = ProgressReport.objects.in_period(period).owed().filter(state__in=WITH_FILER, relation__in=filing.NAMEABLE)
    rows = rows.with_light(today).filter(light=TimeState.LATE).select_related("filer__parent")
    return list(rows.order_by("filer__position", "pk"))


def _filers(reports) -> list[Organisation]:
    return [report.filer for report in reports]


def _asks(identity) -> dict:
    """Whom one asks: the bureau, which says 我局 of itself."""
    return {"bureau": "我局" if identity.standing == Standing.BUREAU else "市乡村振兴局"}


def _through(bodies, *, to_departments=True) -> list[Organisation]:
    """To whom one writes: of a district its competent department where that is wanted, else the body itself."""
    below = Organisation.objects.filter(
        parent__in=[one for one in bodies if to_departments and one.kind == OrganisationKind.DISTRICT],
        kind=OrganisationKind.DISTRICT_DEPARTMENT,
    )
    departments = {one.parent_id: one for one in below.order_by("-position")}
    keys = [departments.get(one.pk, one).pk for one in bodies]
    found = {one.pk: one for one in addressing.with_relations(Organisation.objects.filter(pk__in=keys))}
    return [found[key] for key in dict.fromkeys(keys)]


def _spread(identity, kind, bodies, day):
    """主送 and 抄送 as the table of rules allows."""
    judged = addressing.spread(identity, registry.kind_of(kind), bodies, day)
    fit = [one for one in judged if not one.refused]
    return [one.body for one in fit if one.part == Part.MAIN], [one.body for one in fit if one.part == Part.COPY]


def _above(day) -> list[Organisation]:
    """To whom a 报告 goes: the one upper office."""
    rows = Organisation.objects.on(day).filter(kind=OrganisationKind.PROVINCE_BODY, relations__relation="upper")
    return list(rows.order_by("position")[:1])


# --- arranging --------------------------------------------------------------------------------------------------------
def arrange(plan, *, identity, active, actor, now) -> PaperPlan:
    """公文起草安排: whether it is drafted by itself, under whose name; ranking is the leader's word (`rank`)."""
    actor.decide(ARRANGE).enforce()
    return _arrange(plan, actor, now, identity=identity, active=active)


def rank(plan, *, ranked, actor, now) -> PaperPlan:
    """Whether the 通报 ranks districts: the bureau's leader decides, never the machine."""
    actor.decide(RANK).enforce()
    if plan.kind != K.CIRCULAR:
        raise DomainError("只有通报可以排名。")
    return _arrange(plan, actor, now, ranked=ranked)


def _arrange(plan, actor, now, **values) -> PaperPlan:
    with transaction.atomic():
        plan = PaperPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
        before = {name: str(getattr(plan, name)) for name in values}
        begins = values.get("active") and not plan.active
        for name, value in values.items():
            setattr(plan, name, value)
        if begins:
            plan.since = clock.day_of(now)
        plan.save()
        changed = {name: [before[name], str(value)] for name, value in values.items() if before[name] != str(value)}
        if changed:
            record("paperplan.change", actor=actor, now=now, obj=plan, detail=changed)
    return plan
