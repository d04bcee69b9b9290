"""本系统为非涉密系统: whatever bears a 密级 is refused before anything of it is kept, not even its title.

Looked at: words that somebody types, the names of files, and what a file says as far as it is text (a scan is not), the
files inside it included. A mark is what stands as one: 机密★1年, a word alone on its line at the head of the first
page, a word before or after a title; 机密 within a sentence is none.
The refusal says where the mark stands and what to do; it never repeats what was refused, because refusals are logged.
"""

import base64
import json
import re
import unicodedata
from pathlib import Path

from zhuzun.documents import filetypes, sandbox
from zhuzun.documents.reading.package import OLE, ZIP
from zhuzun.errors import DomainError

SECONDS, MEGABYTES = 20, 400
MOST_INSIDE, DEEPEST = 20, 2  # files inside a file, and inside these
_LIBRARY = Path(__file__).with_name("papers")

REFUSAL = (
    "{}带有密级标志，不予接收。本系统为非涉密系统，严禁存储、处理、传输国家秘密；本次填写的内容和文件均未保留。"
    "请立即停止在联网计算机上处理该文，送本单位机要（保密）人员按涉密文件登记、分送；"
    "电子文件已存入联网计算机的，请立即报告本单位保密工作机构。确不涉密的，请按纸质文件流转。"
)
UNREADABLE = "文件无法打开，不能核对有无密级标志，不予接收。请重新扫描或另存为 PDF 后上传。"
LOCKED = "文件设有打开密码，不能核对有无密级标志，不予接收。请取消密码后重新上传。"
TOO_COMPLEX = "文件过于复杂，未能在规定时间内核对有无密级标志，不予接收。请另存或重新扫描为 PDF 后上传。"

_OLD_FORMS = str.maketrans("機絕絶祕", "机绝绝秘")
_BLANK = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_STAR = r"(?:[★☆⭐✩✪✭✮✯✰⋆＊*∗]|\(cid:\d+\))"  # a star of an embedded font may come without its sign
_TERM = r"(?:(?:\d+|[一二三四五六七八九十百]+)(?:年|个?月|天|日)|长期|启用前)"
# 手机密码, 计算机密集 and 拒绝密切 only look like a 密级.
_GUARDED = "(?:(?<!拒)绝{0}密(?![切码集])|机{0}密(?![码钥封集切林布度])|秘{0}密)"
_WORD, _SPACED = _GUARDED.format(""), re.compile(_GUARDED.format(" "))
_URGENT = "(?:特急|特提|加急|平急|急件|文件)?"
# Words about secrecy are no mark.
_ABOUT = re.compile("(?:国家|商业|工作|技术|个人|军事|保守|通信|企业)(?:秘密|机密)|非秘密")
_STARRED = re.compile(rf"{_WORD}级?[（(]?{_STAR}")
_TYPED = re.compile(
    rf"{_WORD}级?{_TERM}"
    rf"|[【\[〔(]{_WORD}级?[】\]〕)]"
    rf"|密级(?:[和及与]?保密期限)?[:=]?[【\[〔(]?{_WORD}"
    rf"|{_WORD}件"  # 按机密件办理
    rf"|(?<![、及和或涉非]){_WORD}级?(?:特急|特提|加急|平急)?$"
)
_BEFORE = re.compile(
    rf"^[\W\d_]*{_WORD}级?(?:特急|特提|加急|平急)?(?=[^一-鿿、]|关于|$)"
)  # 机密 关于…, 机密〔2026〕3号
_ALONE = re.compile(
    rf"^[№\d]*号?[【\[〔(《]?{_WORD}级?[】\]〕)》]?(?:[（(]?{_STAR}?{_TERM}?[)）]?|{_STAR}){_URGENT}[№\d]*$"
    rf"|^密级(?:[和及与]?保密期限)?[:=]?[【\[〔(]?{_WORD}"
)
_STARRED_LINE = re.compile(
    rf"^[№\d]*号?{_WORD}级?[（(]?{_STAR}{_TERM}?[)）]?{_URGENT}[№\d]*$"
    rf"|^[^“”‘’\"']{{0,30}}(?<![为有注作如])(?<!标志)(?<!标识){_WORD}级?{_STAR}{_TERM}$"
)


class Marked(DomainError):
    """It bears a 密级: nothing of it may be kept or shown again."""


def refuse_words(**words):
    """Refuse where a short text (title, number, a note) bears a 密级; each is named by its field's Chinese word."""
    for name, text in words.items():
        if is_marked(text):
            raise Marked(REFUSAL.format(f"“{name}”"))


