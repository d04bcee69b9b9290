"""来文登记, 更正登记, the paper itself, 办结归档, 登记作废."""

from django.http import Http404
from django.urls import reverse

from zhuzun import clock
from zhuzun.documents import viewers
from zhuzun.notices.incoming import forms
from zhuzun.notices.incoming.models import IncomingPaper
from zhuzun.notices.incoming.services import registering
from zhuzun.notices.incoming.views.guarded import Unclassified
from zhuzun.notices.incoming.workflow import HANDLE, INCOMING
from zhuzun.notices.papers.kinds import Channel
from zhuzun.notices.papers.views.lists import crumbs
from zhuzun.ui.guards import require
from zhuzun.ui.pages import FormPage, ObjectFormPage


class Register(Unclassified, FormPage):
    """来文登记."""

    permission = HANDLE
    title, submit_label, done_message = "来文登记", "登记", "已登记，请核对后分送。"
    form_class = forms.RegisterForm

    def get_breadcrumbs(self):
        """Below the list."""
        return crumbs()

    def get_initial(self):
        """It came in today."""
        return {"received_on": clock.today()}

    def perform(self, form):
        """One service call."""
        facts = dict(form.cleaned_data)
        if file := facts.pop("file"):
            facts |= {"data": file.read(), "filename": file.name}
        return registering.register(actor=self.request.user, now=clock.now(), **facts)

    def done_url(self, result):
        """Its page."""
        return result.get_absolute_url()


class IncomingForm(Unclassified, ObjectFormPage):
    """A form about a paper of another's that one may see."""

    model, permission = IncomingPaper, HANDLE

    def get_breadcrumbs(self):
        """Back to the paper."""
        return crumbs(self.object)

    def done_url(self, result):
        """Back to the paper."""
        return self.object.get_absolute_url()

    def get_context_data(self, **kwargs):
        """What hinders, where the form does a step of the way."""
        return super().get_context_data(hindrance=self.hindrance(), **kwargs)

    def hindrance(self) -> str:
        """Why the step may not be taken now; empty where it may, or where the form does none."""
        return ""


class Correct(IncomingForm):
    """更正登记."""

    title, done_message = "更正登记", "已更正。"
    form_class = forms.FactsForm

    def get_initial(self):
        """As it stands."""
        return {name: getattr(self.object, name) for name in registering.FACTS}

    def perform(self, form):
        """One service call."""
        return registering.correct(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)


class AddFile(IncomingForm):
    """The scan or the electronic file."""

    title, submit_label, done_message = "上传来文", "上传", "已上传。"
    form_class = forms.FileForm

    def perform(self, form):
        """One service call."""
        file, note = form.cleaned_data["file"], form.cleaned_data["note"]
        facts = {"data": file.read(), "filename": file.name, "note": note}
        return registering.add_file(self.object, actor=self.request.user, now=clock.now(), **facts)


class TakeDown(Unclassified, FormPage):
    """撤下 of one file, with another in its place or without."""

    permission = None  # asked of the paper
    template_name = "notices/incoming/take_down.html"
    submit_label, done_message = "撤下", "已撤下，文件内容已从服务器删除；已分送的单位收到通知。"
    form_class = forms.TakeDownForm

    def guard(self):
        """The standing file of a paper that one may see, for whoever registers."""
        self.file = viewers.find(self.request.user, self.kwargs["pk"])
        if self.file is None or not isinstance(self.file.subject, IncomingPaper):
            raise Http404
        self.object = self.file.subject
        require(self.request.user, HANDLE, self.object)

    def get_title(self):
        """Which one."""
        return f"撤下文件：{self.file}"

    def get_breadcrumbs(self):
        """Back to the paper."""
        return crumbs(self.object)

    def get_context_data(self, **kwargs):
        """Who is told, and who has to be told by other means."""
        rows = self.object.deliveries.for_list()
        told, others = ([str(row.organisation) for row in rows if row.channel == channel] for channel in Channel)
        return super().get_context_data(object=self.object, file=self.file, told=told, others=others, **kwargs)

    def perform(self, form):
        """One service call."""
        facts = {"reason": form.cleaned_data["reason"]}
        if file := form.cleaned_data["file"]:
            facts |= {"data": file.read(), "filename": file.name}
        return registering.take_down(self.file, actor=self.request.user, now=clock.now(), **facts)

    def done_url(self, result):
        """Back to the paper."""
        return result.get_absolute_url()


class StepForm(IncomingForm):
    """A step of the way; says beforehand what hinders."""

    step = ""

    def hindrance(self):
        """The table's first reason."""
        decision = INCOMING.why_not(self.object, self.step, actor=self.request.user, now=clock.now())
        return decision.reason


class Close(StepForm):
    """办结归档."""

    step = "close"
    title, submit_label, done_message = "办结归档", "办结归档", "已办结归档。"
    form_class = forms.CloseForm

    def perform(self, form):
        """One service call."""
        return registering.close(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)


class Strike(StepForm):
    """登记作废."""

    step = "strike"
    title, submit_label, done_message = "登记作废", "登记作废", "已作废；收文号留存，不再使用。"
    form_class = forms.StrikeForm

    def perform(self, form):
        """One service call."""
        return registering.strike(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)

    def done_url(self, result):
        """The 收文登记簿, where it stays."""
        return reverse("notices:incoming_register")
