"""What a loading created, and where the portal differs from the files."""

from collections import Counter
from datetime import datetime

from simple_history.utils import bulk_create_with_history

REASON = "依政策文件载入"
BATCH = 500


class Report:
    """Creates missing rows in bulk, counts them, and notes differences without touching them."""

    def __init__(self, now: datetime):
        self.now = now
        self.created: Counter[str] = Counter()
        self.differences: list[str] = []

    def create(self, model, rows: list) -> list:
        """Add `rows`, with their first line of history where the model keeps one."""
        if not rows:
            return []
        self.created[str(model._meta.verbose_name)] += len(rows)
        if not hasattr(model, "history"):
            return model.objects.bulk_create(rows, batch_size=BATCH)
        return bulk_create_with_history(
            rows, model, batch_size=BATCH, default_change_reason=REASON, default_date=self.now
        )

    def reconcile(self, model, have: dict, wanted: dict[object, dict]) -> dict:
        """`have` completed with what is missing of `wanted` (key → values by attribute)."""
        for key, values in wanted.items():
            if key in have:
                self.compare(have[key], key, values)
        missing = [key for key in wanted if key not in have]
        rows = self.create(model, [model(**wanted[key]) for key in missing])
        return have | dict(zip(missing, rows, strict=True))

    def compare(self, row, key, values: dict):
        """Note every attribute of `row` that is not what the file says."""
        for name, value in values.items():
            if getattr(row, name) != value:
                self.differs(row, key, name, getattr(row, name), value)

    def differs(self, row, key, name, here, there):
        label = row._meta.verbose_name
        self.differences.append(f"{label} {key} · {name}: {here!r} in the portal, {there!r} in the file")
