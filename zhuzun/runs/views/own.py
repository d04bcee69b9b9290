"""One's own long work: how far it is, what came out, why it failed, once more. Nobody sees another's."""

import django_tables2 as tables
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views import View

from zhuzun import clock
from zhuzun.errors import DomainError
from zhuzun.happenings import announce
from zhuzun.runs import results, services
from zhuzun.runs.models import BROKEN_OFF, Job, JobState
from zhuzun.ui.badges import badge, worded
from zhuzun.ui.formats import moment
from zhuzun.ui.guards import Guarded
from zhuzun.ui.lists import ListPage
from zhuzun.ui.pages import ObjectPage
from zhuzun.ui.tables import BadgeColumn, MomentColumn, Table

STATE_WORDS = worded(
    {
        JobState.WAITING: "idle",
        JobState.RUNNING: "info",
        JobState.DONE: "good",
        JobState.FAILED: "late",
    }
) | {BROKEN_OFF: ("中断", "late")}
CRUMBS = ("我的后台任务", "runs:jobs")


class JobTable(Table):
    """Newest first."""

    cards = True

    asked_at = MomentColumn(verbose_name="发起时间")
    title = tables.Column("任务", linkify=True, attrs={"td": {"class": "wrap"}})
    state = BadgeColumn("状态", accessor="standing", words=STATE_WORDS)
    ended_at = MomentColumn(verbose_name="结束时间")
    caption = "我的后台任务"

    class Meta(Table.Meta):
        model = Job
        fields = ()
        sequence = ("asked_at", "title", "state", "ended_at")


class JobList(ListPage):
    """What one started, while it is kept."""

    model, permission = Job, None
    title, unit = CRUMBS[0], "项"
    table_class = JobTable
    empty_text = "没有后台任务"
    empty_hint = "打包下载等耗时较长的工作在后台进行，进度和结果列在这里，保留一天。"

    def rows(self):
        """With 中断 where nobody works on it any more."""
        return super().rows().with_standing(clock.now())


class JobPage(ObjectPage):
    """How far it is; asks again by itself while something is still to come."""

    model, permission = Job, None
    template_name = "runs/job.html"

    def get_breadcrumbs(self):
        """Below all of one's own."""
        return [(CRUMBS[0], reverse(CRUMBS[1]))]

    def get_context_data(self, **kwargs):
        """State, progress, what can be done."""
        job, now = self.object, clock.now()
        broken = job.broken_off(now)
        return super().get_context_data(
            state=badge(*STATE_WORDS[BROKEN_OFF if broken else job.state]),
            broken=broken,
            repeatable=job.repeatable(now),
            follows=job.open and not broken,
            **kwargs,
        )


class OfOwnJob(Guarded, View):
    """An act on one's own long work."""

    permission = None

    def guard(self):
        """404 for another's."""
        self.object = get_object_or_404(Job.objects.visible_to(self.request.user), pk=self.kwargs["pk"])


class JobFile(OfOwnJob):
    """The file that came out."""

    http_method_names = ("get", "head")

    def get(self, request, pk):
        """The bytes; the page with the reason where they are gone."""
        job = self.object
        if job.state != JobState.DONE or not job.file_name:
            raise Http404
        try:
            file = results.place_of(job).open("rb")
        except OSError:
            messages.error(request, f"文件保留至 {moment(job.kept_until)}，已经清理，请重新发起。")
            return HttpResponseRedirect(job.get_absolute_url())
        detail = {"title": job.title, "form": job.file_name.rpartition(".")[2], "address": request.path}
        announce("export", actor=request.user, now=clock.now(), detail=detail)
        headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
        return FileResponse(file, as_attachment=True, filename=job.file_name, headers=headers)


class JobAgain(OfOwnJob):
    """Once more."""

    http_method_names = ("post",)

    def post(self, request, pk):
        """Start it anew, and show how far it is."""
        try:
            services.repeat(self.object, actor=request.user, now=clock.now())
            messages.success(request, "已重新开始。")
        except DomainError as error:
            messages.warning(request, error.message)
        return HttpResponseRedirect(self.object.get_absolute_url())
