"""What a report says of itself before it may leave: what is missing, what is wrong, what wants a sentence.

Everything is read once for a report and kept on it for the request; the models stand above this module.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.apps import apps
from django.db.models import Max

from tasks import series
from tasks.kinds import CellState, EntryMode, OpinionRule, RoundAct, SectionKind
from zhuzun import clock
from zhuzun.accounts.models import RoleAssignment
from zhuzun.accounts.roles import Role
from zhuzun.documents.services import attachments_of
from zhuzun.organisations.kinds import OrganisationKind

JUMP = 3  # a step this many times the year's average step wants a sentence
FILINGS = (RoundAct.FILE, RoundAct.REFILE)
LEADERS = (Role.DISTRICT_LEADER, Role.UNIT_LEADER)


@dataclass(frozen=True)
class Finding:
    """Something about a cell, said where, what and what to do: «凤冈县 · 帮助农村劳动力就业：…»."""

    entry: int
    section: int
    text: str


def cells(report) -> list:
    """The cells of the report with what the rules need; one query, kept on the report."""
    if "_cells" not in report.__dict__:
        report.__dict__["_cells"] = list(_cell_rows(section__report=report))
    return report.__dict__["_cells"]


def _cell_rows(**wanted):
    entries = apps.get_model("tasks", "Entry").objects.filter(**wanted)
    rows = entries.select_related("item", "indicator", "place", "section", "period").prefetch_related("place__names")
    return rows.order_by("section__position", "item__position", "pk")


def prime(reports) -> None:
    """Read the cells of many reports and what was there before: a constant number of queries for a list of them."""
    cells_of: dict = {report.pk: [] for report in reports}
    by_period: dict = {}
    for entry in _cell_rows(section__report__in=cells_of):
        cells_of[entry.section.report_id].append(entry)
        by_period.setdefault(entry.period, []).append(entry)
    found = {period.pk: series.before(period, rows) for period, rows in by_period.items()}
    for report in reports:
        report.__dict__["_cells"], report.__dict__["_earlier"] = cells_of[report.pk], found


def open_cells(report) -> list:
    """The cells that can still be filed: what belongs to a frozen period (定稿) is corrected, not filled in."""
    return [entry for entry in cells(report) if not entry.period.closed]


def texts(report) -> list:
    """Its narrative sections with their texts."""
    if "_texts" not in report.__dict__:
        rows = report.sections.filter(kind=SectionKind.NARRATIVE)
        rows = rows.select_related("narrative", "text", "form__period")
        report.__dict__["_texts"] = list(rows)
    return report.__dict__["_texts"]


def forget(report) -> None:
    """After a write: read again."""
    for name in ("_cells", "_texts", "_earlier"):
        report.__dict__.pop(name, None)


def earlier(report) -> dict:
    """By period and series, what was there before; two queries for each period of the report."""
    if "_earlier" not in report.__dict__:
        by_period: dict = {}
        for entry in cells(report):
            by_period.setdefault(entry.period, []).append(entry)
        report.__dict__["_earlier"] = {period.pk: series.before(period, rows) for period, rows in by_period.items()}
    return report.__dict__["_earlier"]


def before(report, entry) -> series.Earlier:
    """What one cell stood at before its period."""
    return earlier(report)[entry.period_id][series.key_of(entry)]


def span_value(report, entry) -> Decimal | None:
    """What one cell's period added."""
    return series.span_value(entry.item.mode, entry.value, before(report, entry), entry.period)


def lacking(report) -> int:
    """Required cells that say nothing, and required texts that are blank."""
    empty = sum(entry.item.required and entry.state == CellState.MISSING for entry in open_cells(report))
    asked = [row for row in texts(report) if not row.form.period.closed]
    return empty + sum(row.narrative.required and is_blank(row) for row in asked)


def is_blank(section) -> bool:
    """Whether a narrative section has no text and does not say that there is nothing."""
    text = getattr(section, "text", None)
    return text is None or text.blank


def hard_errors(report) -> list[Finding]:
    """其中 greater than 合计, in the filer's own cells; 人 and 人次 are different things and never compared."""
    found = []
    rows = open_cells(report)
    said = {(entry.section_id, entry.channel, entry.indicator_id): entry for entry in rows if _said(entry)}
    for entry in said.values():
        whole = said.get((entry.section_id, entry.channel, entry.indicator.parent_id))
        if whole is not None and whole.item.unit == entry.item.unit and entry.value > whole.value:
            found.append(
                _finding(
                    entry,
                    f"{_figure(entry)}大于“{whole.item.name}”的{_figure(whole)}，其中数不能大于合计，请核对。",
                )
            )
    return found


def warnings(report) -> list[Finding]:
    """Figures that fall within a year, or grow far beyond the year's usual step."""
    return [
        _finding(entry, text)
        for entry in open_cells(report)
        if _said(entry) and (text := _unusual(entry, before(report, entry)))
    ]


def unexplained(report) -> list[Finding]:
    """Those of them without a sentence."""
    bare = {entry.pk for entry in cells(report) if not entry.note.strip()}
    return [finding for finding in warnings(report) if finding.entry in bare]


