"""Lists of the policy ledger, the catalogue and the reporting cycle, as at a day."""

from django.apps import apps
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from tasks.kinds import (
    EDITABLE,
    FILED,
    HANDS_ON,
    PAST,
    WITH_BUREAU,
    WITH_FILER,
    CellState,
    CheckState,
    NameVerdict,
    PeriodState,
    PlanState,
    ReportState,
)
from zhuzun.access.scopes import ScopedQuerySet
from zhuzun.dated import DatedQuerySet, holds_on
from zhuzun.numbers import QuantityField
from zhuzun.organisations.kinds import Relation
from zhuzun.periods.light import TimeState, time_state_case


class LedgerQuerySet(ScopedQuerySet):
    """Areas and measures: the policy is open to everybody who signs in."""

    view_permission = "tasks.view_ledger"


class PolicyQuerySet(LedgerQuerySet):
    """Policy documents: this one, and any successor standing beside it."""

    def in_force_on(self, day):
        """Those whose own term covers `day`."""
        return self.filter(Q(term_to__isnull=True) | Q(term_to__gte=day), term_from__lte=day)

    def latest_on(self, day):
        """The one to go by on `day`: the newest already issued, even where its own term has run out."""
        return self.filter(term_from__lte=day).order_by("-term_from", "-pk").first()

    def with_areas(self):
        """Those that hold task areas: a notice that only prolongs its predecessor, or one half entered, holds none."""
        return self.filter(paragraphs__area__isnull=False).distinct()

    def ledger_on(self, day):
        """The one whose areas and measures are to be carried out on `day`; before the first of them, the first."""
        rows = self.with_areas()
        return rows.latest_on(day) or rows.order_by("term_from", "pk").first()

    def standing_with(self, document, day):
        """`document`, by whose areas one goes on `day`, and those since: without areas, they may hold duties."""
        later = Q(term_from__gt=document.term_from) | Q(term_from=document.term_from, pk__gt=document.pk)
        return self.filter(Q(pk=document.pk) | later & Q(term_from__lte=day))


class MeasureQuerySet(LedgerQuerySet):
    """Measures (任务措施)."""

    def of(self, document):
        """The measures of one document, in the text's order."""
        return self.filter(paragraph__document=document).order_by("paragraph__number", "position")

    def with_lead(self, day):
        """Adds `has_lead`: whether the bureau has set a 牵头 body for the measure on that day."""
        rows = self.model._meta.get_field("responsibilities").related_model.objects
        leads = rows.on(day).filter(measure=OuterRef("pk"), part="lead")
        return self.annotate(has_lead=Exists(leads))


class ResponsibilityQuerySet(LedgerQuerySet, DatedQuerySet):
    """Who answers for what."""

    def of_policy(self):
        """The policy's own list, in the bracket's order."""
        return self.filter(measure__isnull=True)

    def of_bureau(self):
        """What the bureau set per measure (牵头/配合)."""
        return self.filter(measure__isnull=False)

    def with_names(self):
        """Loads bodies with their names, and groups: a constant number of queries, however many rows."""
        return self.select_related("organisation", "group").prefetch_related("organisation__names")


class IndicatorQuerySet(ScopedQuerySet):
    """Indicators of the catalogue."""

    view_permission = "tasks.view_indicator"

    def defined_on(self, day):
        """Loads, as `defined`, the definition that holds on `day` (a list of one or none)."""
        rows = self.model._meta.get_field("definitions").related_model.objects.filter(holds_on(day))
        return self.select_related("area", "parent").prefetch_related(
            Prefetch("definitions", queryset=rows, to_attr="defined")
        )


# --- the reporting cycle ---------------------------------------------------------------------------------------------
class PlanQuerySet(ScopedQuerySet):
    """Report plans (报送任务)."""

    view_permission = "tasks.view_plan"

    def active(self):
        """Those whose periods open by themselves."""
        return self.filter(state=PlanState.ACTIVE)

    def whole(self):
        """Loads what opening a period needs: a constant number of queries, however many plans."""
        return self.prefetch_related(
            "bodies__organisation", "bodies__group", "items__indicator", "narratives__area", "ladder"
        )


class SourceQuerySet(ScopedQuerySet, DatedQuerySet):
    """Who files which figure (一数一源)."""

    view_permission = "tasks.view_plan"


