"""The page on which one step of a table is taken: a question, whatever form the step wants, and what follows."""

from django.http import Http404

from zhuzun.ui.pages import ConfirmPage
from zhuzun.workflow.engine import Step, Workflow


class StepPage(ConfirmPage):
    """One step of `workflow`, named in the address, by whoever may take it with this record."""

    workflow: Workflow
    step: Step
    danger = False

    def guard(self):
        """404 for what is no step that a person takes; the step's own permission in place of the page's."""
        self.step = self.workflow.by_name.get(self.kwargs["step"])
        if self.step is None or not self.step.permission:
            raise Http404
        self.permission = self.step.permission
        super().guard()

    def get_title(self):
        """The step, and with what."""
        return f"{self.submit_label}：{self.object}"

    @property
    def submit_label(self):
        """The step's own word."""
        return self.step.label

    @property
    def done_message(self):
        """That it is done."""
        return f"已{self.step.label}。"

    def done_url(self, result):
        """Back to the record."""
        return self.object.get_absolute_url()