def has_signer(report, now) -> bool:
    """Whether a leader of the filer (for a county team the group's) may sign in the portal."""
    held = RoleAssignment.objects.on(clock.day_of(now))
    if report.filer.kind == OrganisationKind.COUNTY_TEAM:
        return held.filter(role=Role.GROUP_LEADER, organisation=report.filer.parent_id).exists()
    held = held.filter(role__in=LEADERS)
    return (
        held.filter(organisation=report.filer_id).exists()
        or held.filter(
            organisation__parent=report.filer_id, organisation__kind=OrganisationKind.DISTRICT_DEPARTMENT
        ).exists()
    )


def has_signed_sheet(report) -> bool:
    """Whether a signed and sealed sheet was attached after the last filing."""
    return _signed_sheets(report).exists()


def _signed_sheets(report):
    sheets = attachments_of(report, "signed").standing()
    return sheets.filter(uploaded_at__gt=report.filed_at) if report.filed_at else sheets


def edited_at(report):
    """When a figure or a text of it was last changed; nothing where none was."""
    times = [entry.updated_at for entry in cells(report)]
    times += [row.text.updated_at for row in texts(report) if hasattr(row, "text")]
    return max(filter(None, times), default=None)


def edited_after_signing(report):
    """When figures or texts were changed after the newest signed sheet was attached, or nothing."""
    signed = _signed_sheets(report).aggregate(newest=Max("uploaded_at"))["newest"]
    edited = edited_at(report)
    return edited if signed and edited and edited > signed else None


def has_evidence(report) -> bool:
    """Whether 佐证材料 is attached, or none is asked for."""
    if not report.parts.filter(form__evidence=True).exists():
        return True
    return attachments_of(report, "evidence").standing().exists()


def typed_by(report, user) -> bool:
    """Whether this person wrote a cell or a text of it, or filed it."""
    return (
        any(entry.updated_by_id == user.pk for entry in cells(report))
        or any(getattr(row, "text", None) and row.text.updated_by_id == user.pk for row in texts(report))
        or report.rounds.filter(by=user, act__in=FILINGS).exists()
    )


def passed_by(report, user) -> bool:
    """Whether this person passed the last filing on to the section head."""
    return since_filing(report).filter(act=RoundAct.PASS_ON, by=user).exists()


def reviewed_since_filing(report) -> str:
    """The bureau's latest act since the last filing, in words; empty where nothing was done."""
    acted = since_filing(report).filter(act__in=(RoundAct.PASS_ON, RoundAct.HEAD_BACK)).last()
    return acted.get_act_display() if acted else ""


def since_filing(report):
    """The rounds after the last filing, oldest first."""
    filing = last_filing(report)
    return report.rounds.filter(number__gt=filing.number if filing else 0).order_by("number")


def counties(report) -> list:
    """The counties whose figures it carries, in the annex's order."""
    places = {entry.place_id: entry.place for entry in cells(report)}
    rows = (place for place in places.values() if place.kind == OrganisationKind.COUNTY)
    return sorted(rows, key=lambda place: place.position)


def last_filing(report):
    """The round with which it left the filer last."""
    return report.rounds.filter(act__in=FILINGS).order_by("-number").first()


def words_to_leader(report) -> str:
    """What the officer wrote when he laid it before his own leader last."""
    return report.rounds.filter(act=RoundAct.TO_SIGN).order_by("-number").values_list("text", flat=True).first() or ""


def opinion_rule(report) -> str:
    """What its forms ask of the working group; the group's own reports need no word of its own."""
    if report.filer.kind in (OrganisationKind.COUNTY_TEAM, OrganisationKind.WORKING_GROUP):
        return OpinionRule.NONE
    rules = set(report.parts.values_list("form__opinion", flat=True))
    strictest = (OpinionRule.REQUIRED, OpinionRule.WINDOW)
    return next((rule for rule in strictest if rule in rules), OpinionRule.NONE)


def missing_opinions(report) -> list[str]:
    """Counties whose required 前方意见 on the last filing is not there."""
    if opinion_rule(report) != OpinionRule.REQUIRED:
        return []
    filing = last_filing(report)
    given = set(filing.opinions.values_list("county", flat=True)) if filing else set()
    return [str(place) for place in counties(report) if place.pk not in given]


def _said(entry) -> bool:
    return entry.state in (CellState.VALUE, CellState.ZERO)


def _figure(entry) -> str:
    return f" {entry.value.normalize():f} {entry.item.unit}"


def _finding(entry, text) -> Finding:
    return Finding(entry.pk, entry.section_id, f"{entry.place} · {entry.item}：{text}")


def _unusual(entry, earlier) -> str:
    if entry.item.mode != EntryMode.YEAR_TO_DATE or earlier.year_to_date is None:
        return ""
    step, label = entry.value - earlier.year_to_date, earlier.this_year[-1][0]
    if step < 0:
        return f"本年累计{_figure(entry)}小于{label}的 {earlier.year_to_date.normalize():f}，请核对；属实的请写明原因。"
    steps = earlier.steps
    usual = sum(steps) / len(steps)
    if len(steps) >= 2 and usual > 0 and step > JUMP * usual:
        return (
            f"本期增加 {step.normalize():f} {entry.item.unit}，超过本年各期平均的 {JUMP} 倍，请核对；属实的请写明原因。"
        )
    return ""
