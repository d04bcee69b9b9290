"""The Celery app. In this project a task is 任务 and Celery's are jobs: each app keeps its own in `jobs.py`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuzun.settings")

app = Celery("zhuzun")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")
