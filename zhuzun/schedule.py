"""Every periodic job of the portal on one screen: what it is called, which job it is, when it usually runs, and why.

The times are the usual ones: a row is created once, after `migrate`; from then on the administrator's word counts, and
nothing here changes a row that exists. Times are those of Asia/Shanghai.
"""

from dataclasses import dataclass

from django.apps import apps as installed
from django.conf import settings


@dataclass(frozen=True)
class Routine:
    """A job that runs every day at `hour`:`minute`."""

    name: str
    job: str
    hour: int
    minute: int
    reason: str


SCHEDULE = (
    Routine(
        name="开启报告期",
        job="tasks.open_periods",
        hour=0,
        minute=20,
        reason="统计时段结束后第一天开启报告期，建立各单位应报的报表；停机期间漏开的按先后补开。",
    ),
    Routine(
        name="清理过期会话",
        job="runs.clear_sessions",
        hour=3,
        minute=10,
        reason="登录会话过期后不再有用；留存会使会话表不断变大。",
    ),
    Routine(
        name="清理未确认的上传文件",
        job="documents.drop_stale_imports",
        hour=3,
        minute=20,
        reason="上传后 24 小时未确认的文件含有姓名和电话，不应留存。",
    ),
    Routine(
        name="清理到期的后台任务",
        job="runs.drop_jobs",
        hour=3,
        minute=30,
        reason="打包下载等后台任务的结果保留一天；过期的文件占用存储空间。",
    ),
    Routine(
        name="清理排版缓存",
        job="documents.drop_rendered",
        hour=3,
        minute=40,
        reason="公文排印后的文件留存备用，一个月无人调阅的删除；需要时重新排印，内容不变。",
    ),
    Routine(
        name="催报提醒",
        job="tasks.send_reminders",
        hour=9,
        minute=0,
        reason="工作日按各报送任务的催报步骤提醒，每一步对每个单位只提醒一次；停机期间错过的步骤不补发，只发当前一步。",
    ),
    Routine(
        name="起草公文",
        job="tasks.draft_papers",
        hour=8,
        minute=40,
        reason="报告期定稿后起草通报、报告，截止日期过后的工作日起草催报提醒，每期每种只起草一次；定稿当时也会立即起草，停机期间漏下的由此补齐。",
    ),
    Routine(
        name="发送未读通知的邮件汇总",
        job="notices.send_digests",
        hour=9,
        minute=5,
        reason="配置了邮件服务器的，每人每天至多一封，列出新的未读通知；没有新通知的不发。",
    ),
)


def create_missing_rows(using, apps=installed, **kwargs):
    """After `migrate` (or `flush`, which names no apps): add the rows of SCHEDULE that are missing; change none."""
    try:
        apps.get_model("django_celery_beat", "PeriodicTask")
    except LookupError:  # its table is not there yet, or was taken away
        return
    from django_celery_beat.models import CrontabSchedule, PeriodicTask

    for routine in SCHEDULE:
        if PeriodicTask.objects.using(using).filter(task=routine.job).exists():
            continue
        times, _ = CrontabSchedule.objects.using(using).get_or_create(
            minute=str(routine.minute), hour=str(routine.hour), timezone=settings.TIME_ZONE
        )
        PeriodicTask.objects.using(using).create(
            name=routine.name, task=routine.job, crontab=times, description=routine.reason
        )
