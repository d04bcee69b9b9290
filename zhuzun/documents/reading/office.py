"""The second function of the child process: is this really a .docx, .xlsx or .ofd, complete and without macros?"""

import posixpath

from . import faults, package, xml
from .child import DAMAGE
from .faults import Unreadable

# What the main part of each kind calls itself in the package's own list of contents.
MAIN_PARTS = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
NOT_THIS_KIND = "文件扩展名是 {0}，内容却不是 {0} 文件。请用 WPS 或 Office 打开，另存为 {0} 或 PDF 后重新上传。"
OFD = "OFD.xml"
NOT_OFD = "文件扩展名是 .ofd，内容却不是版式文件。请用 OFD 阅读软件打开检查，或另存为 PDF 后重新上传。"
HOSTILE = "文件内嵌有程序或带宏的文件，不予接收。请删除内嵌对象，或另存为 PDF 后重新上传。"
REMOTE = "文件引用了外部网址上的模板，打开时可能有害，不予接收。请另存为 PDF 后重新上传。"

# The reader of tables speaks of tables; here the same faults are told of any office file.
_WORDS = {
    faults.BOMB: "文件解压后过大，不予接收。请删除多余内容，或另存为 PDF 后重新上传。",
    faults.DAMAGED: "文件已损坏或不完整。请用 WPS 或 Office 打开检查，另存后重新上传。",
    faults.ENCRYPTED: "文件设有打开密码，无法核对内容。请取消密码后重新上传。",
    faults.MACROS: "文件含有宏，不予接收。请另存为不含宏的文件或 PDF 后重新上传。",
    faults.ENTITIES: "文件内含有实体定义，可能有害，不予接收。请用 WPS 或 Office 打开后另存再上传。",
}
_PROGRAMS = (
    ".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".vbs", ".js", ".jse", ".wsf", ".hta", ".ps1", ".jar", ".msi",
    ".lnk", ".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".xlsb", ".pptm",
)  # fmt: skip


def check(request: bytes) -> bytes:
    """`request`: the suffix on a line, then the file. The answer is why it is refused; empty for a sound file."""
    suffix, _, data = request.partition(b"\n")
    try:
        _check(suffix.decode(), data)
    except Unreadable as refusal:
        return _WORDS.get(str(refusal), str(refusal)).encode()
    except DAMAGE:
        return _WORDS[faults.DAMAGED].encode()
    return b""


def _check(suffix: str, data: bytes) -> None:
    found = package.Package(data)
    if suffix == ".ofd":
        return _check_ofd(found)
    if package.CONTENT_TYPES not in found.names:
        raise Unreadable(NOT_THIS_KIND.format(suffix))
    found.refuse_macros()
    if any(name.endswith(_PROGRAMS) for name in found.lower):
        raise Unreadable(HOSTILE)
    parts = xml.elements(found.chunks(package.CONTENT_TYPES), frozenset({"Override", "Default"}))
    main = [row.get("PartName", "") for _, row in parts if row.get("ContentType") == MAIN_PARTS[suffix]]
    if not any(name.lstrip("/") in found.names for name in main):
        raise Unreadable(NOT_THIS_KIND.format(suffix))
    _refuse_remote_templates(found)


def _check_ofd(found: package.Package) -> None:
    """版式文件 (GB/T 33190): its entry part names its document."""
    if any(name.endswith(_PROGRAMS) for name in found.lower):
        raise Unreadable(HOSTILE)
    if OFD not in found.names or not xml.elements(found.chunks(OFD), frozenset({"DocBody"})):
        raise Unreadable(NOT_OFD)


def _refuse_remote_templates(found: package.Package) -> None:
    """A document without macros may name a template with macros that lies on somebody's server."""
    for name in found.names:
        if posixpath.basename(name).lower() != "settings.xml.rels":
            continue
        for _, row in xml.elements(found.chunks(name), frozenset({"Relationship"})):
            remote = row.get("Target", "").lower().startswith(("http:", "https:", "ftp:", "\\\\"))
            if remote and row.get("Type", "").endswith("/attachedTemplate"):
                raise Unreadable(REMOTE)
