"""Cards of the workbench about the county's check: what it is asked to look at, what the bureau has to decide."""

from tasks import checking
from tasks.models import CheckSheet
from zhuzun.home.cards import Card, Section, address


def to_check(user, at):
    """Sheets of the own county with figures nobody has spoken of."""
    return CheckSheet.objects.visible_to(user, "tasks.check_figures").to_answer().count()


def to_settle(user, at):
    """Disputed figures that wait for the bureau."""
    return checking.to_settle(user).count()


CHECK_CARDS = (
    Card(
        Section.TODO,
        "待核对的数据",
        ("tasks.check_figures", "tasks.view_check"),
        to_check,
        address("tasks:checks", state="waiting"),
        "没有待核对的数据",
        unit="份",
        icon="clipboard-check",
    ),
    Card(
        Section.TODO,
        "有异议待裁定的数据",
        ("tasks.settle_dispute", "tasks.view_check"),
        to_settle,
        address("tasks:disputes", state="waiting"),
        "没有待裁定的异议",
        icon="scale",
    ),
)
