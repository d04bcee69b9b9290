"""Which signs may stand on a paper, and how a place is named when one may not."""

import unicodedata

from zhuzun.errors import DomainError

UNPRINTABLE = "含有控制字符或不可见字符（在{}），请删去后重新填写。"
EMOJI = "含有表情符号「{}」，公文中不能使用，请删去。"
TOO_LONG = "有 {} 字，最多 {} 字，请缩短或分段。"
EMPTY = "没有内容，请填写或删去。"

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_LOST = "\ufffd"  # a sign that broke on its way
_JOINERS = frozenset("\u200d\ufe0e\ufe0f\u20e3")  # what turns a plain sign into an emoji
_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u202f\t"), " ")
# Signs without width, and what WPS leaves of fields, footnotes, pictures. What turns the direction is not among them.
_NOTHING = dict.fromkeys((*map(ord, "\u200b\u200c\u200e\u200f\u2060\ufeff\u00ad\x7f"), *range(9), *range(14, 32)))


def tidy(text: str) -> str:
    """Pasted text with its odd blanks made plain and its invisible signs gone."""
    return text.translate(_BLANKS).translate(_NOTHING).strip(" \r\n\u3000")


def joined(lines: list[str]) -> str:
    """Lines as one: Chinese goes on without a blank, words and numbers keep one."""
    whole = ""
    for line in filter(None, map(tidy, lines)):
        blank = " " if whole and whole[-1].isascii() and line[0].isascii() else ""
        whole += blank + line
    return whole


def printable(text: str) -> str:
    """The same without what cannot be printed: for words that are quoted, whose author nobody can ask."""
    return "".join(sign for sign in tidy(text) if not _cannot_stand(sign))


def check_line(text: str, place: str, most: int, field: str | None = None, *, empty: bool = False) -> None:
    """Refuse a line that cannot be printed: `place` says in Chinese where it stands."""
    fault = _fault(text, most, empty)
    if fault:
        raise DomainError(f"{place}{fault}", field)


def _fault(text: str, most: int, empty: bool) -> str:
    if len(text) > most:
        return TOO_LONG.format(len(text), most)
    if not empty and not text.strip():
        return EMPTY
    place = next((place for place, sign in enumerate(text) if _cannot_stand(sign)), None)
    if place is None:
        return ""
    sign = text[place]
    return EMOJI.format(sign) if is_emoji(sign) else UNPRINTABLE.format(_where(text, place))


def _cannot_stand(sign: str) -> bool:
    if sign.isascii() and sign.isprintable():
        return False
    return is_emoji(sign) or unicodedata.category(sign) in _HIDDEN or sign == _LOST


def _where(text: str, place: int) -> str:
    """What stands before it, since the sign itself cannot be seen."""
    before = "".join(sign for sign in text[:place] if unicodedata.category(sign) not in _HIDDEN).strip()
    return f"“{before[-10:]}”之后" if before else "开头"


def is_emoji(sign: str) -> bool:
    """Pictures. ★ ☆ ○ ● and other signs of GB 2312 are no emoji."""
    if sign in _JOINERS or 0x1F000 <= ord(sign) <= 0x1FAFF:
        return True
    if not (0x2190 <= ord(sign) <= 0x2BFF and unicodedata.category(sign) == "So"):
        return False
    try:
        sign.encode("gb18030").decode("gb2312")
    except UnicodeDecodeError:
        return ord(sign) >= 0x2600
    return False
