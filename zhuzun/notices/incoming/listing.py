"""Our own papers and those of others as one list: sorted and cut to a page by the database, then loaded by kind."""

from django.db.models import CharField, F, Value
from django_tables2.data import TableData

NEWEST = ("-changed",)
SETTLED = ("which", "-key")  # so that no row stands on two pages
OURS, THEIRS = "ours", "theirs"
# columns that sort → what both kinds are sorted by
SORTS = {"title": "words", "kind": "sort", "state": "stage", "signed_on": "dated", "printed_on": "came"}


def _word(text):
    return Value(text, output_field=CharField())


class BothDirections(TableData):
    """The rows of two querysets as one; `load_ours`, `load_theirs` give {key: paper} with what a line needs."""

    def __init__(self, ours, theirs, *, load_ours, load_theirs):
        shared = {"key": F("pk"), "changed": F("changed_at"), "words": F("title"), "stage": F("state")}
        lines = ours.order_by().values(
            which=_word(OURS), sort=F("kind"), dated=F("signed_on"), came=F("printed_on"), **shared
        )
        others = theirs.order_by().values(
            which=_word(THEIRS), sort=_word(""), dated=F("dated_on"), came=F("received_on"), **shared
        )
        super().__init__(())
        self.lines = lines.union(others, all=True).order_by(*NEWEST, *SETTLED)
        self.loads = {OURS: load_ours, THEIRS: load_theirs}

    def __len__(self):
        if not hasattr(self, "_length"):
            self._length = self.lines.count()
        return self._length

    def __getitem__(self, key):
        return self._loaded(self.lines[key]) if isinstance(key, slice) else self._loaded([self.lines[key]])[0]

    def __iter__(self):
        return iter(self._loaded(self.lines))

    def order_by(self, aliases):
        """By the columns that sort; those of equal rank newest first."""
        order = [f"{'-' if alias.startswith('-') else ''}{SORTS[alias.lstrip('-')]}" for alias in aliases]
        self.lines = self.lines.order_by(*order, *NEWEST, *SETTLED)

    def _loaded(self, lines) -> list:
        lines = list(lines)
        keys = {which: [line["key"] for line in lines if line["which"] == which] for which in self.loads}
        found = {which: self.loads[which](keys[which]) if keys[which] else {} for which in keys}
        return [found[line["which"]][line["key"]] for line in lines]