class PeriodQuerySet(ScopedQuerySet):
    """Reporting periods: that they exist is no secret to whoever reports; what is in them is."""

    view_permission = "tasks.view_board"

    def open(self):
        """Those whose figures are not frozen yet."""
        return self.exclude(state=PeriodState.CLOSED)

    def to_propose(self, day):
        """Those open for which there is nothing left to wait: no report at the bureau, none with days to run."""
        parts = self.model.forms.rel.related_model.parts.rel.related_model.objects
        owed = parts.filter(form__period=OuterRef("pk"), report__excused=False)
        owed = owed.exclude(report__state=ReportState.ACCEPTED)
        owed = owed.alias(limit=Coalesce("report__return_due_on", "report__extended_to", "report__due_on"))
        running = owed.filter(Q(report__state__in=WITH_BUREAU) | Q(limit__gte=day))
        return self.filter(~Exists(running), state=PeriodState.OPEN, end__lt=day)

    def to_send_up(self):
        """Those frozen that go up to the province and are not recorded as gone."""
        forms = self.model.forms.rel.related_model.objects
        goes_up = forms.filter(period=OuterRef("pk"), up_on__isnull=False)
        return self.filter(Exists(goes_up), state=PeriodState.CLOSED, sent_up_on__isnull=True)

    def for_list(self, user):
        """Adds the frozen version in force, the date upward, and how many corrections wait that `user` may see."""
        snapshots = self.model.snapshots.rel.related_model.objects.filter(period=OuterRef("pk")).order_by("-version")
        forms = self.model.forms.rel.related_model.objects.filter(period=OuterRef("pk"), up_on__isnull=False)
        asked = self.model.corrections.rel.related_model.objects.visible_to(user)
        asked = asked.filter(period=OuterRef("pk"), state__in=("asked", "signed")).order_by().values("period")
        return self.annotate(
            version=Subquery(snapshots.values("version")[:1]),
            approved_by=Subquery(snapshots.values("approved_by__name")[:1]),
            frozen_at=Subquery(snapshots.values("taken_at")[:1]),
            corrections_waiting=Coalesce(Subquery(asked.annotate(number=Count("pk")).values("number")), 0),
            up_on=Subquery(forms.order_by("up_on").values("up_on")[:1]),
        )


class ReportQuerySet(ScopedQuerySet):
    """Progress reports."""

    view_permission = "tasks.view_report"

    def owed(self):
        """Those not filed yet and not excused."""
        return self.filter(filed_on__isnull=True, excused=False)

    def overdue(self, on):
        """逾期: those owed whose day, extension included, lies before `on`, as `with_light` says it."""
        rows = self.owed().exclude(relation=Relation.SEPARATE)  # they are never called late
        return rows.alias(limit=Coalesce("extended_to", "due_on")).filter(limit__lt=on)

    def due_soon(self, on):
        """Those owed that count as 临期 on `on`."""
        return self.owed().filter(extended_to__isnull=True, soon_on__lte=on, due_on__gte=on)

    def to_fill(self):
        """Those in the hands of whoever fills them in: not begun, begun, or come back."""
        return self.filter(state__in=EDITABLE, excused=False)

    def handed_to(self, person):
        """Those with a part that was handed to this person, is open, and that nobody has called done."""
        owed = Q(sections__ticked_at__isnull=True) | Q(sections__returned=True, sections__ticked_at__lt=F("filed_at"))
        unlocked = Q(sections__unlocked_at__gt=F("filed_at"))
        is_open = ~Q(state=ReportState.RETURNED) | Q(sections__returned=True) | unlocked
        return self.to_fill().filter(owed, is_open, sections__assignee=person).distinct()

    def in_hand(self):
        """Those of open periods that the filer has not sent: to be chased by hand, also where they came back."""
        return self.filter(state__in=WITH_FILER, excused=False).exclude(period__state=PeriodState.CLOSED)

    def returned(self):
        """Those that came back."""
        return self.filter(state=ReportState.RETURNED)

    def for_review(self):
        """Those that wait for the bureau."""
        return self.filter(state__in=WITH_BUREAU)

    def review_late(self, on):
        """Those that wait for the bureau longer than its own limit."""
        return self.for_review().filter(review_due_on__lt=on)

    def in_period(self, period):
        """Those that answer a form of `period`."""
        return self.filter(
            pk__in=self.model.parts.rel.related_model.objects.filter(form__period=period).values("report")
        )

    def with_light(self, day):
        """Adds `light`, how each stands to its day on `day`: one of `LIGHTS`, as `tasks.lights.light_of`."""
        past = When(time=TimeState.LATE, relation=Relation.SEPARATE, then=Value(PAST))
        return self.alias(time=time_state_case(day)).annotate(light=Case(past, default=F("time")))

    def for_list(self):
        """Loads bodies with their names and the period; adds `handed_at`, when it last went from hand to hand."""
        rounds = self.model._meta.get_field("rounds").related_model.objects
        last = rounds.filter(report=OuterRef("pk"), act__in=HANDS_ON).order_by("-number").values("at")[:1]
        rows = self.annotate(handed_at=Subquery(last))
        return rows.select_related("filer", "period", "district").prefetch_related("filer__names")


def _left() -> Q:
    frozen = apps.get_model("tasks", "SnapshotFigure").objects.filter(
        entry=OuterRef("pk"), snapshot__period=OuterRef("period")
    )
    filed = Q(section__report__state__in=FILED, section__report__excused=False)
    closed = Q(period__state=PeriodState.CLOSED)
    return closed & Exists(frozen.exclude(state=CellState.MISSING)) | ~closed & filed


