"""What people do to one report: the acts of the chain, the return, the signed sheet, opinions, extensions."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from tasks import acts, reading, waiting
from tasks.forms import chain as forms
from tasks.kinds import AskState, ReportState
from tasks.models import ProgressReport
from tasks.panels import chain as panel
from tasks.services import chain, extensions, opinions, review
from tasks.views.board import ReportAction
from tasks.workflow import REPORT
from zhuzun import clock
from zhuzun.documents.forms import WithdrawForm
from zhuzun.documents.models import Attachment
from zhuzun.organisations.models import Organisation
from zhuzun.ui.guards import require
from zhuzun.ui.pages import ConfirmPage


class ReportPage(ReportAction):
    """A form about one report; who may is asked by the step it takes."""

    permission = None

    def visible(self):
        """With the bodies' names."""
        return super().visible().for_list()

    def step_permission(self) -> str:
        """The permission of the step."""
        raise NotImplementedError

    def guard(self):
        """404 for another's report, 403 for whoever may not take the step."""
        super().guard()
        require(self.request.user, self.step_permission(), self.object)

    def barred(self) -> str:
        """Why it cannot be done now, whoever asks; empty where it can."""
        return ""

    def get(self, request, *args, **kwargs):
        """The form, or back to the report with the reason."""
        if reason := self.barred():
            messages.error(request, reason)
            return HttpResponseRedirect(self.object.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def facts(self) -> dict:
        """Actor and moment, for the service."""
        return {"actor": self.request.user, "now": clock.now()}


class ActPage(ConfirmPage, ReportPage):
    """One act of tasks/acts.py."""

    template_name = "tasks/report_act.html"
    form_class = forms.WordsForm
    danger = False

    def guard(self):
        """The act of the address."""
        self.act = acts.ACTS[self.kwargs["act"]]
        super().guard()

    def get_title(self):
        """The step's own word."""
        return f"{self.act.step_for(self.object).label}：{self.object}"

    def step_permission(self):
        """The step's."""
        return self.act.step_for(self.object).permission

    def barred(self):
        """What the workflow says."""
        step = self.act.step_for(self.object)
        return REPORT.why_not(self.object, step.name, **self.facts()).reason

    def get_initial(self):
        """What the officer wrote to his leader goes with the report, unless the leader says it otherwise."""
        signing = self.object.state == ReportState.SIGNING and self.act.code in ("sign", "signed")
        return {"text": reading.words_to_leader(self.object)} if signing else {}

    def get_form(self, *args, **kwargs):
        """With a field for words where some go with it."""
        form = super().get_form(*args, label=self.act.text_label, required=self.act.text == acts.TEXT_MUST, **kwargs)
        if self.act.text == acts.TEXT_NONE:
            del form.fields["text"]
        return form

    def perform(self, form):
        """One service call."""
        self.done_message = self.act.done
        return self.act.service(self.object, **form.cleaned_data, **self.facts())

    def get_context_data(self, **kwargs):
        """The question, and what the report says."""
        self.question, self.consequences = self.act.question, list(self.act.consequences)
        self.submit_label = self.act.step_for(self.object).label
        content = panel.content(self.object) if self.act.shows_content else {}
        return super().get_context_data(**content, **kwargs)


class ReturnPage(ReportPage):
    """退回修改 and 退回重报: a comment beside each section that goes back."""

    template_name = "tasks/report_return.html"
    form_class = forms.ReturnForm
    submit_label, done_message = "退回", "已退回，报送单位会收到通知。"

    @property
    def step(self):
        """Return or reopening, from where the report stands."""
        return REPORT.by_name[acts.to_return(self.object)]

    def get_title(self):
        """The step's own word."""
        return f"{self.step.label}：{self.object}"

    def step_permission(self):
        """The step's."""
        return self.step.permission

    def barred(self):
        """What the workflow says."""
        return REPORT.why_not(self.object, self.step.name, **self.facts()).reason

    def get_initial(self):
        """The day proposed by working days."""
        return {"due_on": review.proposed_day(now=clock.now())}

    def get_form(self, *args, **kwargs):
        """One field for each section."""
        sections = self.object.sections.all()
        return super().get_form(*args, sections=sections, reason_wanted=self.step.name == "reopen", **kwargs)

    def perform(self, form):
        """One service call."""
        words = {"comments": form.comments, "due_on": form.cleaned_data["due_on"]}
        if self.step.name == "reopen":
            return review.reopen(self.object, reason=form.cleaned_data["text"], **words, **self.facts())
        return review.return_report(self.object, text=form.cleaned_data["text"], **words, **self.facts())


class SheetPage(ReportPage):
    """The scan of the signed and sealed form."""

    title, submit_label, done_message = "上传签章扫描件", "上传", "已上传签章扫描件。"
    form_class = forms.SheetForm

    def step_permission(self):
        """The filer's officer, or who enters for it."""
        own = self.request.user.decide("tasks.fill_report", self.object)
        return "tasks.fill_report" if own.allowed else "tasks.enter_for"

    def barred(self):
        """Only before it is filed."""
        state = self.object.get_state_display()
        return "" if self.object.state in chain.SIGNABLE else f"目前状态是“{state}”，不能上传签章件。"

    def perform(self, form):
        """One service call."""
        file = form.cleaned_data["file"]
        return chain.attach_sheet(self.object, data=file.read(), filename=file.name, **self.facts())


class WithdrawSheet(SheetPage):
    """A wrong scan is taken down."""

    title, submit_label, done_message = "撤下签章扫描件", "撤下", "已撤下。"
    form_class = WithdrawForm

    def guard(self):
        """The sheet hangs on the report of the address."""
        self.sheet = get_object_or_404(Attachment, pk=self.kwargs["sheet"], kind="signed")
        self.kwargs["pk"] = self.sheet.object_id
        if not isinstance(self.sheet.subject, ProgressReport):
            raise Http404
        super().guard()

    def perform(self, form):
        """One service call."""
        return chain.withdraw_sheet(self.object, self.sheet, **form.cleaned_data, **self.facts())


class OpinionPage(ReportPage):
    """前方意见 on one county."""

    submit_label, done_message = "提交", "已填写前方意见。"
    form_class = forms.OpinionForm
    template_name = "tasks/report_opinion.html"

    def guard(self):
        """The county of the address has figures in the report, and the person speaks for its team."""
        self.county = get_object_or_404(Organisation, code=self.kwargs["county"])
        super().guard()
        decision = opinions.may_give(self.object, self.county, actor=self.request.user)
        if not decision.allowed:
            raise Http404

    def step_permission(self):
        """The working group's."""
        return opinions.GIVE

    def get_title(self):
        """Of which county."""
        return f"前方意见（{self.county.name_on(self.object.period.end)}）：{self.object}"

    def barred(self):
        """Outside of the window of review, or given already."""
        return opinions.why_not(self.object, self.county)

    def perform(self, form):
        """One service call."""
        return opinions.give_opinion(self.object, self.county, **form.cleaned_data, **self.facts())

    def get_context_data(self, **kwargs):
        """The county's figures."""
        return super().get_context_data(cells=panel.county_cells(self.object, self.county), **kwargs)


class ExtendPage(ReportPage):
    """延期申请."""

    title, submit_label, done_message = "申请延期", "提交申请", "已提交延期申请。"
    form_class = forms.ExtensionForm

    def step_permission(self):
        """The filer's."""
        return extensions.ASK

    def barred(self):
        """After the day, or filed already."""
        return extensions.may_ask(self.object, **self.facts()).reason

    def get_form(self, *args, **kwargs):
        """The day that counts now stands beside the one asked for."""
        form = super().get_form(*args, **kwargs)
        field = form.fields["wanted_on"]
        field.help_text = f"现在的截止日期是 {self.object.effective_due_on}，{field.help_text}"
        return form

    def perform(self, form):
        """One service call."""
        return extensions.ask(self.object, **form.cleaned_data, **self.facts())


class DecideExtension(ReportPage):
    """The bureau's answer to a request."""

    title, submit_label, done_message = "审批延期申请", "提交", "已审批。"
    form_class = forms.DecisionForm
    template_name = "tasks/extension_decide.html"

    def guard(self):
        """The request's report."""
        self.asked = get_object_or_404(waiting.extensions(self.request.user), pk=self.kwargs["asked"])
        self.kwargs["pk"] = self.asked.report_id
        super().guard()

    def step_permission(self):
        """The bureau's."""
        return "tasks.decide_extension"

    def barred(self):
        """Decided already."""
        return "" if self.asked.state == AskState.ASKED else f"这份延期申请{self.asked.get_state_display()}。"

    def watched(self):
        """The request, not the report."""
        return self.asked

    def told_of(self):
        """In its history stands who decided."""
        return self.asked

    def perform(self, form):
        """One service call."""
        service = extensions.approve if form.cleaned_data["answer"] == "approve" else extensions.refuse
        return service(self.asked, decision=form.cleaned_data["decision"], **self.facts())

    def get_context_data(self, **kwargs):
        """What was asked, and how often this body was given more time."""
        return super().get_context_data(asked=self.asked, counts=panel.extension_counts(self.object), **kwargs)
