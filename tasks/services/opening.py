"""Periods open by themselves: one for each span, with its own copy of each form, and what each body owes exactly once.

Everything owed up to `now` is opened from the data, in order, so that weeks of outage or two schedulers do no harm: the
database refuses a second period, form or report, and a run that was killed leaves a whole period or none.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from pairing.models import Pairing
from tasks.kinds import EDITABLE, CellState, FilerRule, PlaceRule, ReportState, SectionKind
from tasks.models import (
    Entry,
    FigureSource,
    FormItem,
    FormNarrative,
    IndicatorDefinition,
    PeriodForm,
    ProgressReport,
    ReportingPeriod,
    ReportPart,
    ReportPlan,
    ReportSection,
    Responsibility,
)
from zhuzun import clock
from zhuzun.audit.services import record
from zhuzun.organisations.kinds import OrganisationKind, Relation
from zhuzun.organisations.models import Organisation
from zhuzun.periods.calendar import WorkCalendar
from zhuzun.periods.services import current_calendar
from zhuzun.periods.spans import Span, SpanKind, ended_before, one_off

NO_FIGURES = "本期没有数据报送任务，按报送安排免报"
NOTHING_ASKED = "本期没有报送内容，免报"


@dataclass
class Opened:
    """What one run opened, for its Chinese sentence."""

    periods: list[str] = field(default_factory=list)
    reports: int = 0

    def __str__(self):
        if not self.periods:
            return "开启报告期 0 个"
        return f"开启报告期 {'、'.join(self.periods)}，报表 {self.reports} 份"


def open_due(*, now: datetime) -> Opened:
    """Open every period that an active plan asks for and that has ended before `now`, oldest first."""
    today, opened = clock.day_of(now), Opened()
    calendar = current_calendar()
    for span, plans in owed_spans(today):
        with transaction.atomic():
            count = _open_span(span, plans, calendar, now)
        if count is not None:
            opened.periods.append(span.label)
            opened.reports += count
    return opened


def owed_spans(today: date) -> list[tuple[Span, list[ReportPlan]]]:
    """The spans not opened yet with the plans that ask for them, in the order in which they ended."""
    done = set(PeriodForm.objects.values_list("plan", "period__kind", "period__start", "period__end"))
    owed: dict[Span, list[ReportPlan]] = {}
    for plan in ReportPlan.objects.active().whole():
        for span in spans_of(plan, today):
            if (plan.pk, span.kind, span.start, span.end) not in done:
                owed.setdefault(span, []).append(plan)
    return sorted(owed.items(), key=lambda item: (item[0].end, -item[0].start.toordinal()))


def spans_of(plan: ReportPlan, today: date) -> list[Span]:
    """The spans of a plan that have ended before `today`; a one-off plan counts its own days and opens at once."""
    if plan.kind == SpanKind.ONCE:
        span = one_off(plan.starts_on, plan.ends_on or plan.starts_on)
        return [span] if plan.starts_on <= today else []
    spans = ended_before(
        plan.kind, today, since=plan.starts_on, groups=plan.span_groups or None, first_day=plan.first_day
    )
    return [span for span in spans if plan.ends_on is None or span.end <= plan.ends_on]


def _open_span(span, plans, calendar, now) -> int | None:
    """Open one span for these plans; nothing where another run was faster or the period is frozen already."""
    period, made = ReportingPeriod.objects.get_or_create(
        kind=span.kind,
        start=span.start,
        end=span.end,
        defaults={"label": span.label, "year": span.year, "first": span.first, "last": span.last, "opened_at": now},
    )
    period = ReportingPeriod.objects.select_for_update().get(pk=period.pk)
    if period.closed:
        return None
    count = 0
    for plan in plans:
        form, fresh = PeriodForm.objects.get_or_create(
            period=period, plan=plan, defaults=_form_facts(plan, span, calendar)
        )
        if fresh:
            count += fill_form(form, plan, calendar)
            made = True
    if made:
        record("period.open", actor=None, now=now, obj=period, detail={"报表": count})
    return count if made else None


def _form_facts(plan, span, calendar: WorkCalendar) -> dict:
    """What the period keeps of the plan, whatever becomes of the plan."""
    ladder = [
        {"relation": step.relation, "offset": step.offset, "audience": step.audience, "via_group": step.via_group}
        for step in plan.ladder.all()
    ]
    copied = (
        "name",
        "soon_workdays",
        "grace_workdays",
        "review_workdays",
        "opinion",
        "opinion_workdays",
        "check_workdays",
        "sign_off",
        "head_review",
        "evidence",
    )
    return {
        **{name: getattr(plan, name) for name in copied},
        "due_on": plan.due_rule.due(span, calendar),
        "up_on": plan.up_rule.due(span, calendar) if plan.up_rule else None,
        "ladder": ladder,
    }


def fill_form(form: PeriodForm, plan: ReportPlan, calendar: WorkCalendar) -> int:
    """Copy the plan's content into the form and create what each body owes; gives the number of reports."""
    day = form.period.end
    world, bodies = Ground.of(form), bodies_of(plan, day)
    FormItem.objects.bulk_create(items_of(plan, day, world, bodies, form))
    FormNarrative.objects.bulk_create(
        FormNarrative(
            form=form,
            area=one.area,
            title=one.title,
            max_chars=one.max_chars,
            required=one.required,
            own_areas_only=one.own_areas_only,
            position=one.position,
        )
        for one in plan.narratives.all()
    )
    for body in bodies:
        open_report(form, body, world, calendar, excused_kinds=plan.excused_kinds)
    return len(bodies)


