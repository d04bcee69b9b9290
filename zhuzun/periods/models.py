"""The table of working days: what the State Council announced for a year, and what the bureau entered by hand.

Only days that differ from Monday to Friday, or that bear a holiday's name, have a row. Nothing reckons with these rows
directly: `services.current_calendar()` makes a `WorkCalendar` of them.
"""

from django.db import models

from zhuzun.periods.calendar import SATURDAY
from zhuzun.periods.querysets import CalendarQuerySet


class Source(models.TextChoices):
    """Where days come from."""

    PACKAGE = "package", "系统自带的国务院放假安排"
    PASTED = "pasted", "整年录入"
    HAND = "hand", "逐日登记"


class CalendarYear(models.Model):
    """A year of the calendar (年度放假安排). Without `loaded_at` only single days of it were entered."""

    year = models.PositiveSmallIntegerField("年度", primary_key=True)
    source = models.CharField("来源", max_length=10, choices=Source, default=Source.HAND)
    loaded_at = models.DateTimeField("录入时间", null=True, blank=True)

    objects = CalendarQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "年度放假安排"
        ordering = ["year"]

    def __str__(self):
        return f"{self.year}年工作日历"


class CalendarDay(models.Model):
    """One day that is worked (班) or not (休), with the holiday's name; `edited`: by hand, and never overwritten."""

    date = models.DateField("日期")
    year = models.ForeignKey(CalendarYear, models.PROTECT, related_name="days", verbose_name="年度")
    works = models.BooleanField("上班")
    name = models.CharField("名称", max_length=30)
    source = models.CharField("来源", max_length=10, choices=Source)
    edited = models.BooleanField("人工登记", default=False)

    objects = CalendarQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "工作日历"
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(
                name="calendar_day_once", fields=["date"], violation_error_message="该日已有安排，请刷新后核对。"
            ),
            models.CheckConstraint(
                name="calendar_day_named", condition=~models.Q(name=""), violation_error_message="请填写名称。"
            ),
        ]

    def __str__(self):
        return f"{self.date} {self.word}"

    @property
    def word(self) -> str:
        """班 or 休, as calendars print it."""
        return word_of(self.works)

    @property
    def in_words(self) -> str:
        """«休 国庆节»."""
        return f"{self.word} {self.name}"

    @property
    def exceptional(self) -> bool:
        """Whether the day is not what Monday to Friday would make it."""
        return self.works == (self.date.weekday() >= SATURDAY)


def word_of(works: bool) -> str:
    """班 for a day that is worked, 休 for one that is not."""
    return "班" if works else "休"
