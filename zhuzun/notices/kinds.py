"""What a message is about, and how a reminder went out."""

from django.db.models import TextChoices

# Upper apps add theirs in `ready()` with `register`; a code that nobody registered is refused.
_labels: dict[str, str] = {
    "reminder": "催报提醒",
    "period": "报送通知",
    "returned": "退回修改",
    "review": "审核",
    "check": "核对",
    "extension": "延期",
    "excuse": "免报和统一顺延",
    "correction": "更正",
    "result": "办理结果",
    "paper": "公文",
    "other": "其他",
}


def register(code: str, label: str):
    """Add a kind of message: an ASCII code and its word; called once, from an app's `ready()`."""
    if _labels.get(code, label) != label:
        raise ValueError(f"kind {code!r} is “{_labels[code]}” already")
    _labels[code] = label


def known(code: str) -> bool:
    """Whether a message may be of this kind."""
    return code in _labels


def label_of(code: str) -> str:
    """The word for it; a kind of a later version that this one does not know shows as 其他."""
    return _labels.get(code, _labels["other"])


def choices() -> list[tuple[str, str]]:
    """For a filter, in the order of the table."""
    return list(_labels.items())


class Channel(TextChoices):
    """How a reminder went out (提醒方式)."""

    INBOX = "inbox", "收件箱"
    COPIED = "copied", "复制文字（粤政易、微信）"
    PHONE = "phone", "电话"
    OTHER = "other", "其他方式"
