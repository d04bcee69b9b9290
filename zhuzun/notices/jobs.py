"""What the portal sends by itself."""

from datetime import datetime

from django.conf import settings

from zhuzun.notices import digests
from zhuzun.runs.jobs import scheduled_job


@scheduled_job("notices.send_digests")
def send_digests(now: datetime) -> str:
    """Send each person who has an address one e-mail with his new unread messages; nothing without a mail server."""
    if not settings.SENDS_EMAIL:
        return "没有配置邮件服务器，发送邮件汇总 0 封"
    return str(digests.send_all(now))
