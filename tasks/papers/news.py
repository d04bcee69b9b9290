"""What came after a paper of a period was drafted: it keeps its figures, and whoever checks or signs it is told."""

from tasks import closings, compiled
from tasks.models import PeriodPaper
from tasks.papers.ground import version_words


def of(paper, user) -> list[str]:
    """A later 定稿数 than the one it was drafted from; 更正 of the periods from which a longer one was derived."""
    row = PeriodPaper.objects.filter(paper=paper).select_related("snapshot", "period").first()
    if row is None or row.snapshot is None:
        return []
    now = compiled.latest_snapshot(row.period).version
    old = f"本稿用的是第{row.snapshot.version}版"
    later = f"{row.period}现行定稿数为{version_words(now)}，{old}；要用现行数的，请在报告期页面重新起草。"
    below = closings.below_words(row.period, user)
    return [*([later] if now != row.snapshot.version else []), *([f"{below}。"] if below else [])]
