"""年度目标: the grid of a year, and setting an agreement's targets indicator by indicator."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pairing.models import Agreement
from tasks import target_export, target_tables
from tasks.forms.targets import ChooseIndicatorForm, TargetForm
from tasks.models import Indicator, Target
from tasks.services import targets
from zhuzun import clock
from zhuzun.numbers import rounded
from zhuzun.ui.guards import require
from zhuzun.ui.pages import ObjectFormPage, ObjectPage, Page
from zhuzun.ui.params import choice_from, whole_from

KINDS = {"county": "分县（市）", "district": "分区（功能区）"}


def crumbs():
    """To the grid."""
    return [("年度目标", reverse("tasks:targets"))]


class TargetsPage(Page):
    """A year × indicators by place."""

    permission = "tasks.view_target"
    template_name = "tasks/targets.html"

    def get_title(self):
        """2026年度目标（分县（市））: a printed page says what it is."""
        return f"{self.year}年度目标（{KINDS[self.kind]}）"

    def get(self, request, *args, **kwargs):
        """The page, or the file."""
        self.day = clock.today()
        self.year = whole_from(request.GET, "year", self.day.year, low=2021, high=2100)
        self.kind = choice_from(request.GET, "by", KINDS, "county")
        if request.GET.get("export") == "xlsx":
            return target_export.respond(self.year, self.kind, KINDS[self.kind], request=request, now=clock.now())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """The targets in force, and the year's agreements."""
        year, kind = self.year, self.kind
        heads, lines = target_tables.build(year, kind, self.day)
        agreements = Agreement.objects.visible_to(self.request.user).filter(year=year).for_list()
        choices = {"year": year, "kind": kind, "kinds": KINDS.items(), "years": [year - 1, year, year + 1]}
        choices["gone"] = target_tables.months_gone(year, self.day)
        return super().get_context_data(heads=heads, lines=lines, agreements=agreements, **choices, **kwargs)


class TargetPage(ObjectPage):
    """One indicator's targets of a year: place by place, with the course, and what was changed."""

    model, permission = Indicator, "tasks.view_target"
    lookup = "code"
    template_name = "tasks/target.html"

    def guard(self):
        """Whoever may read the catalogue and the targets."""
        self.object = get_object_or_404(self.visible(), code=self.kwargs["code"])
        require(self.request.user, self.permission)

    def get_title(self):
        """Whose targets."""
        return f"年度目标：{self.object.name}"

    def get_breadcrumbs(self):
        """Back to the grid."""
        return crumbs()

    def get_context_data(self, **kwargs):
        """In force, and as it came about."""
        day = clock.today()
        year = whole_from(self.request.GET, "year", day.year, low=2021, high=2100)
        found = {
            "rows": target_tables.of_indicator(self.object, year, day),
            "changes": target_tables.changes(self.object),
        }
        courses = {row["course"] for row in found["rows"]}
        found["course"] = courses.pop() if len(courses) == 1 else ""
        gone = target_tables.months_gone(year, day)
        return super().get_context_data(year=year, years=[year - 1, year, year + 1], gone=gone, **found, **kwargs)


class OfAgreement(ObjectFormPage):
    """A form about one agreement's targets."""

    model, permission = Agreement, "tasks.edit_target"

    def guard(self):
        """Agreements are known to all who work; setting targets is the bureau's."""
        super().guard()
        require(self.request.user, self.permission)

    def get_breadcrumbs(self):
        """Back to the grid."""
        return crumbs()


class ChooseIndicator(OfAgreement):
    """Which indicator's targets to set."""

    form_class = ChooseIndicatorForm
    submit_label = "下一步"

    def get_title(self):
        """Of which agreement."""
        return f"设置年度目标：{self.object}"

    def get_form(self, *args, **kwargs):
        """Indicators in use."""
        rows = Indicator.objects.visible_to(self.request.user).filter(active=True)
        return ChooseIndicatorForm(*args, indicators=rows, **kwargs)

    def post(self, request, *args, **kwargs):
        """On to the row."""
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        code = form.cleaned_data["indicator"].code
        return HttpResponseRedirect(reverse("tasks:target_set", args=[self.object.pk, code]))


class SetTargets(OfAgreement):
    """The targets of one indicator for all places of an agreement."""

    submit_label, done_message = "保存", "已保存年度目标。"

    def guard(self):
        """The indicator is one of the catalogue."""
        super().guard()
        self.indicator = get_object_or_404(Indicator.objects.visible_to(self.request.user), code=self.kwargs["code"])

    def get_title(self):
        """Of which figure."""
        return f"{self.object.year}年目标：{self.indicator.name}"

    def get_breadcrumbs(self):
        """Back to the choice."""
        return [*crumbs(), (str(self.object), reverse("tasks:agreement_targets", args=[self.object.pk]))]

    def rows(self):
        """What is set now."""
        return Target.objects.visible_to(self.request.user).filter(agreement=self.object, indicator=self.indicator)

    def get_initial(self):
        """As it stands."""
        rows = list(self.rows())
        first = rows[0] if rows else None
        stages = " ".join(f"{month}:{value}" for month, value in (first.stages if first else {}).items())
        found = {f"place_{row.place_id}": rounded(row.value, self.indicator.decimals) for row in rows}
        return found | {"course": first.course if first else "even", "stages": stages}

    def get_form(self, *args, **kwargs):
        """A field for each place."""
        places = target_tables.all_places(clock.today())
        facts = {"places": places, "decimals": self.indicator.decimals, "unit": self.indicator.unit}
        return TargetForm(*args, initial=self.get_initial(), **facts, **kwargs)

    def perform(self, form):
        """One service call."""
        facts = {name: form.cleaned_data[name] for name in ("course", "stages", "reason")}
        acting = {"actor": self.request.user, "now": clock.now()}
        return targets.set_row(self.object, self.indicator, values=form.values(), **facts, **acting)

    def done_url(self, result):
        """The grid of the year."""
        return f"{reverse('tasks:targets')}?year={self.object.year}"
