"""What the machine did by itself, for whoever keeps the work going: read in Chinese, changed by nobody."""

import django_tables2 as tables
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django_celery_beat.models import PeriodicTask

from zhuzun import clock
from zhuzun.runs.models import BROKEN_OFF, JobRun, RunState
from zhuzun.ui.badges import worded
from zhuzun.ui.filters import FilterSet, SearchFilter
from zhuzun.ui.lists import ListPage
from zhuzun.ui.tables import BadgeColumn, MomentColumn, Table

STATE_WORDS = worded(
    {
        RunState.RUNNING: "info",
        RunState.DONE: "good",
        RunState.FAILED: "late",
    }
) | {BROKEN_OFF: ("中断", "late")}


class RunTable(Table):
    """«3月29日 09:00 催报提醒 6 份»."""

    started_at = MomentColumn(verbose_name="开始时间")
    title = tables.Column("任务", order_by="title")
    state = BadgeColumn("结果", accessor="standing", order_by="state", words=STATE_WORDS)
    result = tables.Column("做了什么", accessor="in_words", orderable=False, attrs={"td": {"class": "wrap"}})
    ended_at = MomentColumn(verbose_name="结束时间")
    caption = "后台任务运行记录"

    class Meta(Table.Meta):
        model = JobRun
        fields = ()
        sequence = ("started_at", "title", "state", "result", "ended_at")


class RunFilters(FilterSet):
    """Text, state."""

    text = SearchFilter(lookups=["title__icontains", "result__icontains"], label="任务、结果")

    class Meta:
        model = JobRun
        fields = ["text", "state"]


class RunList(ListPage):
    """Newest first."""

    permission = "runs.view_jobrun"
    title, unit = "后台任务运行记录", "次"
    table_class, filterset_class = RunTable, RunFilters
    empty_text = "还没有运行记录"
    empty_hint = "后台任务按时间表自动运行，每次运行留一条记录。"

    def rows(self):
        """With the job's Chinese name in the timetable."""
        names = PeriodicTask.objects.filter(task=OuterRef("job")).values("name")[:1]
        rows = JobRun.objects.visible_to(self.request.user).with_standing(clock.now())
        return rows.annotate(title=Coalesce(Subquery(names), "job"))
