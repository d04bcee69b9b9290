"""主要任务: the ledger, one area, one measure, the list of measures, the matrix, my unit's duties."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tasks import duties, ledger, matrix
from tasks.filters.ledger import MeasureFilter
from tasks.models import Measure, PolicyDocument, Responsibility, TaskArea
from tasks.tables.ledger import MeasureTable, matrix_table
from zhuzun import clock
from zhuzun.audit.wording import history_of
from zhuzun.ui import exports, lists, pages
from zhuzun.ui.params import choice_from, day_from

AREAS = [("主要任务", "/tasks/areas/")]


class DatedMixin:
    """A page of the ledger as at a day: today, or the one in the address bar (`on`)."""

    permission = "tasks.view_ledger"

    @property
    def day(self):
        """The day that the page shows."""
        return day_from(self.request.GET, "on", clock.today())

    @property
    def document(self) -> PolicyDocument | None:
        """The document whose areas are to be carried out on that day."""
        if not hasattr(self, "_document"):
            self._document = PolicyDocument.objects.visible_to(self.request.user).ledger_on(self.day)
        return self._document

    def get_context_data(self, **kwargs):
        """`day`, `document`, and whether another day than today is shown."""
        today = clock.today()
        return super().get_context_data(
            day=self.day, today=today, is_today=self.day == today, document=self.document, **kwargs
        )


class AreasPage(DatedMixin, pages.Page):
    """主要任务: the policy as a ledger, every measure with who answers for it."""

    template_name = "tasks/areas.html"
    title = "主要任务"

    def get_context_data(self, **kwargs):
        """The whole ledger, with the standing duties."""
        read = ledger.read(self.document, self.day) if self.document else None
        standing = list(self.document.duties.select_related("paragraph")) if self.document else []
        return super().get_context_data(ledger=read, duties=standing, **kwargs)


class AreaPage(DatedMixin, pages.ObjectPage):
    """One of the areas, with its indicators."""

    model = TaskArea
    lookup = "code"
    template_name = "tasks/area.html"

    @property
    def document(self):
        """The area's own document."""
        return self.object.paragraph.document

    def visible(self):
        """Areas with their document."""
        return super().visible().select_related("paragraph__document")

    def get_breadcrumbs(self):
        """Back to the ledger the area belongs to."""
        return ledger_crumbs(self.document, self.request.user)

    def get_context_data(self, **kwargs):
        """The area's entry in the ledger."""
        read = ledger.read(self.document, self.day)
        entry = next(one for one in read.entries if one.area == self.object)
        return super().get_context_data(entry=entry, entries=read.entries, indicators=self.indicators(), **kwargs)

    def indicators(self):
        """The area's indicators, for whoever may see the catalogue."""
        if not self.request.user.decide("tasks.view_indicator").allowed:
            return []
        return self.object.indicators.filter(active=True).order_by("position")


class MeasurePage(DatedMixin, pages.ObjectPage):
    """One measure: its place in the text, who answers, what the bureau set over time."""

    template_name = "tasks/measure.html"

    def guard(self):
        """Measures are known by their area and number; everybody may read them."""
        self.object = find_measure(self.request.user, self.kwargs)

    @property
    def document(self):
        """The measure's own document."""
        return self.object.paragraph.document

    def get_breadcrumbs(self):
        """Back to the area."""
        area = self.object.paragraph.area
        return [*ledger_crumbs(self.document, self.request.user), (area.name, reverse("tasks:area", args=[area.code]))]

    def get_context_data(self, **kwargs):
        """The policy's list, the bureau's settings (all of them, ended ones too), and the history."""
        measure = self.object
        listed = Responsibility.objects.of_policy().filter(paragraph=measure.paragraph)
        return super().get_context_data(
            parties=ledger.responsible(listed, self.day),
            settings_=settings_of(measure, self.day),
            pieces=ledger.pieces(measure.paragraph.text, [measure]),
            history=history_of(measure),
            **kwargs,
        )


