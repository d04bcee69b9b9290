"""The frame of an xlsx file: its sheets, texts shared by cells, which styles show dates."""

from dataclasses import dataclass
from posixpath import join, normpath

from . import faults, limits, xml
from .dates import DATE_FORMATS, is_date_format
from .faults import Unreadable
from .package import Package
from .text import legal, unescaped

_WORKSHEET = "/worksheet"
_MAIN_PART = "/officeDocument"


@dataclass
class SheetPart:
    """A worksheet: its name, the part that holds it, whether the user sees it."""

    name: str
    part: str
    hidden: bool


class Workbook:
    """An xlsx workbook whose sheets can be read one by one."""

    def __init__(self, package: Package):
        self.package = package
        main = next((t for kind, t in self._relations("").values() if kind.endswith(_MAIN_PART)), None)
        if main is None:
            raise Unreadable(faults.NOT_A_SHEET)
        self._related = self._relations(main)
        self.from_1904, self.sheets = self._frame(main)
        self._strings: list[str] | None = None
        self._date_styles: list[bool] | None = None

    @property
    def strings(self) -> list[str]:
        """The texts that cells share."""
        if self._strings is None:
            part = self._part("/sharedStrings")
            self._strings = _shared_strings(self.package, part) if part else []
        return self._strings

    @property
    def date_styles(self) -> list[bool]:
        """For each cell style whether it shows a date."""
        if self._date_styles is None:
            part = self._part("/styles")
            self._date_styles = _date_styles(self.package, part) if part else []
        return self._date_styles

    def _part(self, kind: str) -> str | None:
        return next((target for found, target in self._related.values() if found.endswith(kind)), None)

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """id → (kind, part) of the relations of a part ('' = the package)."""
        folder, _, name = part.rpartition("/")
        path = join(folder, "_rels", f"{name}.rels")
        if path not in self.package.names:
            return {}
        rows = xml.elements(self.package.chunks(path), frozenset({"Relationship"}))
        return {
            row["Id"]: (row["Type"], normpath(join("/", folder, row["Target"])).lstrip("/"))
            for _, row in rows
            if row.get("TargetMode") != "External"
        }

    def _frame(self, main: str) -> tuple[bool, list[SheetPart]]:
        from_1904, sheets = False, []
        for name, row in xml.elements(self.package.chunks(main), frozenset({"workbookPr", "sheet"})):
            if name == "workbookPr":
                from_1904 = row.get("date1904", "0") in {"1", "true", "on"}
                continue
            kind, part = self._related[row["id"]]
            if kind.endswith(_WORKSHEET):  # chart and dialogue sheets hold no rows
                sheets.append(SheetPart(row["name"], part, row.get("state", "visible") != "visible"))
        if len(sheets) > limits.SHEETS:
            raise Unreadable(faults.BOMB)
        return from_1904, sheets


class _Strings:
    """Collects the shared strings: the runs of rich text joined, phonetic guides left out."""

    def __init__(self):
        self.found: list[str] = []
        self._parts: list[str] = []
        self._open = self._phonetic = False
        self._characters = 0

    def start(self, name, attributes):
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._phonetic = True
        elif name == "t":
            self._open = not self._phonetic

    def text(self, data):
        if self._open:
            self._parts.append(data)
            self._characters += len(data)
            if self._characters > limits.SHARED_CHARACTERS:
                raise Unreadable(faults.TOO_MUCH_TEXT)

    def end(self, name):
        if name == "t":
            self._open = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.found.append(legal(unescaped("".join(self._parts))))
            if len(self.found) > limits.SHARED_STRINGS:
                raise Unreadable(faults.TOO_MUCH_TEXT)


def _shared_strings(package: Package, part: str) -> list[str]:
    strings = _Strings()
    xml.parse(package.chunks(part), strings.start, strings.end, strings.text)
    return strings.found


def _date_styles(package: Package, part: str) -> list[bool]:
    custom: dict[int, bool] = {}
    shown: list[bool] = []
    inside = ""

    def start(name, attributes):
        nonlocal inside
        if name in {"cellXfs", "cellStyleXfs"}:
            inside = name
        elif name == "numFmt":
            custom[int(attributes["numFmtId"])] = is_date_format(attributes.get("formatCode", ""))
        elif name == "xf" and inside == "cellXfs":
            number = int(attributes.get("numFmtId", 0))
            shown.append(custom.get(number, number in DATE_FORMATS))
            if len(shown) > limits.STYLES:
                raise Unreadable(faults.BOMB)

    def end(name):
        nonlocal inside
        if name == inside:
            inside = ""

    xml.parse(package.chunks(part), start, end, lambda data: None)
    return shown
