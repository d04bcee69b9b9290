"""The page of one progress report: who owes it, how it stands, and the panels of filing, review and check."""

from django.urls import reverse

from tasks.lights import report_facts
from tasks.models import ProgressReport
from tasks.panels import chain, chase, checks, filing
from zhuzun import clock
from zhuzun.audit.wording import history_of
from zhuzun.periods.services import current_calendar
from zhuzun.ui.pages import DetailPage

# Modules of tasks.panels, in the page's order; each has context(report, request, now) -> dict.
PANELS = (chain, filing, checks, chase)


class ReportPage(DetailPage):
    """进展报告."""

    model = ProgressReport
    permission = "tasks.view_report"
    template_name = "tasks/report_detail.html"

    def visible(self):
        """With the bodies' names."""
        return super().visible().for_list()

    def get_breadcrumbs(self):
        """Back to the board."""
        return [("报送进度", reverse("tasks:board"))]

    def get_context_data(self, **kwargs):
        """The facts of the report, its history, and what each panel needs."""
        now = clock.now()
        context = super().get_context_data(**kwargs)
        context |= {
            "facts": report_facts(self.object, clock.day_of(now), current_calendar()),
            "history": history_of(self.object),
            "now": now,
        }
        for panel in PANELS:
            context |= panel.context(self.object, self.request, now)
        return context
