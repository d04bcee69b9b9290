"""Pairings as a table that goes out and comes back: what each column means, and what a row of it does.

A row without 编号 is a new pairing, a row with one is a correction of it, with the reason given for the whole file.
The preview looks each row through without writing it (`pairing.services.examine_…`, `pairing.rehearsal`); what is
confirmed is written by `pairing.services`, in the file's order, as many rows at once as follow each other.
"""

import logging
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.core.exceptions import ValidationError
from import_export import resources

from pairing import rules, services
from pairing.kinds import RULES, PairingKind
from pairing.models import Pairing
from pairing.parties import Directory, NotFound
from pairing.rehearsal import Rehearsal
from pairing.rules import Frame
from zhuzun import clock
from zhuzun.documents import sheets
from zhuzun.documents.formats import SheetField, SheetResource, cells
from zhuzun.documents.reading.text import key, trimmed
from zhuzun.errors import DomainError

KINDS = {key(word): kind for kind in PairingKind for word in (kind.label, kind.value)} | {
    key(word): kind
    for kind, words in {
        PairingKind.COUNTY: ("县级结对", "区县", "县（区）结对", "县（市、区）结对"),
        PairingKind.TOWN: ("镇街", "乡镇结对", "镇镇结对", "乡镇（街道）结对"),
        PairingKind.VILLAGE: ("村村", "村级结对", "村结对"),
        PairingKind.COMMUNITY: ("社区", "村（社区）结对"),
        PairingKind.ENTERPRISE_VILLAGE: ("村企", "企村结对", "万企兴万村"),
    }.items()
    for word in words
}
COLUMNS = ("number", "kind", "east", "west", "valid_from", "valid_to", "basis", "end_basis", "end_reason", "note")
COMPARED = services.CORRECTABLE
OUR_FAULT = "此行未能处理，系统已记录原因，请联系系统管理员。"
logger = logging.getLogger(__name__)


def _text_up_to(name):
    """Takes a text no longer than the model's field."""
    longest = Pairing._meta.get_field(name).max_length

    def take(cell):
        text = sheets.as_text(cell)
        if len(text) > longest:
            raise cell.error(f"最多 {longest} 字，现有 {len(text)} 字，请缩短。")
        return text

    return take


def _kind(cell):
    word = sheets.as_name(cell)
    if word and word not in KINDS:
        raise cell.error(f"“{sheets.as_text(cell)[:20]}”不是结对类型，应为：{'、'.join(PairingKind.labels)}。")
    return KINDS.get(word)


def _column(name, heading, aliases=(), **more):
    return SheetField(attribute=name, column_name=heading, aliases=aliases, **more)


@dataclass(frozen=True)
class Entry:
    """A row as the preview shows it: `act` is new, update or skip; `values` are (before, after) per column."""

    act: str
    row: int
    values: tuple


@dataclass(frozen=True)
class Act:
    """What a row does: `stored` is the pairing that it corrects, nothing where it is a new one."""

    row: dict
    instance: Pairing
    stored: Pairing | None
    changes: dict

    def is_about(self, pairing) -> bool:
        """Whether a service that speaks of `pairing` means this row."""
        return pairing is not None and any(pairing is one for one in (self.instance, self.stored))


