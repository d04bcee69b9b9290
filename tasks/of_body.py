"""The section «主要任务» on a body's own page: the areas it answers for, by the policy's list or the bureau's word."""

from tasks import duties, ledger
from tasks.models import PolicyDocument
from zhuzun.organisations.sections import Section


def section(body, user, day) -> Section | None:
    """The body's areas as at `day`; nothing where it answers for none."""
    if not user.decide("tasks.view_ledger"):
        return None
    document = PolicyDocument.objects.visible_to(user).ledger_on(day)
    if document is None:
        return None
    shares = duties.shares(ledger.read(document, day), [body])
    return Section("主要任务", "tasks/_of_body.html", {"shares": shares, "document": document}) if shares else None
