"""What the machine does by itself: the runs so far, and the timetable, which 系统管理员 may change."""

from django import forms
from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django_celery_beat.models import PeriodicTask

from zhuzun import clock
from zhuzun.access.admin import PortalAdmin
from zhuzun.runs.models import JobRun
from zhuzun.runs.services import reschedule
from zhuzun.runs.timetable import words_of
from zhuzun.ui.formats import moment


@admin.register(JobRun)
class JobRunAdmin(PortalAdmin):
    """后台任务运行记录: the machine writes it, nobody changes it."""

    list_display = ("started_at", "title", "state", "result", "ended_at")
    list_filter = ("state", "started_at")
    search_fields = ("job", "result", "error")
    ordering = ("-started_at", "-pk")
    fields = ("title", "started_at", "ended_at", "state", "result", "error")

    def get_queryset(self, request):
        """With the job's Chinese name in the timetable."""
        names = PeriodicTask.objects.filter(task=OuterRef("job")).values("name")[:1]
        return super().get_queryset(request).annotate(title=Coalesce(Subquery(names), "job"))

    @admin.display(description="任务", ordering="title")
    def title(self, obj):
        """«清理过期会话»."""
        return obj.title

    def name_of(self, obj):
        """«清理过期会话 2026-11-23 03:10»."""
        return f"{obj.title} {moment(obj.started_at)}"

    def has_view_permission(self, request, obj=None):
        return self._may(request, "view")

    def has_add_permission(self, request, *args):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class RoutineForm(forms.ModelForm):
    """A job's daily time; everything else about it is the code's."""

    hour = forms.IntegerField(label="时", min_value=0, max_value=23)
    minute = forms.IntegerField(label="分", min_value=0, max_value=59)

    class Meta:
        model = PeriodicTask
        fields = ("enabled",)
        labels = {"enabled": "启用"}
        help_texts = {"enabled": "停用后不再自动运行，直到重新启用。"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if times := self.instance.crontab:
            self.initial |= {"hour": times.hour, "minute": times.minute}


@admin.register(PeriodicTask)
class TimetableAdmin(PortalAdmin):
    """后台任务时间表: which job runs when, in words (`zhuzun/schedule.py` says which there are, and why)."""

    form = RoutineForm
    list_display = ("name", "when", "last_run_at", "total_run_count", "description")
    list_filter = ("enabled",)
    list_select_related = ("crontab", "interval")
    search_fields = ("name", "description")
    ordering = ("name",)
    readonly_fields = ("name", "description", "when", "last_run_at", "total_run_count")

    def permission_of(self, act):
        """Read by whoever reads the runs."""
        return "runs.change_schedule" if act == "change" else "runs.view_jobrun"

    def get_fields(self, request, obj=None):
        """The time to change only for whoever may change it."""
        return (*self.readonly_fields, *(("enabled", "hour", "minute") if self.has_change_permission(request) else ()))

    def get_queryset(self, request):
        """The portal's own jobs; the scheduler's inner housekeeping is not shown."""
        return super().get_queryset(request).exclude(task__startswith="celery.")

    def has_add_permission(self, request, *args):
        return False

    def name_of(self, obj):
        """Its Chinese name alone."""
        return obj.name

    @admin.display(description="运行时间")
    def when(self, obj):
        """每天 03:10."""
        return words_of(obj)

    def save_model(self, request, obj, form, change):
        """Through the service; the time is no field of the row, so it is handed over whole."""
        data = form.cleaned_data
        reschedule(
            PeriodicTask.objects.select_related("crontab").get(pk=obj.pk),
            enabled=data["enabled"],
            hour=data["hour"],
            minute=data["minute"],
            reason=data["change_reason"],
            actor=request.user,
            now=clock.now(),
        )
