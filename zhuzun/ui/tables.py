"""The look of every list: right-aligned figures, short dates, states with icon and word, heads that sort."""

import django_tables2 as tables

from zhuzun.ui import badges, formats


class Table(tables.Table):
    """Base of all lists; `caption`, read to those who do not see, says what the table holds.

    With `cards` a row stands on a phone as a card, each cell below its head's word: for lists much wider than a phone,
    where state and acts would lie far to the right.
    """

    caption = ""
    cards = False

    class Meta:
        orderable = True

    def __init__(self, *args, **kwargs):
        # tables2 hands a base's Meta down only to a Meta that inherits it, so the look is given here.
        kwargs.setdefault("template_name", "ui/_table.html")
        look = "table list phone-cards" if self.cards else "table list"
        kwargs.setdefault("attrs", {"class": look, **self._meta.attrs})
        super().__init__(*args, **kwargs)


class NumberColumn(tables.Column):
    """A figure: right-aligned, thousands commas, `decimals` places; the unit belongs into the head."""

    def __init__(self, *args, decimals=None, **kwargs):
        self.decimals = decimals
        self.sheet_kind = "money" if decimals == 2 else "number" if decimals else "integer"
        kwargs.setdefault("attrs", {"th": {"class": "num"}, "td": {"class": "num"}, "tf": {"class": "num"}})
        super().__init__(*args, **kwargs)

    def render(self, value):
        """1,234.50."""
        return formats.thousands(value, self.decimals)

    def value(self, value):
        """The figure itself, so that the export holds a number."""
        return value


class DayColumn(tables.Column):
    """A date: 2026-11-23."""

    sheet_kind = "date"

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("attrs", {"th": {"class": "day"}, "td": {"class": "day"}})
        super().__init__(*args, **kwargs)

    def render(self, value):
        """The short form."""
        return formats.day(value)

    def value(self, value):
        """The date itself, so that the export holds a date."""
        return formats.as_date(value)


class MomentColumn(DayColumn):
    """A date with its time: 2026-11-23 10:32."""

    sheet_kind = "datetime"

    def render(self, value):
        """The short form with the time."""
        return formats.moment(value)

    def value(self, value):
        """The moment itself."""
        return value


class CutColumn(tables.Column):
    """A text that may be long, on one line: what does not fit is cut, the whole stands in the tip and on its page."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("attrs", {"td": {"class": "cut", "title": lambda value: value}})
        super().__init__(*args, **kwargs)


class CodeColumn(tables.Column):
    """A number of a paper or a record: never a figure, on one line."""

    sheet_kind = "code"

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("attrs", {"td": {"class": "code"}})
        super().__init__(*args, **kwargs)


class BadgeColumn(tables.Column):
    """A state: `words` maps the stored value to (word, tone of zhuzun.ui.badges)."""

    def __init__(self, *args, words, **kwargs):
        self.words = words
        super().__init__(*args, **kwargs)

    def render(self, record, bound_column):
        """The badge; read from the record, because tables2 hands over a choice's label instead of its value."""
        return badges.badge(*self._entry(record, bound_column))

    def value(self, record, bound_column):
        """The word alone."""
        return self._entry(record, bound_column)[0]

    def _entry(self, record, bound_column):
        return self.words[tables.A(bound_column.accessor).resolve(record)]
