"""The scheduled jobs by hand: list them, run one, or run whatever is due, as of now or of a given moment."""

from datetime import datetime

from django.conf import settings
from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.utils import timezone
from django_celery_beat.models import PeriodicTask

from zhuzun import clock
from zhuzun.celery import app
from zhuzun.runs.due import is_due, last_fired
from zhuzun.runs.jobs import run_and_record
from zhuzun.runs.models import JobRun, RunState
from zhuzun.runs.timetable import words_of


class Command(BaseCommand):
    help = "List scheduled jobs, run one, or run all that are due; --at takes a moment (Asia/Shanghai without a zone)."

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("list", help="each job with its time and its last run")
        one = acts.add_parser("run", help="run one job now")
        one.add_argument("name", help="its code, such as tasks.open_periods")
        due = acts.add_parser("run-due", help="run, in order and once, the jobs whose time has come")
        for sub in (one, due):
            sub.add_argument("--at", default="", help="2026-12-05T08:30")

    def handle(self, *args, act, at="", name="", **options):
        app.loader.import_default_modules()
        if act == "list":
            return self.list_jobs()
        moment = self.moment(at)
        if act == "run":
            return self.run_one(self.known(name), moment)
        return self.run_due(moment)

    def list_jobs(self):
        """One line a job."""
        for routine in routines():
            last = JobRun.objects.filter(job=routine.task).first()
            when = f"{timezone.localtime(last.started_at):%Y-%m-%d %H:%M}" if last else "从未运行"
            state = "" if last is None or last.state == RunState.DONE else f"（{last.get_state_display()}）"
            self.stdout.write(f"{routine.task:<28} {words_of(routine):<14} {when}{state}  {routine.name}")

    def run_due(self, moment):
        """In the order in which they should have run."""
        due = [one for one in routines() if one.enabled and is_due(one, last_run(one.task, moment), moment)]
        failed = []
        for routine in sorted(due, key=lambda one: (last_fired(one, moment) or moment, one.task)):
            try:
                self.run_one(routine.task, moment)
            except Exception as error:  # one that fails does not hold up the others
                failed.append(f"{routine.task}: {error}")
        if failed:
            raise CommandError(f"Failed, and due again at the next run-due: {'; '.join(failed)}")
        if not due:
            self.stdout.write("没有到时间的任务。")

    def run_one(self, task, moment):
        """The same body as Celery's, at the moment; the run leaves its row."""
        run = run_and_record(task, app.tasks[task].body, now=moment)
        self.stdout.write(f"{task}：{run.result}")

    def known(self, name):
        """The job of that code."""
        if not hasattr(app.tasks.get(name), "body"):
            names = "、".join(sorted(key for key, job in app.tasks.items() if hasattr(job, "body")))
            raise CommandError(f"No job is called {name}. There are: {names}")
        return name

    def moment(self, text) -> datetime:
        """Now, or the moment asked for; the future is for demonstrations only."""
        if not text:
            return clock.now()
        try:
            moment = datetime.fromisoformat(text)
        except ValueError as error:
            raise CommandError("--at takes a moment such as 2026-12-05T08:30") from error
        moment = moment if moment.tzinfo else timezone.make_aware(moment)
        if not settings.DEMO and moment > clock.now():
            raise CommandError("A moment in the future is refused in production: figures would run ahead.")
        return moment


def routines():
    """The portal's own rows of the timetable."""
    rows = PeriodicTask.objects.exclude(task__startswith="celery.").select_related("crontab", "interval")
    return list(rows.order_by("task"))


def last_run(task, until):
    """When the job last began and came to its end, not after `until`; what failed or was killed is due again."""
    done = JobRun.objects.filter(job=task, state=RunState.DONE, started_at__lte=until)
    return done.values_list("started_at", flat=True).first()
