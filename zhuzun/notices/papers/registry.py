"""The kinds of papers (文种) and the sections they begin with.

An upper app adds a kind of its own, or a section to a kind, in `ready()`:

    registry.register(Kind("…", "…", form=…, series=…, obeys="notice"))
    registry.add_section("circular", Section("funds", "资金拨付", "papers/text/funds.txt", facts_of_funds, position=35))
    registry.add_news(what_changed_since)

A section looks up its facts, a template says them in sentences, and a person edits what comes of it
(`zhuzun.notices.papers.composing`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from zhuzun.documents.papers.sheet import Form
from zhuzun.notices.papers.kinds import Series


@dataclass(frozen=True)
class Kind:
    """A kind of paper: its word, its format, which numbers it takes, which line of the table of rules it obeys."""

    code: str
    label: str
    form: Form
    series: Series
    obeys: str = ""  # the code of the kind whose rules hold for it; empty: its own
    sealed: bool = True  # goes out under seal: what is served is the sealed scan
    upward: bool = False  # 上行文: shows the 签发人, one 主送

    @property
    def rule(self) -> str:
        """Its line in the table of who may write to whom."""
        return self.obeys or self.code


@dataclass(frozen=True)
class Section:
    """A part that a new draft of a kind begins with.

    `facts(about)` is asked once, when the paper is drafted about something (a period; None: a blank draft), and kept
    with the paper as its snapshot: plain values, and under "proposals" what the drafter may tick (`proposing`).
    `template` says them: each line a block, as if it were pasted. Where there are no facts the part falls away.
    """

    code: str
    label: str  # its heading of the first level; empty: it has none
    template: str
    facts: Callable[[object], dict | None]
    position: int = 50  # its place among the sections of the kind; the closing words stand at 90


_kinds: dict[str, Kind] = {}
_sections: dict[str, list[Section]] = {}
_gates: dict[str, Callable[[list[str]], dict[str, str]]] = {}
_news: list[Callable[[object, object], list[str]]] = []


def register(kind: Kind):
    """Add a kind; called once, from an app's `ready()`."""
    if _kinds.get(kind.code, kind) != kind:
        raise ValueError(f"kind {kind.code!r} is “{_kinds[kind.code].label}” already")
    _kinds[kind.code] = kind


def add_section(kind: str, section: Section):
    """Let new drafts of `kind` begin with this section too."""
    sections = _sections.setdefault(kind, [])
    if section not in sections:
        sections.append(section)
        sections.sort(key=lambda one: one.position)


def sections_of(kind: str) -> list[Section]:
    """The sections of a kind in the order of the paper."""
    return list(_sections.get(kind, ()))


def set_gate(code: str, gate: Callable[[list[str]], dict[str, str]]):
    """Let `gate(keys)` say which proposals of that code may not be ticked now: {key: why not}."""
    _gates[code] = gate


def barred(code: str, keys: list[str]) -> dict[str, str]:
    """Which of these proposals may not be ticked now, and why."""
    return _gates[code](keys) if code in _gates else {}


def add_news(told: Callable[[object, object], list[str]]):
    """Let `told(paper, user)` say what has come since a paper was drafted: the paper itself never changes by it."""
    if told not in _news:
        _news.append(told)


def news_of(paper, user) -> list[str]:
    """What whoever checks or signs a paper should know of that came after its drafting."""
    return [words for told in _news for words in told(paper, user)]


def kind_of(code: str) -> Kind:
    """The kind of this code."""
    return _kinds[code]


def kinds() -> list[Kind]:
    """All kinds, in the order in which they were added."""
    return list(_kinds.values())


def choices() -> list[tuple[str, str]]:
    """For a form and a filter."""
    return [(kind.code, kind.label) for kind in _kinds.values()]


def _closing(word: str) -> Section:
    return Section("closing", "", "papers/text/closing.txt", lambda about: {"word": word}, position=90)


for _kind, _word in (
    (Kind("circular", "通报", Form.OFFICIAL, Series.DOCUMENT), "特此通报。"),
    (Kind("notice", "通知", Form.OFFICIAL, Series.DOCUMENT), "特此通知。"),
    (Kind("letter", "函", Form.LETTER, Series.LETTER), "专此函达。"),
    (Kind("report", "报告", Form.OFFICIAL, Series.DOCUMENT, upward=True), "特此报告。"),
    (Kind("minutes", "纪要", Form.MINUTES, Series.MINUTES, sealed=False), ""),
    (Kind("supervision", "督办单", Form.INNER, Series.SUPERVISION, sealed=False), ""),
    (Kind("reminder", "催报提醒", Form.INNER, Series.REMINDER, sealed=False), ""),
):
    register(_kind)
    if _word:
        add_section(_kind.code, _closing(_word))
