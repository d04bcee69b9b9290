"""How django-import-export reads and writes tables here: through `sheets` and `workbook`, not its own libraries.

    class PairingResource(SheetResource, resources.ModelResource):
        west = SheetField(attribute="west", column_name="遵义方", aliases=("西部县",), take=find_county)
        begins = SheetField(attribute="valid_from", column_name="起始日期", take=sheets.as_date)

Each row of the data set carries its cells under `CELLS`, so that every error names the cell (「结对」表 C7).
"""

import re

import tablib
from django.conf import settings
from import_export.fields import Field
from import_export.formats.base_formats import Format
from import_export.results import Result

from zhuzun.documents import sheets
from zhuzun.ui import workbook
from zhuzun.ui.exports import DEMO_MARK

CELLS = "__cells__"
_CELL = re.compile("[A-Z]{1,3}[0-9]+：")


class SheetField(Field):
    """A column of a resource: other headings it may bear, whether the file must have it, how its cell is taken.

    `take(cell)` is `sheets.as_text` (default), `as_date`, `as_int`, `as_decimal` or a function that raises
    `cell.error("…")` for what it does not accept.
    """

    def __init__(self, *args, aliases=(), required=True, take=sheets.as_text, kind="text", **kwargs):
        super().__init__(*args, **kwargs)
        self.aliases, self.required, self.take, self.kind = aliases, required, take, kind

    def clean(self, row, **kwargs):
        """The value of this column in a row of the data set; raises `CellError`."""
        return self.take(cells(row)[self.column_name])


class SheetResult(Result):
    """Counts rows as the file does: the number of a faulty row is the one the user sees in his table."""

    notes = ()

    def append_invalid_row(self, number, row, validation_error):
        super().append_invalid_row(cells(row).number, row, validation_error)
        self.invalid_rows[-1].cells = cells(row)

    def append_error_row(self, number, row, errors):
        super().append_error_row(cells(row).number, row, errors)
        self.error_rows[-1].cells = cells(row)

    def row_errors(self):
        return [(row.number, row.errors) for row in self.error_rows]

    def problems(self):
        """Every reason why nothing is imported, as one Chinese line each, in the file's order."""
        for error in self.base_errors:
            yield str(error.error)
        found = [(row.cells, str(fault.error)) for row in self.error_rows for fault in row.errors]
        for row in self.invalid_rows:
            found += [(row.cells, text) for texts in row.error_dict.values() for text in texts]
        yield from (_placed(row, text) for row, text in sorted(found, key=lambda entry: entry[0].number))


class SheetResource:
    """Mix in before a resource class: its rows come from `SheetFormat`. Takes columns from its `SheetField`s."""

    def get_result_class(self):
        return SheetResult

    def import_field(self, field, instance, row, is_m2m=False, **kwargs):
        """A column that the file does not have leaves the instance as it is."""
        if field.column_name in cells(row):
            super().import_field(field, instance, row, is_m2m, **kwargs)

    def after_import(self, dataset, result, **kwargs):
        super().after_import(dataset, result, **kwargs)
        result.notes = dataset.notes  # rows passed over, sheets not read: shown above the preview

    @classmethod
    def sheet_columns(cls):
        """The columns the reader looks for."""
        return [
            sheets.Column(field.column_name, tuple(field.aliases), field.required)
            for field in cls.fields.values()
            if isinstance(field, SheetField) and not field.readonly
        ]


class SheetFormat(Format):
    """A table in either form; `bound` ties a format to the columns of a resource and the title of its export."""

    columns = ()
    kinds = {}
    heading = "导出"
    extension = ""
    label = "表格（.xlsx 或 .csv）"
    content_type = "application/octet-stream"

    def __init__(self, encoding=None):
        """`encoding` is the library's; the reader finds out by itself."""

    @classmethod
    def bound(cls, resource_class, heading):
        """This format for the tables of a resource."""
        kinds = {f.column_name: getattr(f, "kind", "text") for f in resource_class.fields.values()}
        return type(
            cls.__name__, (cls,), {"columns": resource_class.sheet_columns(), "kinds": kinds, "heading": heading}
        )

    def get_title(self):
        return self.label

    def get_extension(self):
        return self.extension

    def get_content_type(self):
        return self.content_type

    def can_import(self):
        return True

    def can_export(self):
        return bool(self.extension)

    def create_dataset(self, in_stream):
        """The data set of an uploaded file (bytes); raises `DomainError`."""
        sheet = sheets.read(in_stream, filename="", columns=self.columns)
        sheet.refuse_faults()
        names = [column.name for column in self.columns]
        dataset = tablib.Dataset(headers=[*names, CELLS])
        for row in sheet.rows:
            dataset.append([*(row[name].value for name in names), row])
        dataset.notes, dataset.found = sheet.notes, sheet.columns
        return dataset


class Xlsx(SheetFormat):
    """An Excel workbook."""

    extension, label, content_type = "xlsx", "Excel 工作簿（.xlsx）", workbook.XLSX

    def export_data(self, dataset, **kwargs):
        mark = DEMO_MARK if settings.PORTAL_ENV == "demo" else ""
        return workbook.write_xlsx(self.heading, _columns(self, dataset), _rows(dataset), subtitle=mark)


class Csv(SheetFormat):
    """Comma-separated values."""

    extension, label, content_type = "csv", "逗号分隔文本（.csv）", workbook.CSV

    def export_data(self, dataset, **kwargs):
        return workbook.write_csv(_columns(self, dataset), _rows(dataset))


def cells(row):
    """The `sheets.Row` behind a row of the data set."""
    return row[CELLS]


def _columns(fmt, dataset):
    return [workbook.Column(heading, fmt.kinds.get(heading, "text")) for heading in dataset.headers]


def _rows(dataset):
    return (dataset[number] for number in range(len(dataset)))


def _placed(row, text):
    """The text with its row before it, unless it names its cell."""
    named = text.startswith(f"「{row.sheet}」表 ") if row.sheet else _CELL.match(text)
    return text if named else f"{row.where}：{text}"
