"""The county's check on a report's page: the state of every cell that is asked, by county."""

from tasks import checking
from tasks.models import CheckSheet


def context(report, request, now) -> dict:
    """The sheets that this person may see, each with its lines: a constant number of queries for a county."""
    sheets = CheckSheet.objects.visible_to(request.user).filter(report=report).select_related("county")
    rows = list(sheets.order_by("county__position").prefetch_related("county__names"))
    for sheet in rows:
        sheet.report = report
    return {"checked": checking.by_sheet(report, rows)}