class PairingResource(SheetResource, resources.ModelResource):
    """结对关系: the columns of its export and import."""

    number = _column("number", "编号", ("结对编号",), required=False, take=sheets.as_name, kind="code")
    kind = _column("kind", "结对类型", ("类型", "结对类别"), take=_kind)
    east = _column("east", "珠海方", ("珠海方（帮扶方）", "帮扶方", "珠海市帮扶县（市、区）", "东部结对单位"))
    west = _column("west", "遵义方", ("遵义方（受帮扶方）", "受帮扶方", "遵义市被帮扶县（市）", "西部结对单位"))
    valid_from = _column("valid_from", "起始日期", ("结对日期", "开始日期"), take=sheets.as_date, kind="date")
    valid_to = _column(
        "valid_to", "截止日期", ("终止日期", "结束日期"), required=False, take=sheets.as_date, kind="date"
    )
    basis = _column("basis", "依据文件", ("依据", "文号"), take=_text_up_to("basis"))
    end_basis = _column("end_basis", "终止依据", required=False, take=_text_up_to("end_basis"))
    end_reason = _column("end_reason", "终止原因", required=False, take=_text_up_to("end_reason"))
    note = _column("note", "说明", ("备注",), required=False, take=_text_up_to("note"))
    district = SheetField(column_name="所属区（功能区）", readonly=True)
    county = SheetField(column_name="所属县（市）", readonly=True)

    class Meta:
        model = Pairing
        fields = import_order = export_order = (*COLUMNS, "district", "county")
        import_id_fields = ("number",)
        store_instance = True
        skip_diff = True  # the preview is made here, from both sides of each row
        name = "结对关系"

    def __init__(self, *, actor=None, now=None, reason="", **kwargs):
        super().__init__(**kwargs)
        self.actor, self.now, self.reason = actor, now, reason

    # --- going out -----------------------------------------------------------------------------------------------
    def before_export(self, queryset, **kwargs):
        """All names, once."""
        self.directory = Directory(clock.day_of(self.now))

    def export_resource(self, instance, selected_fields=None, **kwargs):
        """One row; a place is written with the places above it, so that it is found again."""
        label = self.directory.label
        return [*self._shown(instance), label(instance.district_id), label(instance.county_id)]

    def _shown(self, pairing):
        """What stands in the columns of the import."""
        return [
            pairing.number,
            pairing.get_kind_display(),
            self.directory.label(pairing.east_id),
            self.directory.label(pairing.west_id),
            *(getattr(pairing, name) for name in COLUMNS[4:]),
        ]

    # --- coming back ---------------------------------------------------------------------------------------------
    def before_import(self, dataset, **kwargs):
        """All names and all pairings, once."""
        self.directory = Directory(clock.day_of(self.now))
        self.known = {row.number: row for row in Pairing.objects.visible_to(self.actor)}
        for row in self.known.values():
            row.east, row.west = self.directory[row.east_id], self.directory[row.west_id]
        self.found = set(getattr(dataset, "found", self._headings()))
        self.seen, self.waiting, self.logged = {}, [], False
        self.frame = Frame()

    def get_import_fields(self):
        """Without those that are for reading."""
        return [self.fields[name] for name in COLUMNS]

    def _headings(self):
        return [field.column_name for field in self.get_import_fields()]

    def import_row(self, row, instance_loader, **kwargs):
        """A fault of ours in a row stops the import like any other, in words for the person, and is logged."""
        result = super().import_row(row, instance_loader, **kwargs)
        for fault in result.errors:
            if not isinstance(fault.error, DomainError):
                level = logging.DEBUG if self.logged else logging.ERROR  # the first tells what the others would
                self.logged = True
                logger.log(level, "row %s of an import failed", cells(row).number, exc_info=fault.error)
                fault.error = DomainError(OUR_FAULT)
        return result

    def after_import(self, dataset, result, **kwargs):
        """Write what is confirmed; what is refused even now is told with the cell it belongs to."""
        super().after_import(dataset, result, **kwargs)
        if self._is_dry_run(kwargs) or result.has_errors() or result.has_validation_errors():
            return
        try:
            self._write()
        except DomainError:
            raise
        except Exception as error:
            logger.exception("an import failed while it was written")
            raise DomainError(OUR_FAULT) from error

    def get_or_init_instance(self, instance_loader, row):
        """The pairing with this 编号, or a new one where there is none."""
        cell = cells(row)["编号"]
        number = self._clean("number", row).upper()
        self.before = self.old = None
        if not number:
            return Pairing(), True
        if number in self.seen:
            raise _at(cell, f"编号 {number} 与第 {self.seen[number]} 行重复。")
        if number not in self.known:
            raise _at(cell, f"没有编号为 {number} 的结对。新增的结对请不填编号，由系统编排。")
        self.seen[number] = cells(row).number
        pairing = self.known[number]
        self.before, self.old = {name: getattr(pairing, name) for name in COMPARED}, self._shown(pairing)
        self.stored = copy(pairing)
        return pairing, False

    def import_instance(self, instance, row, **kwargs):
        """Put the row's values into the instance; every cell that cannot be taken is told."""
        errors = {}
        for name in ("kind", "valid_from", "valid_to", "basis", "end_basis", "end_reason", "note", "east", "west"):
            try:
                self._put(name, instance, row)
            except sheets.CellError as error:
                errors[name] = ValidationError(str(error))
        if errors:
            raise ValidationError(errors)

    def _put(self, name, instance, row):
        field = self.fields[name]
        if field.column_name not in self.found:
            return  # a column the table does not have says nothing about the pairing
        cell, old = cells(row)[field.column_name], getattr(instance, name, None) if instance.pk else None
        value = self._party(cell, instance, name) if name in ("east", "west") else self._clean(name, row)
        if field.required and not value:
            raise cell.error(f"未填写{field.column_name}。")
        if name == "kind" and old and value != old:
            raise cell.error("结对类型不能更正：请终止后另行新增。")
        setattr(instance, name, value)

    def _clean(self, name, row):
        return self.fields[name].clean(row)

    def _party(self, cell, instance, side):
        text = sheets.as_text(cell)
        if not text:
            return None
        kinds = getattr(RULES[PairingKind(instance.kind)], side) if instance.kind else ()
        try:
            return self.directory.find(text, kinds=kinds, day=instance.valid_from, side=side)
        except NotFound as error:
            raise cell.error(str(error)) from None

    def _changes(self, instance):
        after = {name: getattr(instance, name) for name in COMPARED}
        return {name: value for name, value in after.items() if _bare(value) != _bare(self.before[name])}

    def skip_row(self, instance, original, row, import_validation_errors=None):
        """A row that says what is known already is left alone."""
        return not import_validation_errors and self.before is not None and not self._changes(instance)

    def save_instance(self, instance, is_create, row, **kwargs):
        """In the preview the row is looked through; what is confirmed waits until all rows have been read."""
        act = Act(row, instance, None if is_create else self.stored, {} if is_create else self._changes(instance))
        if not self._is_dry_run(kwargs):
            self.waiting.append(act)
            return
        try:
            self._rehearse(act)
        except DomainError as error:
            raise ValidationError({error.field or "": [self._placed(error, row)]}) from error

    @cached_property
    def rehearsal(self):
        """All pairings with their spans: for the preview only."""
        return Rehearsal()

    def _rehearse(self, act):
        """Refuse what the services and the database would refuse, in the same words."""
        facts = {"actor": self.actor, "frame": self.frame}
        if act.stored is None:
            _complete_end(act.instance)
            services.examine_pairing(act.instance, **facts)
        else:
            services.examine_correction(act.stored, changes=act.changes, **facts)
            act.instance.__dict__.update(act.stored.__dict__)
        self.rehearsal.place(act.instance)
        self.frame.take(act.instance)

    def _write(self):
        """All that waits, in the file's order; neighbours of one sort together."""
        facts = {"actor": self.actor, "now": self.now}
        for new, acts in groupby(self.waiting, key=lambda act: act.stored is None):
            acts = list(acts)
            try:
                if new:
                    _add(acts, **facts)
                else:
                    corrections = [(act.stored, act.changes) for act in acts]
                    services.correct_pairings(corrections, reason=self.reason, **facts)
            except DomainError as error:
                row = next((act.row for act in acts if act.is_about(error.subject)), None)
                raise DomainError(self._placed(error, row) if row else error.message) from error

    def _placed(self, error, row):
        """What was refused, with the cell it belongs to."""
        return str(self._cell_of(error.field, row).error(error.message))

    def _cell_of(self, field, row):
        wanted = [field, *(("end_basis", "end_reason") if field == "valid_to" else ())]
        headings = [self.fields[name].column_name for name in wanted if name in self.fields]
        return cells(row)[next((heading for heading in headings if heading in self.found), "遵义方")]

    def after_import_row(self, row, row_result, **kwargs):
        """What the preview shows of the row."""
        if not self._is_dry_run(kwargs):
            return
        after = self._shown(row_result.instance) if row_result.instance else []
        before = self.old or [""] * len(after)
        if after and self.old is None:
            after[0] = "（系统编排）"  # the number is given when the import is confirmed
        values = tuple(zip(map(_plain, before), map(_plain, after), strict=True))
        row_result.entry = Entry(row_result.import_type, cells(row).number, values)


def _complete_end(row):
    """A pairing that has ended comes with all three: last day, document, reason; the one that lacks is told."""
    rules.check_end(row)
    if row.end_basis or row.end_reason:
        lacking = next((name for name in ("end_basis", "end_reason") if not getattr(row, name)), None)
        if lacking:
            raise DomainError("已终止的结对须填写截止日期、终止依据和终止原因。", lacking)


def _add(acts, *, actor, now):
    """Enter new pairings; those that have ended already are entered and ended, each with its document."""
    rows = [act.instance for act in acts]
    ends = []
    for row in rows:
        _complete_end(row)
        if row.end_reason:
            ends.append((row, row.valid_to, row.end_basis, row.end_reason))
            row.end_basis = row.end_reason = ""
    services.add_pairings(rows, actor=actor, now=now)
    services.end_pairings(ends, actor=actor, now=now)


def _at(cell, message):
    return ValidationError({cell.address: [str(cell.error(message))]})


def _bare(value):
    """A text without the blanks at its ends, which no table brings back."""
    return trimmed(value) if isinstance(value, str) else value


def _plain(value):
    return "" if value is None else str(value)
