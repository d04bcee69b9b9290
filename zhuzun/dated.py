"""What holds from one day to another: names, roles, memberships, pairings.

`valid_to` is the **last day** on which a row counts (起止日期 are both inclusive in the office's papers); empty means
that it still runs. Overlap is forbidden in the database itself, on PostgreSQL by an exclusion constraint and on SQLite
by two triggers, so that no service, import, admin page or shell can write two rows for one day.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, IntegrityError, models
from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint, F, Q

FAR = date(9999, 12, 31)


class DatedQuerySet(models.QuerySet):
    """Rows as at a day."""

    def on(self, day: date):
        """Those that count on `day`."""
        return self.filter(holds_on(day))

    def overlapping(self, start: date, end: date | None):
        """Those that share at least one day with the span."""
        rows = self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=start))
        return rows.filter(valid_from__lte=end) if end else rows


def holds_on(day: date, prefix: str = "") -> Q:
    """The condition «counts on `day`», for rows reached through `prefix` (such as "names__")."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day})
    )


def ends_after_start(name: str) -> models.CheckConstraint:
    """The database rule «ends on or after the day it starts»."""
    return models.CheckConstraint(
        name=name,
        condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
        violation_error_message="截止日期不能早于起始日期，请核对起止日期。",
    )


class DatedModel(models.Model):
    """Abstract: a row that counts from `valid_from` to `valid_to`, both days included."""

    valid_from = models.DateField("起始日期")
    valid_to = models.DateField("截止日期", null=True, blank=True, help_text="最后一天，含当日；留空表示仍然有效。")

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        """Whether the row counts on `day`: the same rule as `DatedQuerySet.on`."""
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)


class NoOverlap(BaseConstraint):
    """No two rows with the same `fields` share a day; `condition` (simple equalities) limits it to some rows."""

    def __init__(self, *, name, fields, condition=None, violation_error_message=None):
        super().__init__(name=name, violation_error_message=violation_error_message)
        self.fields = tuple(fields)
        self.condition = condition or Q()

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        kwargs["fields"] = self.fields
        if self.condition:
            kwargs["condition"] = self.condition
        return path, args, kwargs

    def __eq__(self, other):
        return isinstance(other, NoOverlap) and self.deconstruct() == other.deconstruct()

    __hash__ = None

    def constraint_sql(self, model, schema_editor):
        """Inline part of CREATE TABLE: nothing; the rule follows once the table stands under its final name."""
        if statements := self._statements(model, schema_editor):
            schema_editor.deferred_sql.extend(statements)

    def create_sql(self, model, schema_editor):
        statements = self._statements(model, schema_editor)
        for statement in statements[1:]:
            schema_editor.execute(statement)
        return statements[0]

    def remove_sql(self, model, schema_editor):
        table = Table(model._meta.db_table, schema_editor.quote_name)
        if schema_editor.connection.vendor == "postgresql":
            return Statement("ALTER TABLE %(table)s DROP CONSTRAINT %(name)s", table=table, name=self.name)
        schema_editor.execute(Statement("DROP TRIGGER IF EXISTS %(name)s", name=f"{self.name}_update"))
        return Statement("DROP TRIGGER IF EXISTS %(name)s", name=f"{self.name}_insert")

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        """The friendly check of forms, before the database says it; the database has the last word."""
        parts = [model._meta.get_field(name).attname for name in self.fields]
        values = {name: getattr(instance, name) for name in parts}
        touched = {*self.fields, "valid_from", "valid_to"} & set(exclude or ())
        if touched or None in values.values() or instance.valid_from is None or not self._applies(instance):
            return
        rivals = DatedQuerySet(model, using=using).filter(self.condition, **values)
        rivals = rivals.overlapping(instance.valid_from, instance.valid_to).exclude(pk=instance.pk)
        if rivals.exists():
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def _applies(self, instance) -> bool:
        return all(getattr(instance, name) == value for name, value in self._equalities())

    def _equalities(self):
        return [(name, value) for name, value in self.condition.children]

    def _statements(self, model, schema_editor):
        column = lambda name: schema_editor.quote_name(model._meta.get_field(name).column)  # noqa: E731
        table = Table(model._meta.db_table, schema_editor.quote_name)
        limits = [(column(name), schema_editor.quote_value(value)) for name, value in self._equalities()]
        keys = [column(name) for name in self.fields]
        if schema_editor.connection.vendor == "postgresql":
            return [self._exclusion(table, keys, limits)]
        key = schema_editor.quote_name(model._meta.pk.column)
        return [self._trigger(event, table, keys, limits, key) for event in ("insert", "update")]

    def _exclusion(self, table, keys, limits):
        parts = ", ".join([*(f"{key} WITH =" for key in keys), "daterange(valid_from, valid_to, '[]') WITH &&"])
        where = " WHERE (" + " AND ".join(f"{name} = {value}" for name, value in limits) + ")" if limits else ""
        template = f"ALTER TABLE %(table)s ADD CONSTRAINT {self.name} EXCLUDE USING gist ({parts}){where}"
        return Statement(template, table=table)

    def _trigger(self, event, table, keys, limits, key):
        clash = " AND ".join(
            [
                *(f"old_row.{name} = NEW.{name}" for name in keys),
                *(f"old_row.{name} = {value} AND NEW.{name} = {value}" for name, value in limits),
                f"old_row.{key} <> NEW.{key}",
                "old_row.valid_from <= COALESCE(NEW.valid_to, '9999-12-31')",
                "NEW.valid_from <= COALESCE(old_row.valid_to, '9999-12-31')",
            ]
        )
        # BEFORE INSERT knows no key yet (it is -1 or NULL), hence AFTER: the row is undone by ABORT all the same.
        template = (  # every part is a column or constraint name of our own models
            f"CREATE TRIGGER {self.name}_{event} AFTER {event.upper()} ON %(table)s FOR EACH ROW "  # noqa: S608
            f"WHEN EXISTS (SELECT 1 FROM %(table)s AS old_row WHERE {clash}) "
            f"BEGIN SELECT RAISE(ABORT, 'constraint {self.name}'); END"
        )
        return Statement(template, table=table)


@dataclass(frozen=True)
class Clash:
    """A database rule that was broken: its name, and the Chinese message that goes with it."""

    name: str
    message: str


def clash_of(error: IntegrityError) -> Clash | None:
    """The named rule behind a database error on either database, so that going round the forms reads the same."""
    from django.apps import apps

    text = str(error)
    words, columns = set(re.findall(r"\w+", text)), set(re.findall(r"\w+\.\w+", text))
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name in words or (columns and columns == _unique_columns(model, constraint)):
                return Clash(constraint.name, str(constraint.get_violation_error_message()))
    return None


def _unique_columns(model, constraint) -> set[str]:
    """SQLite names a broken unique rule by its columns only: «organisations_division.gb2260»."""
    if not isinstance(constraint, models.UniqueConstraint):
        return set()
    return {f"{model._meta.db_table}.{model._meta.get_field(name).column}" for name in constraint.fields}


def integrity_message(error: IntegrityError) -> str:
    """What to tell a person about a refused write."""
    clash = clash_of(error)
    return clash.message if clash else "数据与已有记录冲突，未保存，请刷新后核对。"
