"""本系统为非涉密系统: whatever bears a 密级 is refused before anything of it is kept, not even its title.

Looked at: words that somebody types, the names of files, and what a file says as far as it is text (a scan is not).
The refusal says where the mark stands and what to do; it never repeats what was refused, because refusals are logged.
"""

import json
import re
import unicodedata
from pathlib import Path

from zhuzun.documents import filetypes, sandbox
from zhuzun.errors import DomainError

SECONDS, MEGABYTES = 20, 400
_LIBRARY = Path(__file__).with_name("papers")

REFUSAL = (
    "{}带有密级标志，不予接收。本系统为非涉密系统，严禁存储、处理、传输国家秘密；本次填写的内容和文件均未保留。"
    "请立即停止在联网计算机上处理该文，送本单位机要（保密）人员按涉密文件登记、分送；"
    "电子文件已存入联网计算机的，请立即报告本单位保密工作机构。确不涉密的，请按纸质文件流转。"
)
UNREADABLE = "文件无法打开，不能核对有无密级标志，不予接收。请重新扫描或另存为 PDF 后上传。"
TOO_COMPLEX = "文件过于复杂，未能在规定时间内核对有无密级标志，不予接收。请另存或重新扫描为 PDF 后上传。"

_OLD_FORMS = str.maketrans("機絕祕", "机绝秘")
_BLANK = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_STAR = "[★☆⭐✩✪✭✮✯✰⋆＊*∗]"
_TERM = r"(?:\d+|[一二三四五六七八九十百]+)(?:年|个?月|天|日)|长期|启用前"
# 手机密码, 计算机密集 and 拒绝密切 only look like a 密级.
_WORD = "(?:(?<!拒)绝密(?![切码集])|机密(?![码钥封集切林布度])|秘密)"
_MARKS = re.compile(
    rf"{_WORD}级?[（(]?{_STAR}"
    rf"|{_WORD}级?(?:{_TERM})"
    rf"|[【\[〔(]{_WORD}级?[】\]〕)]"
    rf"|密级(?:[和及与]?保密期限)?[:=]?[【\[〔(]?{_WORD}"
    rf"|^[№\d]*号?[【\[〔(《]?{_WORD}级?[】\]〕)》]?(?:特急|特提|加急|平急|急件|文件)?[№\d]*$"
)
# Words about secrecy in a title are no mark.
_ABOUT = re.compile("(?:国家|商业|工作|技术|个人|军事|保守|通信|企业)(?:秘密|机密)|非秘密")
_ANY = re.compile(_WORD)


class Marked(DomainError):
    """It bears a 密级: nothing of it may be kept or shown again."""


def refuse_words(**words):
    """Refuse where a short text (title, number, a note) bears a 密级; each is named by its field's Chinese word."""
    for name, text in words.items():
        if is_marked(text):
            raise Marked(REFUSAL.format(f"“{name}”"))


def refuse_file(data: bytes, filename: str):
    """Refuse where the file's name or its text bears a 密级, and where nobody can tell (`DomainError`)."""
    if is_marked(filetypes.clean_name(filename)) or is_marked(filename):
        raise Marked(REFUSAL.format("文件名"))
    suffix = Path(filetypes.clean_name(filename)).suffix.lower()
    if any(bears_mark(line) for line in _lines_of(data, suffix)):
        raise Marked(REFUSAL.format("文件内容"))


def is_marked(text: str) -> bool:
    """Whether a short text bears a 密级: the bare word is enough, unless it speaks about secrecy."""
    text = _plain(text)
    return bool(_MARKS.search(text) or _ANY.search(_ABOUT.sub("", text)))


def bears_mark(line: str) -> bool:
    """Whether a line of a text is or holds a mark: 机密★1年, 密级：秘密, or the word alone on its line."""
    return bool(_MARKS.search(_plain(line)))


def _plain(text: str) -> str:
    """Without blanks between the signs, full width folded, old forms of the signs replaced."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text)).translate(_OLD_FORMS)


def _lines_of(data: bytes, suffix: str) -> list[str]:
    """What the file says, line by line; nothing of a picture. Read in a child process with hard limits."""
    target, more = {".pdf": ("pdf_words:words", {"folder": _LIBRARY, "libraries": True})}.get(
        suffix, ("reading.words:words", {})
    )
    if filetypes.MEDIA_TYPES.get(suffix, "image/").startswith("image/"):
        return []
    try:
        answer = json.loads(sandbox.run(target, data, seconds=SECONDS, megabytes=MEGABYTES, **more))
    except sandbox.Killed as killed:
        raise DomainError(TOO_COMPLEX, "file") from killed
    if answer is None:
        raise DomainError(UNREADABLE, "file")
    return answer