class MeasureList(DatedMixin, lists.ListPage):
    """措施清单: every measure as a row, with the bureau's 牵头 and 配合."""

    model = Measure
    table_class = MeasureTable
    filterset_class = MeasureFilter
    title = "措施清单"
    unit = "项"
    page_size = 100
    empty_text = "尚未登记任务措施"
    empty_hint = "政策数据由系统管理员导入；接续文件由市乡村振兴局在“政策文件”中登记。"

    def get_breadcrumbs(self):
        """Below the ledger."""
        return AREAS

    def rows(self):
        """The measures of the document to go by, with what stands beside them today."""
        rows = super().rows().of(self.document).with_lead(self.day)
        return rows.select_related("paragraph__area").prefetch_related(
            "responsibilities__group", "responsibilities__organisation__names"
        )

    def get_filterset(self):
        """The areas to choose from are the document's."""
        return self.filterset_class(
            self.request.GET, queryset=self.rows(), request=self.request, document=self.document
        )

    def get_table_kwargs(self):
        """The day on which names and settings are read."""
        return {"day": self.day}


class MatrixPage(DatedMixin, pages.Page):
    """责任矩阵: areas by responsible parties, groups expanded on demand, as at a day; also as xlsx."""

    template_name = "tasks/matrix.html"
    title = "责任矩阵"

    @property
    def expand(self) -> bool:
        """Whether 各区 stands as its members."""
        return choice_from(self.request.GET, "expand", ("1",), "") == "1"

    def get_breadcrumbs(self):
        """Below the ledger."""
        return AREAS

    def get_title(self):
        """Says the day where it is not today, so that a printed or exported sheet says it too."""
        return self.title if self.day == clock.today() else f"{self.title}（{self.day}）"

    def get(self, request, *args, **kwargs):
        """The matrix as a page or as a file."""
        if self.document is None:
            return self.render_to_response(self.get_context_data(rows=[]))
        self.ledger = ledger.read(self.document, self.day)
        self.rows = matrix.build(self.ledger, expand=self.expand)
        form = choice_from(request.GET, "export", exports.WRITERS, "")
        self.table = matrix_table(self.rows, self.ledger, request)
        if form:
            return exports.respond(self, form, actor=request.user, now=clock.now())
        return self.render_to_response(self.get_context_data(rows=self.rows, ledger=self.ledger, table=self.table))

    def get_context_data(self, **kwargs):
        """Whether groups are expanded."""
        return super().get_context_data(expand=self.expand, shown=len(kwargs["rows"]), **kwargs)


class MinePage(DatedMixin, pages.Page):
    """我单位的职责: what the body one acts for answers for."""

    template_name = "tasks/mine.html"
    title = "我单位的职责"

    def get_breadcrumbs(self):
        """Below the ledger."""
        return AREAS

    def get_context_data(self, **kwargs):
        """The body's areas and measures, and the duties meant for it."""
        acting = self.request.user.acting
        bodies = ledger.answering_bodies(acting.organisation) if acting else []
        if self.document is None or not bodies:
            return super().get_context_data(bodies=bodies, shares=[], mine=[], others=[], **kwargs)
        documents = PolicyDocument.objects.visible_to(self.request.user).standing_with(self.document, self.day)
        mine, others = duties.duties_of(documents, bodies, self.day)
        shares = duties.shares(ledger.read(self.document, self.day), bodies)
        names = [body.name_on(self.day) for body in bodies]
        return super().get_context_data(bodies=names, shares=shares, mine=mine, others=others, **kwargs)


def find_measure(user, kwargs) -> Measure:
    """The measure under its area's code and its number, or 404."""
    rows = Measure.objects.visible_to(user).select_related("paragraph__document", "paragraph__area")
    return get_object_or_404(rows, paragraph__area__code=kwargs["code"], number=kwargs["number"])


def settings_of(measure, day):
    """What the bureau ever set for a measure, each as (row, name on that day, whether it counts on that day)."""
    rows = measure.responsibilities.with_names().order_by("valid_to", "part", "position")
    ordered = sorted(rows, key=lambda row: (row.valid_to is not None, row.part != "lead", row.position))
    return [(row, row.group.name if row.group else row.organisation.name_on(day), row.holds_on(day)) for row in ordered]


def ledger_crumbs(document, user):
    """The way back to the ledger: the current one's page, or another document's own."""
    current = PolicyDocument.objects.visible_to(user).ledger_on(clock.today())
    if document == current:
        return AREAS
    if document is None:
        raise Http404
    return [("政策文件", reverse("tasks:documents")), (str(document), reverse("tasks:document", args=[document.code]))]
