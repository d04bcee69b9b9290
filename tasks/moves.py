"""Which open due days a changed calendar would move: told to the bureau, which decides; nothing moves by itself."""

from django.urls import reverse

from tasks.models import PeriodForm


def would_move(before, after):
    """(label, old, new, address) for each open form whose rule gives another day by the new calendar.

    A form whose day the bureau set by hand is no longer the rule's and is left alone.
    """
    rows = PeriodForm.objects.exclude(period__state="closed").select_related("period", "plan")
    for form in rows:
        span, rule = form.period.span, form.plan.due_rule
        new = rule.due(span, after)
        if rule.due(span, before) == form.due_on and new != form.due_on:
            yield str(form), form.due_on, new, reverse("tasks:period_move", args=[form.period_id, form.pk])
