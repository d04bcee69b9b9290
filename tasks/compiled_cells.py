"""What stands behind a compiled number: its cells with filer, state and check; and what follows from a step."""

from tasks import compiled, formulas
from tasks.compiled import Sum
from tasks.compiled_tables import CITY_LABEL, TOTAL, Cell, is_county
from tasks.kinds import FILED, CellState, CheckState, Source
from tasks.models import Entry, FigureCheck, Indicator, ProgressReport
from zhuzun.organisations.models import Organisation
from zhuzun.ui import formats


def behind(period, figures, indicator, user) -> dict:
    """The cells of an indicator in the annex's order with their sum, or the parts of a computed one."""
    if indicator.source == Source.COMPUTED:
        codes = [row for row in Indicator.objects.all() if formulas.names(indicator.formula, row.code)]
        return {"parts": codes, "cells": [], "sum": None}
    found = [one for one in figures if one.indicator.pk == indicator.pk]
    found.sort(key=lambda one: (not is_county(one.place), one.place.position, one.channel))
    total = next(iter(compiled.sums(found, lambda one: TOTAL).values()), Sum())
    decimals = found[0].item.decimals if found else indicator.decimals
    readable = set(
        ProgressReport.objects.visible_to(user)
        .filter(pk__in={one.report for one in found})
        .values_list("pk", flat=True)
    )
    names = {
        body.pk: body.name_on(period.end)
        for body in Organisation.objects.filter(
            pk__in={one.place.pk for one in found} | {one.filer.pk for one in found}
        ).prefetch_related("names")
    }
    typed_for = set(
        ProgressReport.objects.filter(pk__in={one.report for one in found}, on_behalf=True).values_list("pk", flat=True)
    )
    cells = [_line(one, names, decimals, readable, typed_for) for one in found]
    if period.closed:
        own = set(ProgressReport.objects.visible_to(user, "tasks.ask_correction").values_list("pk", flat=True))
        others = Entry.objects.filter(pk__in={one.entry for one in found}).exclude(period=period)
        of = dict(others.values_list("pk", "period__label"))  # a longer period's figures are those of its last month
        more = [{"may_correct": one.report in own, "of": of.get(one.entry, "")} for one in found]
        cells = [line | extra for line, extra in zip(cells, more, strict=True)]
    return {"parts": [], "cells": cells, "sum": Cell(total, decimals)}


def _line(one, names, decimals, readable, typed_for) -> dict:
    said = one.state in compiled.SAID
    place = names[one.place.pk] if is_county(one.place) else CITY_LABEL
    return {
        "entry": one.entry,
        "place": place,
        "channel": one.channel,
        "filer": names[one.filer.pk],
        "state": CellState(one.state).label if one.state != CellState.MISSING else "缺报",
        "value": formats.thousands(one.value, decimals) if said else "",
        "span": formats.thousands(one.span_value, decimals) if said else "",
        "check": CheckState(one.check_state).label if one.check_state else "",
        "counted": one.counted,
        "on_behalf": one.report in typed_for,
        "report": one.report if one.report in readable else None,
    }


def not_filed(period) -> list[ProgressReport]:
    """The reports of a period that are still with their filers: 缺报 in its figures."""
    rows = ProgressReport.objects.in_period(period).filter(excused=False).exclude(state__in=FILED)
    return list(rows.for_list().order_by("filer__position", "pk"))


def disputed(period) -> list[FigureCheck]:
    """The figures of a period that a county disputes and nobody has settled: 待核."""
    rows = FigureCheck.objects.filter(entry__period=period, state=CheckState.DISPUTED)
    return list(rows.select_related("entry__item", "entry__place", "sheet").order_by("entry__place__position", "pk"))


FOLLOWS = {
    "propose": ["汇总表送科室负责人审核；期间仍可撤回。"],
    "check": ["汇总表送市局领导审定。"],
    "approve": ["形成定稿数（第1版），此后只能按“更正第n号”更正。", "仍在填报单位的报表按缺报处理，不计为零。"],
}


def consequences(step, figures) -> list[str]:
    """What follows from a step, and what is not there yet."""
    words = compiled.overview(figures).words(amounts=False)
    lacking = [f"目前{words}，不计入汇总的数据均在合计旁注明。"] if words else []
    return [*FOLLOWS.get(step, ["报告期退回汇总阶段，市局经办可继续办理。"]), *lacking]
