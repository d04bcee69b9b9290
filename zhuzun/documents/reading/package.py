"""What kind of file it is, and the parts of an xlsx package, inflated while counting."""

import io
import struct
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from . import faults, limits
from .faults import Unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
CONTENT_TYPES = "[Content_Types].xml"
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")
_END_RECORD = struct.Struct("<4s4H2LH")
_OTHER_KINDS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")


def kind_of(data: bytes, filename: str) -> str:
    """'xlsx' or 'csv'; raises `Unreadable` for every other kind and where the name says otherwise."""
    suffix = PurePosixPath(filename.replace("\\", "/")).suffix.lower()
    if not data.strip(b"\x00 \t\r\n"):
        raise Unreadable(faults.EMPTY)
    if data.startswith(OLE):
        raise Unreadable(faults.ENCRYPTED if "EncryptedPackage".encode("utf-16-le") in data else faults.OLD_FORMAT)
    if data.startswith(ZIP):
        if suffix == ".csv":
            raise Unreadable(faults.WRONG_NAME_CSV)
        return _zip_name(suffix)
    return _text_name(data, suffix)


def _zip_name(suffix: str) -> str:
    if suffix in {".xlsm", ".xltm", ".xlam"}:
        raise Unreadable(faults.MACROS)
    if suffix not in {".xlsx", ""}:
        raise Unreadable(f"文件扩展名 {suffix} 与内容不符。请用 WPS 或 Excel 打开，另存为 .xlsx 后重新上传。")
    return "xlsx"


def _text_name(data: bytes, suffix: str) -> str:
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        raise Unreadable(faults.WEB_PAGE)
    if suffix == ".xlsx":
        raise Unreadable(faults.WRONG_NAME_XLSX)
    if suffix in {".xls", ".et"}:
        raise Unreadable(faults.OLD_FORMAT)
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if suffix not in {".csv", ""} or data.startswith(_OTHER_KINDS) or (b"\x00" in data and not utf16):
        raise Unreadable(faults.NOT_A_SHEET)
    return "csv"


class Package:
    """The parts of an office file. What is inflated is counted, whatever the table of contents says."""

    def __init__(self, data: bytes):
        _look_at_directory(data)
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        entries = self._zip.infolist()
        self.names = {entry.filename: entry for entry in entries}
        self._inflated = 0
        if len(entries) > limits.PACKAGE_ENTRIES or sum(entry.file_size for entry in entries) > limits.DECLARED_BYTES:
            raise Unreadable(faults.BOMB)
        if len(self.names) != len(entries):
            raise Unreadable(faults.DAMAGED)
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise Unreadable(faults.ENCRYPTED)
        self.lower = {entry.filename.lower() for entry in entries}

    def refuse_macros(self) -> None:
        """Refuse a file that carries macros, or says that it may."""
        if any(name.endswith(_MACRO_PARTS) or "macrosheets/" in name for name in self.lower):
            raise Unreadable(faults.MACROS)
        if CONTENT_TYPES in self.names and b"macroenabled" in b"".join(self.chunks(CONTENT_TYPES)).lower():
            raise Unreadable(faults.MACROS)

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part piece by piece; `KeyError` when it is not there."""
        entry = self.names[name]
        if entry.file_size > limits.INFLATED_BYTES:
            raise Unreadable(faults.BOMB)
        with self._zip.open(entry) as part:
            while chunk := part.read(limits.CHUNK):
                self._inflated += len(chunk)
                if self._inflated > limits.INFLATED_BYTES:
                    raise Unreadable(faults.BOMB)
                yield chunk


class SheetPackage(Package):
    """The parts of an xlsx file; every other kind of package is refused by its own name."""

    def __init__(self, data: bytes):
        super().__init__(data)
        self.refuse_macros()
        if "xl/workbook.bin" in self.lower:
            raise Unreadable(faults.BINARY_FORMAT)
        if CONTENT_TYPES.lower() in self.lower:
            if any(name.startswith(("word/", "ppt/")) for name in self.lower):
                raise Unreadable(faults.NOT_A_SHEET)
        elif "mimetype" in self.lower and "content.xml" in self.lower:
            raise Unreadable(faults.OPEN_DOCUMENT)
        else:
            raise Unreadable(faults.ARCHIVE)


def _look_at_directory(data: bytes) -> None:
    """Refuse a table of contents that is itself a bomb before anything reads it."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if at < 0 or at + _END_RECORD.size > len(data):
        raise Unreadable(faults.DAMAGED)
    entries, size = _END_RECORD.unpack_from(data, at)[4:6]
    if entries > limits.PACKAGE_ENTRIES or size > limits.DIRECTORY_BYTES:
        raise Unreadable(faults.BOMB)
