"""The way of a paper of another's: 登记 → 分送 → 办结归档, or 登记作废. No other module assigns a state."""

from zhuzun.notices.incoming.kinds import OPEN, IncomingState
from zhuzun.workflow import Step, Workflow

S = IncomingState
HANDLE = "notices.handle_incoming"


def has_file(paper, actor, now):
    """There is something to read."""
    return "" if paper.has_file() else "请先上传来文扫描件或电子文件，收文单位才能阅看。"


INCOMING = Workflow(
    "incoming",
    "来文",
    IncomingState,
    (
        Step(
            "distribute",
            "分送",
            OPEN,
            S.DISTRIBUTED,
            HANDLE,
            "incoming.distribute",
            (has_file,),
            "each body is told and signs for it; may be done again for more bodies",
        ),
        Step("close", "办结归档", OPEN, S.CLOSED, HANDLE, "incoming.close", note="with what came of it"),
        Step(
            "strike",
            "登记作废",
            (S.REGISTERED,),
            S.STRUCK,
            HANDLE,
            "incoming.strike",
            note="registered by mistake; its 收文号 stays on record",
        ),
    ),
)
