"""Badges: a word with an icon and a quiet colour. The colour never stands alone, and is used for states only."""

from django.utils.html import format_html

from zhuzun.ui.icons import svg

# Tone → icon. What a tone means: pages.md's colours of state.
TONES = {
    "good": "circle-check",  # 未到期, 有效 (green)
    "soon": "clock-exclamation",  # 临期 (yellow)
    "late": "alert-triangle",  # 逾期 (red)
    "returned": "corner-up-left",  # 退回修改 (orange)
    "done": "checks",  # 已通过 (grey green)
    "idle": "circle-dashed",  # 未开始 (grey)
    "ended": "circle-minus",  # 已结束 (grey)
    "info": "",  # a plain mark: the word alone
    "key": "star",  # 重点帮扶县
}


def worded(tones: dict) -> dict:
    """{state: (word, tone)} of {state: tone}, as badges are given: a state is called as its choice is."""
    return {state: (state.label, tone) for state, tone in tones.items()}


def badge(word: str, tone: str = "info", icon: str = ""):
    """The badge of a state: `word` is what the office says, `tone` one of TONES."""
    if not word:
        return ""
    icon = icon or TONES[tone]
    return format_html('<span class="state state-{}">{}{}</span>', tone, svg(icon) if icon else "", word)
