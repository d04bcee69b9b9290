"""What people do to a report as pages: each act with its step, its words, and the one service that does it."""

from collections.abc import Callable
from dataclasses import dataclass

from tasks.kinds import ReportState
from tasks.services import chain, review
from tasks.workflow import REPORT
from zhuzun.workflow import Step

TEXT_NONE, TEXT_MAY, TEXT_MUST = "none", "may", "must"
LEAVES = "报送后本单位不能再改；市局开始审核前可以撤回。"
SNAPSHOT = "本次报送的内容将留存，之后每次修改都能对照查看。"


@dataclass(frozen=True)
class Act:
    """One act: `step` is the step's name, or tells it from the report; `text` whether words go with it."""

    code: str
    step: str | Callable
    service: Callable
    question: str
    consequences: tuple[str, ...] = ()
    done: str = "已办理。"
    text: str = TEXT_NONE
    text_label: str = "说明"
    icon: str = "check"
    shows_content: bool = False

    def step_for(self, report) -> Step:
        """The workflow's step from where the report stands."""
        return REPORT.by_name[self.step(report) if callable(self.step) else self.step]

    def fits(self, report) -> bool:
        """Whether the step leaves the report's state."""
        return report.state in self.step_for(report).sources


def _forward(report, *, actor, now, text="", seen=None):
    """Let it through from where it stands."""
    return review.FORWARD[review.forward_step(report)](report, actor=actor, now=now, text=text, seen=seen)


FILING = {"text": TEXT_MAY, "shows_content": True, "icon": "send"}
ACTS = {
    act.code: act
    for act in (
        Act(
            "send",
            "send_to_sign",
            chain.send_to_sign,
            "送本单位分管领导审签？",
            ("审签期间不能修改；分管领导同意后即报送市局。",),
            "已送本单位分管领导审签。",
            **FILING,
        ),
        Act("sign", "sign", chain.sign, "审签同意并报送市局？", (LEAVES, SNAPSHOT), "已审签并报送。", **FILING),
        Act(
            "signed",
            "sign_on_paper",
            chain.sign_on_paper,
            "已在纸质件上审签盖章并上传扫描件，现在报送？",
            (LEAVES, SNAPSHOT),
            "已报送。",
            **FILING,
        ),
        Act("file", "file", chain.file, "报送市局？", (LEAVES, SNAPSHOT), "已报送。", **FILING),
        Act(
            "enter-for",
            "file_for",
            chain.file_for,
            "已按签章件录入并上传扫描件，现在代为报送？",
            ("处处标明“代录”；录入人不能审核这份报表。", SNAPSHOT),
            "已代录报送。",
            **FILING,
        ),
        Act("take-back", "take_back", chain.take_back, "撤回送审，继续修改？", (), "已撤回。", icon="arrow-back-up"),
        Act(
            "give-back",
            "give_back",
            chain.give_back,
            "退回本单位经办修改？",
            (),
            "已退回经办。",
            TEXT_MUST,
            "退回原因",
            "corner-up-left",
        ),
        Act(
            "recall",
            "recall",
            chain.recall,
            "撤回这份报表？",
            ("撤回后须重新审签、报送；首次报送后撤回的，报送日期以重新报送为准。",),
            "已撤回，可以修改。",
            TEXT_MAY,
            "撤回原因",
            "arrow-back-up",
        ),
        Act(
            "forward",
            review.forward_step,
            _forward,
            "审核无误，予以通过？",
            ("通过后如需修改，须写明原因退回重报；定稿后只能更正。",),
            "已审核。",
            TEXT_MAY,
            "审核意见",
            "checks",
            True,
        ),
        Act(
            "head-back",
            "head_to_officer",
            review.head_to_officer,
            "退回市局经办复核？",
            ("报送单位不受影响。",),
            "已退回经办复核。",
            TEXT_MUST,
            "复核要求",
            "corner-up-left",
        ),
    )
}


def to_return(report) -> str:
    """The page on which the report goes back to the filer: 退回修改 while in review, 退回重报 after acceptance."""
    return "reopen" if report.state == ReportState.ACCEPTED else review.return_step(report)
