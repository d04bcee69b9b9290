"""更正 of the last frozen month: one approved by number, one before the bureau's leader, one not signed yet."""

from datetime import timedelta
from decimal import Decimal

from tasks.models import Entry, ReportingPeriod
from tasks.services import corrections
from zhuzun.clock import day_of
from zhuzun.home.demo.cast import person
from zhuzun.home.demo.reporting.acts import at
from zhuzun.home.demo.scan import SCAN

REASON = "演示：月底到账的一笔当时未列入，现补报。"


def ask_and_approve(times) -> None:
    """By 斗门 on paper and approved; by 香洲, signed by its leader; by 金湾, not signed yet."""
    period = ReportingPeriod.objects.filter(kind="month", state="closed").order_by("-end").first()
    if period is None:
        return
    day = times.work(day_of(period.closed_at) + timedelta(days=3))
    done = _ask(period, "zy-meitan", "CON01-采购", 40, person("doumen"), at(day, 9))
    done = corrections.sign_on_paper(
        done, data=SCAN, filename="更正申请签章件（演示）.pdf", actor=person("doumen"), now=at(day, 10)
    )
    corrections.approve(done, actor=person("bureau-lead"), reason="同意。", now=at(day, 16))
    waiting = _ask(period, "zy-fenggang", "CON01-采购", 25, person("xiangzhou"), at(day, 11))
    corrections.sign(waiting, actor=person("xiangzhou-lead"), now=at(day, 15))
    _ask(period, "zy-chishui", "CON01-采购", 18, person("jinwan"), at(day, 17))


def _ask(period, county, code, more, actor, now):
    """So much more than was frozen."""
    cells = Entry.objects.select_related("item", "period", "section__report").filter(
        period=period, indicator__code=code, place__code=county
    )
    entry = cells.get(section__report__filer__code=f"zh-{actor.username}")
    typed = str(entry.value + Decimal(more))
    return corrections.ask(entry, typed=typed, reason=REASON, actor=actor, now=now)
