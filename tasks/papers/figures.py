"""The facts of what was reached: by area for the city, by district against target and course, by county."""

from fractions import Fraction

from tasks import compiled
from tasks.compiled_tables import AIM, NO_AREA
from tasks.formulas import to_decimal
from tasks.kinds import Flow
from tasks.papers.ground import Ground
from zhuzun.organisations.kinds import Relation
from zhuzun.organisations.models import Organisation
from zhuzun.ui.formats import thousands

# 综合: what belongs to no area of the seven.
NO_AREA_WORDS = "组织领导和资金投入"
# What a county's line shows: one headline figure of each area that has one, as in the agreements (indicators of the
# province's and the state's assessment); those that a period did not ask for fall away.
HEADLINE = ("FUND01", "FUND03", "LAB01", "IND01", "IND02", "CON01", "TAL02-东→西", "SOC01")


def overall(ground: Ground) -> dict | None:
    """总体情况: each area's figures with what the period added, the year's target and the course."""
    if not ground.figures:
        return None
    groups = ground.table("area").groups
    said = [{"name": area_name(group), "figures": _told(group, ground)} for group in groups]
    return {
        "period": str(ground.period),
        "until": ground.until,
        "in_span": ground.in_span,
        "basis": ground.version,
        "areas": [one for one in said if one["figures"]],
        "silent": [one["name"] for one in said if not one["figures"]],
        "turn": ground.period.end.year if ground.period.crosses_years else None,
        **_lacking(ground),
    }


def area_name(group) -> str:
    """The task area, or what belongs to none of them."""
    return NO_AREA_WORDS if group.title == NO_AREA else group.title


def _told(group, ground) -> list[dict]:
    """The figures that there are; parts of one that is told stand with it (其中)."""
    rows = [row for row in group.rows if row.total.value is not None]
    there = {row.indicator.pk for row in rows}
    told = {row.indicator.pk: _figure(row) for row in rows if row.indicator.parent_id not in there}
    for row in rows:
        if row.indicator.parent_id in told:
            told[row.indicator.parent_id]["parts"].append(_figure(row))
    return list(told.values())


def _figure(row) -> dict:
    """One figure as the sentence needs it: exact, with its unit, without separators as papers write numbers."""
    standing = row.standings[-1]
    moved = row.span is not None and row.span.value is not None and row.indicator.flow != Flow.STOCK
    aim = standing if standing and standing.share is not None else None
    return {
        "name": plain_name(row),
        "value": f"{plain(row.total.text)}{_unit(row)}",
        "span": f"{plain(row.span.text)}{_unit(row)}" if moved and row.span.value != row.total.value else "",
        "target": f"{plain(aim.aim.text(row.decimals))}{_unit(row)}" if aim else "",
        "share": _percent(aim.share) if aim else "",
        "course": pace(aim, row) if aim else "",
        "notes": notes(row.total.sum, row),
        "parts": [],
    }


def plain_name(row) -> str:
    """An indicator's name as a sentence says it: who sends whom in words, no （合计）."""
    name = row.name.removesuffix("（合计）")
    for arrow, sender in (("（东→西）", "（珠海选派）"), ("（西→东）", "（遵义选派）")):
        name = name.replace(arrow, "" if "赴" in name else sender)
    return name


def plain(number: str) -> str:
    """33959.62: papers write numbers without separators."""
    return number.replace(",", "")


def _unit(row) -> str:
    return "个百分点" if row.unit == "百分点" else row.unit


def notes(found, row) -> str:
    """What the total holds unchecked, and what is not in it: 其中12.00万元未核对，另有3.00万元待核、缺报1项."""
    amount = lambda number: f"{plain(thousands(number, row.decimals))}{_unit(row)}"  # noqa: E731
    told = bool(found.unchecked_amount) and not row.computed
    inside = f"其中{amount(found.unchecked_amount)}" if told else f"含{found.unchecked}项"
    known = bool(found.disputed_amount) and not row.computed
    outside = [f"{amount(found.disputed_amount) if known else f'{found.disputed}项'}待核"] if found.disputed else []
    outside += [f"缺报{found.missing}项"] if found.missing else []
    months = sorted(found.lacking, key=lambda month: int(month.removesuffix("月")))
    parts = [
        f"{inside}未核对" if found.unchecked else "",
        f"另有{'、'.join(outside)}" if outside else "",
        f"缺{'、'.join(months)}数据" if months else "",
    ]
    return "，".join(filter(None, parts))


def close(words: str) -> str:
    """缺报1项: a sentence sets its numbers without the blanks that a page has."""
    return "".join(plain(words).split())


