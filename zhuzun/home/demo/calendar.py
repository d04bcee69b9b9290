"""When the demonstration's people did things: working days after the policy was printed on 2021-07-23."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """That day at that time in Shanghai."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


OPENING = date(2021, 7, 26)  # the first working day after the policy was printed: accounts
CONTACTS = date(2021, 8, 2)  # contacts are named
FIRST_PAIRINGS = date(2021, 9, 27)  # towns and villages, after 横琴 took its new name
SECOND_PAIRINGS = date(2022, 3, 21)  # parks, hospitals, schools, units
THIRD_PAIRINGS = date(2022, 6, 6)  # social forces, before 广东扶贫济困日
LEADS = date(2022, 2, 14)  # the year's division of work
REPLACEMENT = date(2023, 9, 4)  # a school takes another's place at the start of the school year
SUCCESSION = date(2025, 12, 22)  # the policy's own term runs out, a notice prolongs it