def refuse_file(data: bytes, filename: str):
    """Refuse where the file's name or its text bears a 密级, and where nobody can tell (`DomainError`)."""
    if is_marked(bare_name(filename)):
        raise Marked(REFUSAL.format("文件名"), "file")
    filetypes.checked(data, filename)
    suffix = Path(filetypes.clean_name(filename)).suffix.lower()
    if suffix in _READERS and _says_so(data, suffix):
        raise Marked(REFUSAL.format("文件内容"), "file")


def bare_name(filename: str) -> str:
    """A file's name without its ending, as it is looked at."""
    return Path(filetypes.clean_name(filename)).stem


def is_marked(text: str) -> bool:
    """Whether a short text bears a 密级: before or after its words, in brackets, with star or term, or spaced."""
    lines = text.splitlines()
    return any(_line_is_marked(line) for line in (lines if len(lines) < 2 else [*lines, " ".join(lines)]))


def bears_mark(line: str, *, head: bool) -> bool:
    """Whether a line of a file is a mark: at the `head` of its first page any form of one, elsewhere 机密★1年."""
    plain = _BLANK.sub("", _folded(line))
    return bool(_STARRED_LINE.search(plain) or (head and _ALONE.search(plain)))


def _line_is_marked(text: str) -> bool:
    spaced = _BLANK.sub(" ", _folded(text)).strip()
    plain = spaced.replace(" ", "")
    rest = _ABOUT.sub("　", plain)
    return bool(
        _STARRED.search(plain)
        or _ALONE.search(rest)
        or _TYPED.search(rest)
        or _BEFORE.search(spaced)
        or _SPACED.search(spaced)
    )


def _folded(text: str) -> str:
    """Full width folded, old forms of the signs replaced."""
    return unicodedata.normalize("NFKC", text).translate(_OLD_FORMS)


# --- what a file says ------------------------------------------------------------------------------------------------
_OFFICE = ("reading.words:words", {})
_READERS = {
    ".pdf": ("pdf_words:words", {"folder": _LIBRARY, "libraries": True}),
    ".docx": _OFFICE,
    ".xlsx": _OFFICE,
    ".ofd": _OFFICE,
}
_TEXT_OF_PDF = (b"/Font", b"/ObjStm", b"/Filespec", b"/EF", b"/Encrypt", b"/Info", b"/Metadata")


def _says_so(data: bytes, suffix: str, depth: int = 0) -> bool:
    """Whether the file or one inside it bears a mark; each is read in a child process of its own with hard limits."""
    if suffix == ".pdf" and b"/Page" in data and not any(name in data for name in _TEXT_OF_PDF):
        return False  # pictures only, as a scanner makes it: there is nothing to read
    answer = _read(data, suffix)
    if any(_marked_at(place, line) for place, line in answer["lines"]):
        return True
    inside = [base64.b64decode(one) for one in answer["files"]]
    if len(inside) > MOST_INSIDE or (inside and depth == DEEPEST):
        raise DomainError(TOO_COMPLEX, "file")
    return any(_inner_says_so(one, depth + 1) for one in inside)


def _marked_at(place: str, line: str) -> bool:
    return is_marked(line) if place == "fact" else bears_mark(line, head=place == "head")


def _inner_says_so(data: bytes, depth: int) -> bool:
    """A file inside another, known by what it begins with; of what has no reader the bare text is looked at."""
    suffix = ".pdf" if data.startswith(b"%PDF-") else ".docx" if data.startswith(ZIP) else ""
    if suffix:
        return _says_so(data, suffix, depth)
    codes = ("utf-16-le",) if data.startswith(OLE) else ("utf-8", "gb18030")
    texts = [
        data[at:].decode(code, errors="replace") for code in codes for at in ((0, 1) if code[:6] == "utf-16" else (0,))
    ]
    return any(_STARRED.search(_BLANK.sub("", _folded(text))) for text in texts)


def _read(data: bytes, suffix: str) -> dict:
    target, more = _READERS[suffix]
    try:
        answer = json.loads(sandbox.run(target, data, seconds=SECONDS, megabytes=MEGABYTES, **more))
    except sandbox.Killed as killed:
        raise DomainError(TOO_COMPLEX, "file") from killed
    if answer is None or "locked" in answer:
        raise DomainError(LOCKED if answer else UNREADABLE, "file")
    return answer
