"""What may be attached: by the suffix and by what is really in the file. Anything else is refused in words."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from zhuzun.documents import sandbox
from zhuzun.documents.reading.package import OLE, ZIP
from zhuzun.errors import DomainError

MAX_BYTES = 10 * 1024 * 1024
MEGABYTES = MAX_BYTES // (1024 * 1024)
LONGEST_NAME = 120

_PDF, _JPEG, _PNG = "application/pdf", "image/jpeg", "image/png"
_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    ".pdf": _PDF,
    ".ofd": "application/ofd",
    ".jpg": _JPEG,
    ".jpeg": _JPEG,
    ".png": _PNG,
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
}
ACCEPT = ",".join(MEDIA_TYPES)
ALLOWED = f"PDF、OFD、JPG、PNG、XLSX、DOCX 文件，单个不超过 {MEGABYTES} MB"

TOO_LARGE = f"文件超过 {MEGABYTES} MB，请压缩图片或分成几份后重新上传。"
EMPTY = "文件是空的，请检查后重新上传。"
OLD_OFFICE = "旧格式文件（{}）不予接收，请用 WPS 或 Office 另存为 .docx、.xlsx 或 PDF 后重新上传。"
OTHER_KIND = f"不接收这种文件（{{}}）。请上传{ALLOWED}。"
NO_SUFFIX = f"文件名没有扩展名，无法判断类型。请上传{ALLOWED}。"
MISMATCH = "文件扩展名是 {}，内容却不是这种文件。请检查文件，或重新扫描、另存后上传。"
CUT_OFF = "文件不完整，可能没有传完或扫描中断，请检查后重新上传。"
LOCKED = "文件设有打开密码，无法核对内容。请取消密码后重新上传。"
TOO_COMPLEX = "文件过于复杂，未能在规定时间内核对。请另存为 PDF 后重新上传。"

_OLD = frozenset({".doc", ".xls", ".wps", ".et", ".ppt", ".dot", ".xlt"})
_RESERVED = re.compile(r'[<>:"/\\|?*]+')
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})  # control and direction marks, halves, private use
_TAIL = 4096


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: its name as it may be shown, and its media type."""

    name: str
    media_type: str


def checked(data: bytes, filename: str) -> Checked:
    """Refuse what may not be attached (`DomainError`, field `file`); otherwise the clean name and the type."""
    name = clean_name(filename)
    suffix = PurePosixPath(name).suffix.lower()
    refusal = _refusal(data, suffix)
    if refusal:
        raise DomainError(refusal, "file")
    return Checked(name, MEDIA_TYPES[suffix])


def clean_name(filename: str) -> str:
    """The last part of the name, without what hides or reverses text, or what a file system reserves."""
    last = unicodedata.normalize("NFC", filename).replace("\\", "/").rpartition("/")[2]
    shown = "".join(sign for sign in last if unicodedata.category(sign) not in _HIDDEN)
    shown = " ".join(_RESERVED.sub("_", shown).split()).rstrip(". ")
    path = PurePosixPath(shown.lstrip("."))
    if not path.suffix:
        return path.name[:LONGEST_NAME] or "未命名"
    return f"{path.stem[: LONGEST_NAME - len(path.suffix)].rstrip()}{path.suffix}"


def refused_by_name(filename: str) -> str:
    """Why a file of this name is refused before anybody looks into it; empty where it may be right."""
    suffix = PurePosixPath(clean_name(filename)).suffix.lower()
    if suffix in MEDIA_TYPES:
        return ""
    if suffix in _OLD:
        return OLD_OFFICE.format(suffix)
    return OTHER_KIND.format(suffix[:20]) if suffix else NO_SUFFIX


def _refusal(data: bytes, suffix: str) -> str:
    if len(data) > MAX_BYTES:
        return TOO_LARGE
    if not data.strip(b"\x00 \t\r\n"):
        return EMPTY
    return refused_by_name(f"x{suffix}") or _CONTENTS[suffix](data, suffix)


def _pdf(data: bytes, suffix: str) -> str:
    if not data.startswith(b"%PDF-"):
        return MISMATCH.format(suffix)
    return "" if b"%%EOF" in data[-_TAIL:] else CUT_OFF


def _jpeg(data: bytes, suffix: str) -> str:
    if not data.startswith(b"\xff\xd8\xff"):
        return MISMATCH.format(suffix)
    return "" if b"\xff\xd9" in data[-_TAIL:] else CUT_OFF


def _png(data: bytes, suffix: str) -> str:
    if not data.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"):
        return MISMATCH.format(suffix)
    return "" if b"IEND\xaeB`\x82" in data[-_TAIL:] else CUT_OFF


def _office(data: bytes, suffix: str) -> str:
    if data.startswith(OLE):
        return LOCKED if "EncryptedPackage".encode("utf-16-le") in data else MISMATCH.format(suffix)
    if not data.startswith(ZIP):
        return MISMATCH.format(suffix)
    question = suffix.encode() + b"\n" + data
    try:
        return sandbox.run("reading.office:check", question, seconds=5, megabytes=160).decode()
    except sandbox.Killed:
        return TOO_COMPLEX


_CONTENTS = {
    ".pdf": _pdf,
    ".jpg": _jpeg,
    ".jpeg": _jpeg,
    ".png": _png,
    ".xlsx": _office,
    ".docx": _office,
    ".ofd": _office,
}