def bodies_of(plan: ReportPlan, day: date) -> list[Organisation]:
    """Who owes the plan's reports on `day`, groups expanded, in the office's order, each once."""
    rows = list(plan.bodies.all())
    single = {row.organisation_id for row in rows if row.organisation_id}
    groups = [row.group.code for row in rows if row.group_id]
    members = set(Organisation.objects.in_groups(groups, day).values_list("pk", flat=True)) if groups else set()
    found = Organisation.objects.on(day).filter(pk__in=single | members)
    return list(found.select_related("parent", "division").prefetch_related("names", "relations").order_by("position"))


def items_of(plan, day, world, bodies, form=None) -> list[FormItem]:
    """The figures, in the words of the day, of which one of the plan's own bodies is the source; not saved."""
    items = {item.indicator_id: item for item in plan.items.all()}
    words = {
        row.indicator_id: row.text for row in IndicatorDefinition.objects.on(day).filter(indicator__in=items.keys())
    }
    sources = FigureSource.objects.on(day).filter(indicator__in=items.keys())
    rows = [
        _item(form, items[source.indicator_id], source, words.get(source.indicator_id, ""), number)
        for number, source in enumerate(
            sorted(sources, key=lambda one: (items[one.indicator_id].position, one.position, one.pk)), start=1
        )
    ]
    return [row for row in rows if any(world.places_of(row, body) for body in bodies)]


def _item(form, item, source, words, position) -> FormItem:
    return FormItem(
        form=form,
        indicator=item.indicator,
        channel=source.channel,
        name=item.indicator.name,
        unit=item.indicator.unit,
        decimals=item.indicator.decimals,
        definition=words,
        mode=item.mode,
        required=item.required,
        rule=source.rule,
        body_id=source.body_id,
        places=source.places,
        check_every=source.check_every,
        position=position,
    )


@dataclass
class Ground:
    """Who is paired with whom on a day: what tells the filer of each figure."""

    counties: list[Organisation]
    district_of: dict[int, int]  # county → district
    team_of: dict[int, int]  # county → county team
    city: Organisation | None  # 市级（不分县）is kept under the western city
    answers: set[tuple[int, int]]  # (body, area)
    asked: set[tuple[int, int, str]] = field(default_factory=set)  # figures that another form of the period asks

    @classmethod
    def of(cls, form: PeriodForm) -> "Ground":
        """As at the period's last day, with the figures that are asked in it already."""
        ground = cls.on(form.period.end)
        ground.asked = set(Entry.objects.filter(period=form.period).values_list("indicator", "place", "channel"))
        return ground

    @classmethod
    def on(cls, day: date) -> "Ground":
        """As at `day`: a few queries, whatever the number of bodies."""
        rows = list(Pairing.objects.county_level().on(day).select_related("west__parent", "west__division"))
        counties = sorted((row.west for row in rows), key=lambda body: body.position)
        divisions = {body.division_id: body.pk for body in counties}
        teams = Organisation.objects.on(day).filter(kind=OrganisationKind.COUNTY_TEAM, division__in=divisions)
        return cls(
            counties=counties,
            district_of={row.west_id: row.east_id for row in rows},
            team_of={divisions[team.division_id]: team.pk for team in teams},
            city=counties[0].anchor(OrganisationKind.CITY) if counties else None,
            answers=_answers(day),
        )

    def places_of(self, item: FormItem, body: Organisation) -> list[Organisation]:
        """For which places `body` files this figure: none where another body is its source."""
        if item.rule == FilerRule.DISTRICT:
            return [county for county in self.counties if self.district_of[county.pk] == body.pk]
        if item.rule == FilerRule.TEAM:
            return [county for county in self.counties if self.team_of.get(county.pk) == body.pk]
        if item.body_id != body.pk:
            return []
        counties = [] if item.places == PlaceRule.CITY else self.counties
        city = [self.city] if item.places != PlaceRule.COUNTIES and self.city else []
        return [*counties, *city]


