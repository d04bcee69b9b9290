"""Setting and ending 牵头 and 配合 of a measure: the bureau's; everybody else reads why not."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from tasks.forms.ledger import EndForm, SettingForm
from tasks.models import Responsibility
from tasks.services import end_responsibility, set_responsibility
from tasks.views.ledger import find_measure
from zhuzun import clock
from zhuzun.ui.guards import require
from zhuzun.ui.pages import ConfirmPage, ObjectFormPage


class MeasureAction:
    """Something done to a measure: known to everybody, done by whoever may."""

    permission = "tasks.set_responsibility"

    def find(self):
        """The object of the page."""
        return find_measure(self.request.user, self.kwargs)

    def guard(self):
        """404 for what is not there, 403 with the reason for who may not."""
        self.object = self.find()
        require(self.request.user, self.permission, self.object)

    @property
    def measure(self):
        """The measure it concerns."""
        return self.object

    def get_breadcrumbs(self):
        """Back to the measure."""
        return [
            ("主要任务", reverse("tasks:areas")),
            (self.measure.paragraph.area.name, reverse("tasks:area", args=[self.kwargs["code"]])),
            (str(self.measure), self.done_url(None)),
        ]

    def done_url(self, result):
        """Back to the measure."""
        return reverse("tasks:measure", args=[self.kwargs["code"], self.kwargs["number"]])


class SetResponsibility(MeasureAction, ObjectFormPage):
    """设置牵头、配合."""

    template_name = "tasks/responsibility_form.html"
    form_class = SettingForm
    title = "设置牵头、配合单位"
    done_message = "已设置。"

    def get_initial(self):
        """From today on, 牵头."""
        return {"valid_from": clock.today(), "part": "lead"}

    def get_form(self, *args, **kwargs):
        """The bodies to choose from depend on the measure."""
        return super().get_form(*args, measure=self.object, day=clock.today(), **kwargs)

    def perform(self, form):
        """One service call."""
        facts = {name: form.cleaned_data[name] for name in ("part", "valid_from", "valid_to", "reason")}
        return set_responsibility(self.object, **form.chosen(), **facts, actor=self.request.user, now=clock.now())


class EndResponsibility(MeasureAction, ConfirmPage):
    """终止牵头、配合."""

    template_name = "generic/confirm.html"
    form_class = EndForm
    title = "终止牵头、配合"
    submit_label = "终止"
    done_message = "已终止。"
    consequences = ["终止后仍保留在记录中；文件所列责任单位不受影响。"]

    def find(self):
        """A setting of the bureau for this measure; the policy's own list cannot be ended."""
        rows = Responsibility.objects.visible_to(self.request.user).of_bureau().with_names()
        measure = find_measure(self.request.user, self.kwargs)
        return get_object_or_404(rows.select_related("measure__paragraph__area"), measure=measure, pk=self.kwargs["pk"])

    def told_of(self):
        """A setting is made and ended in the history of its measure."""
        return self.measure

    @property
    def measure(self):
        """The setting's measure."""
        return self.object.measure

    @property
    def question(self):
        """Who and what."""
        body = self.object.group or self.object.organisation.name_on(clock.today())
        return f"确定终止“{body}”对 {self.measure} 的{self.object.get_part_display()}分工吗？"

    def get_initial(self):
        """Today is the last day."""
        return {"valid_to": clock.today()}

    def perform(self, form):
        """One service call."""
        return end_responsibility(self.object, **form.cleaned_data, actor=self.request.user, now=clock.now())