def pace(standing, row) -> str:
    """快于, 等于 or 慢于按进度应达; nothing where the course expects nothing yet.

    Where the two shares look the same with two decimals, the difference says why it is slower all the same.
    """
    if standing.gap is None:
        return ""
    if standing.gap >= 0:
        return "快于进度要求" if standing.gap else "达到进度要求"
    share = to_decimal(Fraction(standing.expected) / Fraction(standing.aim.value) * 100, 2)
    if share != standing.share:
        return "慢于进度要求"
    short = to_decimal(-Fraction(standing.gap), row.decimals)
    return f"略慢于进度要求（少{short}{_unit(row)}）" if short else "略慢于进度要求"


def _percent(share) -> str:
    return f"{share:.2f}%"


def _lacking(ground) -> dict:
    """What stands beside the totals (待核, 未核对, 缺报), and which of it is in no total."""
    found = compiled.overview(ground.figures)
    left_out = [word for word, number in (("待核", found.disputed), ("缺报", found.missing)) if number]
    return {"marks": marks_of(found), "left_out": "、".join(left_out)}


def marks_of(found) -> str:
    """待核2项、缺报5项."""
    return close(found.words(amounts=False))


def districts(ground: Ground) -> dict | None:
    """各区进展: each district's share of its yearly targets, in the annex's order; ranked where the leader wants it."""
    if not ground.figures:
        return None
    table = ground.table("district", AIM)
    bodies = _districts(table, ground)
    rows = [row for row in table.rows if any(_share(row, place) for place, _, _ in bodies)]
    if not rows:
        return {"none": True, "until": ground.until}
    lines = [_line_of(rows, place, name) for place, name, separate in bodies if not separate]
    return {
        "none": False,
        "until": ground.until,
        "heads": [name for _, name, _ in bodies],
        "rows": [
            {
                "name": plain_name(row),
                "course": _expected(row),
                "cells": [_share(row, place) or "—" for place, _, _ in bodies],
            }
            for row in rows
        ],
        "lines": [one for one in lines if one["of"]],
        "ranking": ranking(rows, bodies) if ground.ranked else [],
        "uneven": any(not _share(row, place) for row in rows for place, _, separate in bodies if not separate),
    }


def _districts(table, ground) -> list[tuple]:
    """(place in the table, name, whether 不相隶属) of each district."""
    keys = [column.key for column in table.columns]
    found = {
        body.pk: body for body in Organisation.objects.filter(pk__in=[key for key in keys if isinstance(key, int)])
    }
    rows = [(place, column, found.get(column.key)) for place, column in enumerate(table.columns) if not column.total]
    return [
        (place, column.label, body.relation_on(ground.today) == Relation.SEPARATE)
        for place, column, body in rows
        if body is not None
    ]


def _share(row, place) -> str:
    standing = row.standings[place]
    return f"{standing.share:.2f}" if standing and standing.share is not None else ""


def _expected(row) -> str:
    """What the course expects by now, in per cent of the target; one course holds for all districts of a set."""
    for standing in row.standings:
        if standing and standing.expected is not None and standing.aim.value:
            return f"{to_decimal(Fraction(standing.expected) / Fraction(standing.aim.value) * 100, 2):.2f}"
    return "年末一次性"


def _line_of(rows, place, name) -> dict:
    """How many of a district's targets keep their course, and which do not."""
    asked = [(row, row.standings[place]) for row in rows if row.standings[place]]
    told = [(row, one) for row, one in asked if one.gap is not None]
    behind = [plain_name(row) for row, one in told if one.gap < 0]
    return {"name": name, "of": len(told), "kept": len(told) - len(behind), "behind": behind}


def ranking(rows, bodies) -> list[dict]:
    """By the mean share of the targets, two decimals, half up; equal means share a place. 不相隶属 bodies have none.

    One district alone is no ranking.
    """
    means = []
    for place, name, separate in bodies:
        shares = [row.standings[place].share for row in rows if row.standings[place]]
        shares = [share for share in shares if share is not None]
        if shares and not separate:
            means.append((to_decimal(Fraction(sum(shares)) / len(shares), 2), name))
    places: dict = {}
    for mean, name in sorted(means, key=lambda one: -one[0]):
        places.setdefault(mean, []).append(name)
    ranked, before = [], 0
    for mean, names in places.items():
        ranked.append({"place": before + 1, "names": names, "mean": _percent(mean)})
        before += len(names)
    return ranked if before > 1 else []


def counties(ground: Ground) -> dict | None:
    """各县（市）情况: the headline figures of each county in the annex's order, never ranked."""
    if not ground.figures:
        return None
    table = ground.table("county")
    by_code = {row.indicator.code: row for row in table.rows}
    rows = [by_code[code] for code in HEADLINE if code in by_code]
    places = [(place, column) for place, column in enumerate(table.columns) if isinstance(column.key, int)]
    places = [(place, column) for place, column in places if not column.total]
    if not rows or not places:
        return None
    return {
        "until": ground.until,
        "heads": [f"{plain_name(row)}（{row.unit}）" for row in rows],
        "rows": [
            {"name": column.label, "cells": [plain(row.cells[place].text) for row in rows]} for place, column in places
        ],
        "total": [plain(row.total.text) for row in rows],
    }