class EntryQuerySet(ScopedQuerySet):
    """Cells. Reached through a report one may see, or through totals (tasks.compiled)."""

    view_permission = "tasks.view_compiled"

    def for_totals(self):
        """Loads what `tasks.totals` reads of a cell: a constant number of queries."""
        return self.select_related("item", "indicator", "place", "section__report", "check_line")

    def with_counting_value(self):
        """Adds `counting_value`: what the bureau settled, else what the filer typed (`totals.settled` in SQL)."""
        settled = When(check_line__state=CheckState.SETTLED, then=Coalesce("check_line__settled_value", "value"))
        return self.annotate(counting_value=Case(settled, default=F("value"), output_field=QuantityField()))

    def that_left(self):
        """Those that are figures to others: what never left its body is none.

        In an open period that is what was filed and not given back, as totals count it; in a closed one what a frozen
        version says (定稿数 or 更正), whatever was typed before or filed after.
        """
        return self.filter(_left())

    def with_left(self):
        """Adds `left`, whether each is such a figure."""
        return self.annotate(left=Case(When(_left(), then=Value(True)), default=Value(False)))

    def counted(self):
        """Those that enter totals: the rule of `tasks.totals` in SQL, with `counting_value`."""
        rows = self.filter(section__report__state__in=FILED, section__report__excused=False)
        rows = rows.exclude(pk__in=rows.filter(check_line__state=CheckState.DISPUTED).values("pk"))
        return rows.with_counting_value().filter(counting_value__isnull=False)

    def filled(self):
        """Those that say something."""
        return self.exclude(state=CellState.MISSING)

    def missing(self):
        """Those that say nothing yet."""
        return self.filter(state=CellState.MISSING)


class CheckSheetQuerySet(ScopedQuerySet):
    """Sheets that counties check (核对单)."""

    view_permission = "tasks.view_check"

    def waiting(self):
        """Those with cells the county has not spoken of."""
        return self.filter(finished_at__isnull=True)

    def with_frozen(self):
        """Adds `frozen`: whether nothing that waits on it belongs to an open period; the rest has its 定稿数."""
        lines = self.model.lines.rel.related_model.objects.filter(sheet=OuterRef("pk"), state=CheckState.UNCHECKED)
        return self.annotate(frozen=~Exists(lines.exclude(entry__period__state=PeriodState.CLOSED)))

    def to_answer(self):
        """Those with lines that the county can answer now: `checking.barred` and `barred_line` in SQL."""
        return self.waiting().with_frozen().filter(report__state__in=FILED, frozen=False)

    def with_counts(self):
        """Adds how many lines there are, how many are spoken of, and how many of those are disputed."""
        said = ~Q(lines__state=CheckState.UNCHECKED)
        return self.annotate(
            asked=Count("lines"),
            said=Count("lines", filter=said),
            against=Count("lines", filter=Q(lines__state=CheckState.DISPUTED)),
        )

    def for_list(self):
        """Loads bodies with their names."""
        return self.select_related("county", "report__filer", "report__period").prefetch_related(
            "county__names", "report__filer__names"
        )


class SnapshotQuerySet(ScopedQuerySet):
    """Frozen versions (定稿数)."""

    view_permission = "tasks.view_board"


class SnapshotFigureQuerySet(ScopedQuerySet):
    """Frozen cells, within the same reach as the cells themselves."""

    view_permission = "tasks.view_compiled"


class CorrectionQuerySet(ScopedQuerySet):
    """Corrections (更正)."""

    view_permission = "tasks.view_correction"

    def for_list(self):
        """Loads what a line needs: a constant number of queries."""
        rows = self.select_related(
            "period", "entry__item", "entry__place", "entry__section__report__filer", "asked_by", "decided_by"
        )
        return rows.prefetch_related("entry__place__names", "entry__section__report__filer__names")


class OpeningFigureQuerySet(ScopedQuerySet):
    """Figures from before the portal (上线前数据)."""

    view_permission = "tasks.import_opening"


class TargetQuerySet(ScopedQuerySet):
    """Yearly targets (年度目标)."""

    view_permission = "tasks.view_target"


class NameLineQuerySet(ScopedQuerySet):
    """Bodies on the list of whom to name: the bureau's own business."""

    view_permission = "tasks.view_reminders"

    def undecided(self):
        """Of whom the leader has not said whether they are named."""
        return self.filter(verdict=NameVerdict.OPEN).select_related("list")

    def for_list(self):
        """Loads reports, bodies with their names, and who decided."""
        rows = self.select_related("report__filer", "report__period", "decided_by", "list__period")
        return rows.prefetch_related("report__filer__names")


class PaperPlanQuerySet(ScopedQuerySet):
    """Which papers are drafted of which periods."""

    view_permission = "tasks.view_plan"

    def active(self):
        """Those switched on."""
        return self.filter(active=True).select_related("identity__organisation")


class PeriodPaperQuerySet(ScopedQuerySet):
    """Papers drafted of a period: for whoever keeps the register; others see what is served on them."""

    view_permission = "notices.view_register"

    def for_list(self):
        """With the paper and its number."""
        rows = self.select_related("paper__identity__organisation", "snapshot")
        return rows.prefetch_related("paper__numbers", "paper__identity__organisation__names")
