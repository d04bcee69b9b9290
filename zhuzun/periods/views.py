"""The calendar of working days, and what the bureau's officer does with it."""

from datetime import date

from django.http import Http404
from django.urls import reverse

from zhuzun import clock
from zhuzun.periods import services, year
from zhuzun.periods.forms import ClearForm, DayForm, YearForm
from zhuzun.periods.models import CalendarDay, CalendarYear
from zhuzun.periods.services import FIRST_YEAR, LAST_YEAR
from zhuzun.ui.pages import ConfirmPage, FormPage, Page
from zhuzun.ui.params import day_from, whole_from

MOVES = "calendar_moves"  # in the session: what the last change would move, for the page after it


def calendar_address(year_number: int) -> str:
    """The calendar's page of a year."""
    return f"{reverse('periods:calendar')}?year={year_number}"


class CalendarPage(Page):
    """A year as twelve months, with 休 and 班 marked."""

    permission = "periods.view_calendar"
    template_name = "periods/calendar.html"

    def get_context_data(self, **kwargs):
        """Everything of the year in three queries."""
        this_year = clock.today().year
        number = whole_from(self.request.GET, "year", this_year, low=FIRST_YEAR, high=LAST_YEAR)
        rows = list(CalendarDay.objects.visible_to(self.request.user).filter(year=number))
        calendar = services.current_calendar()
        months = year.months_of(number, calendar, rows)
        return super().get_context_data(
            year=number,
            entered=CalendarYear.objects.visible_to(self.request.user).filter(year=number).first(),
            known=calendar.knows(number),
            months=months,
            workdays=sum(month.workdays for month in months),
            week=year.WEEK,
            holidays=year.holidays_of(rows),
            by_hand=year.entered_by_hand(rows),
            years=range(FIRST_YEAR, max([number, this_year + 2, *calendar.years]) + 1),
            previous=number - 1 if number > FIRST_YEAR else None,
            following=number + 1 if number < LAST_YEAR else None,
            **kwargs,
        )

    def get_title(self):
        return "工作日历"


class Change:
    """What the pages that change the calendar have in common: where one goes afterwards, and what one is told."""

    permission = services.PERMISSION

    def changed(self, result: services.Changed) -> services.Changed:
        """Keep for the next page what would move."""
        moves = [[move.label, move.old.isoformat(), move.new.isoformat(), move.url] for move in result.moves]
        self.request.session[MOVES] = {"year": result.year.year, "moves": moves}
        self.done_message = "已保存。" if moves else "已保存，没有未结事项的截止日期因此变动。"
        return result

    def done_url(self, result):
        return reverse("periods:changed") if result.moves else calendar_address(result.year.year)


class SetDay(Change, FormPage):
    """One day is worked, or is not."""

    title, form_class = "登记休息日、工作日", DayForm

    def get_breadcrumbs(self):
        day = day_from(self.request.GET, "day", clock.today())
        return [("工作日历", calendar_address(day.year))]

    def get_initial(self):
        return {"day": day_from(self.request.GET, "day", None)}

    def perform(self, form):
        day, how = form.cleaned_data["day"], form.cleaned_data["how"]
        words = {name: form.cleaned_data[name] for name in ("name", "reason")}
        return self.changed(services.set_day(day, works=how == "on", **words, actor=self.request.user, now=clock.now()))


class ClearDay(Change, ConfirmPage):
    """Take back what was set by hand for a day."""

    model, form_class = CalendarDay, ClearForm
    submit_label = "恢复"
    danger = False

    def visible(self):
        return super().visible().filter(edited=True)

    def get_title(self):
        return f"恢复 {self.object.date} 的安排"

    def get_breadcrumbs(self):
        return [("工作日历", calendar_address(self.object.date.year))]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "question": f"确定撤销“{self.object.date} {self.object.in_words}”吗？",
            "consequences": ["该日恢复为国务院放假安排；没有放假安排的，恢复为平常日（周一至周五上班）。"],
        }

    def perform(self, form):
        reason = form.cleaned_data["reason"]
        return self.changed(
            services.clear_day(self.object.date, reason=reason, actor=self.request.user, now=clock.now())
        )


class EnterYear(Change, FormPage):
    """The whole year as lines."""

    form_class = YearForm

    def guard(self):
        super().guard()
        if not FIRST_YEAR <= self.kwargs["year"] <= LAST_YEAR:
            raise Http404

    def get_title(self):
        return f"录入{self.kwargs['year']}年放假安排"

    def get_breadcrumbs(self):
        return [("工作日历", calendar_address(self.kwargs["year"]))]

    def get_initial(self):
        lines = services.as_lines(self.kwargs["year"])
        return {"text": lines, "seen": lines}

    def perform(self, form):
        year_number = self.kwargs["year"]
        return self.changed(
            services.enter_year(year_number, **form.cleaned_data, actor=self.request.user, now=clock.now())
        )


class Changed(Page):
    """After a change of days: the open due days that would move. Nothing moves by itself."""

    permission = services.PERMISSION
    title = "截止日期变动提示"
    template_name = "periods/changed.html"

    def kept(self) -> dict:
        """What the last change left for this page."""
        return self.request.session.get(MOVES) or {"year": clock.today().year, "moves": []}

    def get_breadcrumbs(self):
        return [("工作日历", calendar_address(self.kept()["year"]))]

    def get_context_data(self, **kwargs):
        moves = [
            {"label": label, "old": date.fromisoformat(old), "new": date.fromisoformat(new), "url": url}
            for label, old, new, url in self.kept()["moves"]
        ]
        return super().get_context_data(moves=moves, calendar_url=calendar_address(self.kept()["year"]), **kwargs)