def _answers(day) -> set[tuple[int, int]]:
    """(body, area) for every body that the policy's own list makes answer for an area, groups expanded."""
    rows = Responsibility.objects.of_policy().on(day).filter(paragraph__area__isnull=False)
    found = set()
    members: dict[int, list[int]] = {}
    for row in rows.select_related("paragraph__area", "group"):
        area = row.paragraph.area.pk
        if row.group_id and row.group_id not in members:
            members[row.group_id] = list(row.group.members_on(day).values_list("pk", flat=True))
        bodies = members[row.group_id] if row.group_id else [row.organisation_id]
        found.update((body, area) for body in bodies)
    return found


def open_report(form, body, world: Ground, calendar, *, excused_kinds=()) -> ProgressReport:
    """Create, exactly once, what `body` owes for `form`; a form due on the same day joins the report that is open."""
    existing = ReportPart.objects.filter(form=form, filer=body).select_related("report").first()
    if existing:
        return existing.report
    report = _report_for(form, body, calendar)
    ReportPart.objects.create(report=report, form=form, filer=body)
    cells, texts = _sections(report, form, body, world)
    _readers(report, body, world)
    if not report.parts.exclude(form=form).exists():
        _excuse_where_nothing_is_asked(report, body, cells, texts, excused_kinds)
    return report


def _report_for(form, body, calendar) -> ProgressReport:
    """The body's report of that due day while it is still in its hands; else a further one."""
    same_day = ProgressReport.objects.filter(filer=body, first_due_on=form.due_on).order_by("-sequence")
    last = same_day.select_for_update().first()
    own = body.kind == OrganisationKind.BUREAU
    if last is not None and last.state in EDITABLE[:2] and not last.excused:
        last.sign_off_wanted |= form.sign_off and not own
        last.head_review |= form.head_review and not own
        last.save(update_fields=["sign_off_wanted", "head_review"])
        return last
    return ProgressReport.objects.create(
        filer=body,
        title=f"{body.name_on(form.period.end)}{form.period.label}进展报告",
        period=form.period,
        relation=body.relation_on(form.period.end) or Relation.SEPARATE,
        first_due_on=form.due_on,
        sequence=last.sequence + 1 if last else 0,
        due_on=form.due_on,
        soon_on=calendar.plus(form.due_on, -form.soon_workdays),
        sign_off_wanted=form.sign_off and not own,
        head_review=form.head_review and not own,
    )


def _sections(report, form, body, world) -> tuple[int, int]:
    """The report's parts for this form, with an empty cell for each figure; gives the numbers of cells and texts."""
    by_place: dict[Organisation, list[FormItem]] = {}
    for item in form.items.select_related("indicator"):
        for place in world.places_of(item, body):
            if (item.indicator_id, place.pk, item.channel) not in world.asked:  # a figure is asked once
                by_place.setdefault(place, []).append(item)
    cells = []
    places = [*world.counties, world.city]
    base = report.sections.count()
    for number, place in enumerate([one for one in places if one in by_place], start=base):
        section = ReportSection.objects.create(
            report=report,
            form=form,
            kind=SectionKind.FIGURES,
            place=place,
            title=_place_title(place, form),
            position=number,
        )
        cells += [
            Entry(
                section=section,
                item=item,
                period=form.period,
                indicator_id=item.indicator_id,
                channel=item.channel,
                place=place,
                state=CellState.MISSING,
            )
            for item in by_place[place]
        ]
    Entry.objects.bulk_create(cells)
    texts = [one for one in form.narratives.all() if not one.own_areas_only or (body.pk, one.area_id) in world.answers]
    ReportSection.objects.bulk_create(
        ReportSection(
            report=report,
            form=form,
            kind=SectionKind.NARRATIVE,
            narrative=one,
            title=one.title,
            position=500 + base + n,
        )
        for n, one in enumerate(texts)
    )
    return len(cells), len(texts)


def _place_title(place, form) -> str:
    return "市级（不分县）" if place.kind == OrganisationKind.CITY else place.name_on(form.period.end)


def _readers(report, body, world):
    """A district reads what the teams report on its counties, a team what its district reports on its county."""
    if body.kind == OrganisationKind.DISTRICT:
        places = [county for county in world.counties if world.district_of[county.pk] == body.pk]
        ProgressReport.objects.filter(pk=report.pk).update(district=body)
    elif body.kind == OrganisationKind.COUNTY_TEAM:
        county = next((one for one in world.counties if world.team_of.get(one.pk) == body.pk), None)
        if county is None:
            return
        district = world.district_of[county.pk]
        ProgressReport.objects.filter(pk=report.pk).update(district=district)
        places = [county, district]
    else:
        return
    report.readers.add(*places)


def _excuse_where_nothing_is_asked(report, body, cells, texts, excused_kinds):
    reason = ""
    if not cells and not texts:
        reason = NOTHING_ASKED
    elif not cells and body.kind in excused_kinds:
        reason = NO_FIGURES
    if reason:
        ProgressReport.objects.filter(pk=report.pk, state=ReportState.NOT_STARTED).update(
            excused=True, excuse_reason=reason
        )
