"""When a scheduled job runs, in Chinese words."""

EVERY = "*"
DAYS = dict(zip("0123456", "日一二三四五六", strict=True))
UNITS = {"days": "天", "hours": "小时", "minutes": "分钟", "seconds": "秒", "microseconds": "微秒"}


def words_of(routine) -> str:
    """每天 02:30, 每周一 08:00, 每 10 分钟; 已停用 where the job is switched off."""
    if not routine.enabled:
        return "已停用"
    if routine.crontab:
        return clock_words(routine.crontab)
    return interval_words(routine.interval) if routine.interval else "—"


def clock_words(plan) -> str:
    """A plan by the clock; what is not one of the plain forms is shown field by field."""
    if plan.minute.isdecimal() and plan.hour.isdecimal():
        return f"{_days(plan)} {int(plan.hour):02d}:{int(plan.minute):02d}"
    if plan.minute.isdecimal() and plan.hour == EVERY:
        return f"{_days(plan)}，每小时第 {int(plan.minute)} 分"
    return f"{_days(plan)}，时 {plan.hour}，分 {plan.minute}"


def _days(plan) -> str:
    if plan.day_of_month.isdecimal():
        month = "每月" if plan.month_of_year == EVERY else f"每年 {plan.month_of_year} 月"
        return f"{month} {plan.day_of_month} 日"
    if plan.day_of_week != EVERY:
        return "每周" + "、".join(DAYS.get(day, day) for day in plan.day_of_week.split(","))
    return "每天"


def interval_words(plan) -> str:
    """每 10 分钟."""
    return f"每 {plan.every} {UNITS[plan.period]}"
