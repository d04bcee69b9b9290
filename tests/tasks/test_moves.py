"""A changed calendar moves nothing by itself: the bureau is shown which open due days it would move."""

from datetime import date

from tasks.models import PeriodForm
from tasks.moves import would_move
from tests.tasks import cycle
from zhuzun.periods.services import current_calendar, set_day


def test_an_open_due_day_that_becomes_a_holiday_is_told(world, people):
    october = cycle.month(world)
    before = current_calendar()
    changed = set_day(
        date(2026, 11, 5), works=False, name="台风", reason="停工", actor=people["bureau_officer"], now=cycle.FILING
    )
    assert [(move.label, move.old, move.new) for move in changed.moves] == [
        ("2026年10月 区月报", date(2026, 11, 5), date(2026, 11, 6)),
        ("2026年10月 工作组月报", date(2026, 11, 5), date(2026, 11, 6)),
    ]
    assert october.report(world.xiangzhou).due_on == date(2026, 11, 5)
    PeriodForm.objects.filter(plan=october.team_plan).update(due_on=date(2026, 11, 12))
    assert len(list(would_move(before, current_calendar()))) == 1
