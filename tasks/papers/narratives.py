"""What accepted reports say, as quotations with their source; and the problems that the figures themselves show."""

from tasks import compiled
from tasks.kinds import TEXT_PARTS, ReportState, SectionKind
from tasks.models import ReportSection
from tasks.papers.figures import marks_of, plain, plain_name
from tasks.papers.ground import PUBLISHED, Ground
from zhuzun.documents.papers import signs
from zhuzun.organisations.kinds import Relation

LONGEST = 240  # signs of a quotation; it ends with a whole sentence
FEWEST = 10  # what is shorter says nothing


def done_well(ground: Ground) -> dict | None:
    """好的做法: 主要做法 and 成效 of accepted reports; one of each area stands in it, others may be ticked."""
    items, ticked, areas = [], [], set()
    for section in _sections(ground):
        item = _quoted(section, ("practice", "results"), ground)
        if item is None:
            continue
        items.append(item)
        if section.narrative.area_id not in areas:
            areas.add(section.narrative.area_id)
            ticked.append(item["key"])
    hint = "每个领域已先选一条，可以增减。"
    return _proposed("done_well", "好的做法（引自已审核通过的报告）", items, ticked, hint)


def problems(ground: Ground) -> dict | None:
    """存在问题: what is behind its course, what is not reported, 存在问题 of accepted reports; all to be ticked."""
    items = [*_behind(ground), *_lacking(ground)]
    items += [item for section in _sections(ground) if (item := _quoted(section, ("problems",), ground))]
    return _proposed(
        "problems", "存在问题", items, [], "对照进度的由系统按定稿数提出，其余引自已审核通过的报告；勾选的才写入正文。"
    )


def next_steps(ground: Ground) -> dict | None:
    """下一步工作: 下一步 of accepted reports, to be ticked."""
    items = [item for section in _sections(ground) if (item := _quoted(section, ("next_steps",), ground))]
    return _proposed("next_steps", "下一步工作（引自已审核通过的报告）", items, [], "勾选的才写入正文。")


def _proposed(code, label, items, ticked, hint) -> dict | None:
    if not items:
        return None
    group = {"code": code, "label": label, "hint": hint, "sentence": "", "gate": "", "items": items, "ticked": ticked}
    return {"proposals": [group]}


def _sections(ground) -> list[ReportSection]:
    """The texts of accepted reports of districts and municipal units, by area in the policy's order.

    Within an area others are quoted before the bureau itself.
    """
    rows = ReportSection.objects.filter(
        form__period=ground.period,
        kind=SectionKind.NARRATIVE,
        narrative__area__isnull=False,
        report__state=ReportState.ACCEPTED,
        report__filer__kind__in=PUBLISHED,
    )
    rows = rows.select_related("narrative__area", "report__filer", "text").prefetch_related("report__filer__names")
    rows = rows.order_by("narrative__area__position", "report__filer__position", "pk")
    return sorted(rows, key=lambda one: (one.narrative.area.position, one.report.relation == Relation.SELF))


def _quoted(section, parts, ground) -> dict | None:
    text = getattr(section, "text", None)
    if text is None or text.nothing:
        return None
    said = {name: shortened(getattr(text, name)) for name in parts}
    part = next((name for name, words in said.items() if len(words) >= FEWEST), None)
    if part is None:
        return None
    words = said[part]
    area, filer = section.narrative.area.name, section.report.filer.name_on(ground.period.end)
    source = f"{filer}{ground.period}进展报告，{area}“{TEXT_PARTS[part]}”"
    return {"key": f"{section.pk}-{part}", "label": f"{words}（{source}）", "words": words, "source": source}


def shortened(text: str) -> str:
    """The beginning of a text on one line: whole sentences as far as they fit; one that does not is cut and says so.

    What no paper can bear (emoji, control signs) is left out: one report must not keep a paper from being drafted.
    """
    line = signs.printable("".join(text.split()))
    if len(line) <= LONGEST:
        return line
    end = line.rfind("。", 0, LONGEST)
    return line[: end + 1] if end > 0 else f"{line[:LONGEST]}……"


def _behind(ground) -> list[dict]:
    found = []
    for row in ground.table("area").rows if ground.figures else ():
        standing = row.standings[-1]
        if standing and standing.gap is not None and standing.gap < 0:
            _, _, expected, gap = map(plain, standing.words(row.decimals))
            words = (
                f"{plain_name(row)}完成年度目标的{standing.share:.2f}%，"
                f"比按进度应达的{expected}{row.unit}少{gap.lstrip('-−')}{row.unit}。"
            )
            found.append({"key": f"behind-{row.indicator.code}", "label": words, "words": words, "source": ""})
    return found


def _lacking(ground) -> list[dict]:
    words = marks_of(compiled.overview(ground.figures))
    if not words:
        return []
    said = f"部分数据尚不完整，汇总数据中有{words}。"
    return [{"key": "lacking", "label": said, "words": said, "source": ""}]
