"""The sections of a period's papers, in the order of the paper; other apps add theirs between them."""

from tasks.papers import figures, filing, narratives, news
from tasks.papers.ground import Ground
from zhuzun.notices.papers import registry
from zhuzun.notices.papers.registry import Section

OPENING = {"circular": "通报", "report": "报告"}


def register():
    """Called once, when the app is ready."""
    for kind, word in OPENING.items():
        add = _adder(kind)
        add("opening", "", _opening(word), 10)
        add("overall", "总体情况", figures.overall, 20)
    add = _adder("circular")
    add("districts", "各区进展情况", figures.districts, 30)
    add("counties", "各县（市）情况", figures.counties, 40)
    add("filed", "报送情况", filing.filed, 50)
    add("done_well", "好的做法", narratives.done_well, 60, "proposals")
    add("problems", "存在问题", narratives.problems, 70, "proposals")
    add("coming", "下一步报送安排", filing.coming, 80)
    add = _adder("report")
    add("done_well", "主要做法", narratives.done_well, 60, "proposals")
    add("problems", "存在问题", narratives.problems, 70, "proposals")
    add("next_steps", "下一步工作", narratives.next_steps, 80, "proposals")
    registry.set_gate(filing.GATE, filing.barred)
    registry.add_news(news.of)


def _adder(kind):
    def add(code, label, facts, position, template=None):
        path = f"tasks/papers/{template or code}.txt"
        registry.add_section(kind, Section(code, label, path, _of_period(facts), position))

    return add


def _of_period(facts):
    """Only a draft about a period has these."""
    return lambda about: facts(about) if isinstance(about, Ground) else None


def _opening(word):
    return lambda ground: {"period": str(ground.period), "word": word, "marks": bool(ground.figures)}
