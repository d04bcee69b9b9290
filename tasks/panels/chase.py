"""The panel of a report's page with the reminders that went out about it."""

from tasks.chased import reminders_of


def context(report, request, now) -> dict:
    """`reminders` for templates/tasks/_panel_chase.html."""
    return {"reminders": list(reminders_of(report, request.user))}
