"""Reading a value from the address bar, where anything may stand: what cannot be read counts as not given."""

from datetime import date, datetime

from zhuzun.ui.formats import DAY_FORMATS


def day_from(data, name: str, default: date | None) -> date | None:
    """The date under `name` (2026-11-23, or as people type it), or the default."""
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(data.get(name, "").strip(), form).date()
        except ValueError:
            continue
    return default


def is_key(text: str) -> bool:
    """Whether a text from outside can be the key of a record, or a place in a list: a number that a database takes."""
    return text.isascii() and text.isdigit() and len(text) <= 9


def whole_from(data, name: str, default: int, *, low: int = 0, high: int = 1_000_000) -> int:
    """The whole number under `name` when it lies between `low` and `high`, or the default."""
    text = data.get(name, "")
    if not is_key(text):
        return default
    return int(text) if low <= int(text) <= high else default


def keys_from(texts) -> list[int]:
    """The keys of rows among these: what is none, or longer than any key, falls away."""
    return [int(text) for text in texts if is_key(text)]


def choice_from(data, name: str, allowed, default: str) -> str:
    """The value under `name` when it is one of those allowed, or the default."""
    value = data.get(name, "")
    return value if value in allowed else default
