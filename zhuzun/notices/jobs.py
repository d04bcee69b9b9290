"""What the portal sends by itself, and what it makes ready ahead."""

import logging
from datetime import datetime

from celery import shared_task
from django.conf import settings

from zhuzun.errors import DomainError
from zhuzun.notices import digests
from zhuzun.notices.papers import rendering
from zhuzun.notices.papers.kinds import File
from zhuzun.notices.papers.models import Paper
from zhuzun.runs.jobs import scheduled_job

logger = logging.getLogger(__name__)


@scheduled_job("notices.send_digests")
def send_digests(now: datetime) -> str:
    """Send each person who has an address one e-mail with his new unread messages; nothing without a mail server."""
    if not settings.SENDS_EMAIL:
        return "没有配置邮件服务器，发送邮件汇总 0 封"
    return str(digests.send_all(now))


@shared_task(name=rendering.SET_AHEAD)
def set_ahead(key: int, changed_at: str):
    """Set a heavy paper before somebody opens it; what was changed since has a job of its own."""
    paper = Paper.objects.for_page().filter(pk=key, changed_at=datetime.fromisoformat(changed_at)).first()
    if paper is None:
        return
    try:
        rendering.file(paper, File.PDF)
    except DomainError as error:  # whoever opens it is told
        logger.warning("paper %s was not set ahead: %s", key, error.message)
