"""The one way to change a state: a small table of states and steps, on django-fsm-2.

    REPORT = Workflow("report", "进展报告", ReportState, field="state", steps=(
        Step("file", "报送", (S.DRAFTING,), S.REVIEW, "tasks.fill_report", "report.file", checks=(complete,)),
        …
    ))

    class ProgressReport(REPORT.base, models.Model):
        state = REPORT.state_field()

A service calls `REPORT.take(report, "file", actor=…, now=…)`: it locks the row, asks state, permission and conditions,
changes the state, saves, and writes the event. A page calls `REPORT.options(report, actor=…, now=…)` and shows each
step or the reason why it is not available. No other module assigns a state field.
"""

from zhuzun.workflow.engine import Option, Step, Workflow
from zhuzun.workflow.handbook import registered

__all__ = ["Option", "Step", "Workflow", "registered"]
