"""Texts as offices type them: blanks of every kind, full-width letters, total rows, signatures under the table."""

import re
import unicodedata

# Blanks that strip() knows (U+3000 and U+00A0 among them) and the invisible ones that it does not.
_BLANK = "\\s\u200b\u200c\u200d\u2060\ufeff\u00ad"
_EDGES = re.compile(f"^[{_BLANK}]+|[{_BLANK}]+$")
_ANY_BLANK = re.compile(f"[{_BLANK}]+")
_MARKS = re.compile(r"^\*+|\*+$|\(必填\)$|\(选填\)$|[:：]$")

_TOTAL = re.compile(r"(?:.{0,12}?)(?:合计|小计|总计|共计)(?:\(.{0,12}\))?:?|累计:?")
_SIGNATURE = re.compile(
    r"(?:填表人|填报人|制表人|审核人|复核人|经办人|单位负责人|填报单位|填报日期|填表日期|制表日期)(?::.*)?"
    r"|(?:制表|审核|复核|负责人|联系人|联系电话|注|备注|说明|填表说明|填报说明)\d*:.*",
    re.DOTALL,
)
# The same characters as `zhuzun.ui.workbook.guarded` guards; a test holds the two together.
_DANGEROUS = re.compile(r"[\s'\"\ufeff\u200b]*[=+\-@＝＋－＠|%]|[\t\r\n]")
# What no database and no XML takes; nothing readable is lost with it.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def trimmed(text: str) -> str:
    """Without blanks of any kind at the ends."""
    if text and text[0].isalnum() and text[-1].isalnum():
        return text  # nearly every cell: spare the search
    return _EDGES.sub("", text)


def key(text: str) -> str:
    """For comparing: width folded (NFKC), every blank gone. 「务川　县」 and 「务川县」 are the same."""
    return _ANY_BLANK.sub("", unicodedata.normalize("NFKC", text))


def heading_key(text: str) -> str:
    """A heading for comparing: also without the marks of a required field and a closing colon.

    What stands in brackets stays: 金额（万元） and 金额（元） are different columns.
    """
    return _MARKS.sub("", key(text)).casefold()


def is_total(text: str) -> bool:
    """合计, 小计, 香洲区小计 …"""
    return _TOTAL.fullmatch(key(text)) is not None


def is_signature(text: str) -> bool:
    """填表人, 审核人：…, 注：… under the table."""
    return _SIGNATURE.fullmatch(key(text)) is not None


def unguarded(text: str) -> str:
    """Undo the quote that our own csv puts before a text that could start a formula."""
    rest = text[1:]
    return rest if text.startswith("'") and (rest.startswith("'") or _DANGEROUS.match(rest)) else text


def legal(text: str) -> str:
    """Without control characters and halves of characters."""
    return text if text.isprintable() else _ILLEGAL.sub("", text)


def unescaped(text: str) -> str:
    """Undo the spreadsheet's own escapes of control characters, _x000D_ for a carriage return."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def letter(column: int) -> str:
    """The letters of a column, 1 = A, 27 = AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
