"""Housekeeping of uploads and of kept renderings."""

from datetime import datetime

from zhuzun.documents.models import PendingImport
from zhuzun.documents.papers import store
from zhuzun.runs.jobs import scheduled_job


@scheduled_job("documents.drop_stale_imports")
def drop_stale_imports(now: datetime) -> str:
    """Delete uploads that nobody confirmed before they expired: they hold names and telephone numbers."""
    deleted, _ = PendingImport.objects.stale(now).delete()
    return f"清理未确认的上传文件 {deleted} 份"


@scheduled_job("documents.drop_rendered")
def drop_rendered(now: datetime) -> str:
    """Delete rendered papers that nobody asked for in a month: they are set anew when somebody does."""
    return f"清理排版缓存 {store.drop_unused(now)} 份"
