"""Codes of the papers of others; stored in ASCII, shown in Chinese."""

from django.db.models import TextChoices


class Source(TextChoices):
    """How the sender stands to the bureau (来文类别)."""

    UPPER = "upper", "上级来文"
    EQUAL = "equal", "平级来文"
    LOWER = "lower", "下级来文"
    SEPARATE = "separate", "不相隶属来函"


class Handling(TextChoices):
    """For what a body gets it (分送方式)."""

    ACT = "act", "阅办"
    READ = "read", "阅知"


class IncomingState(TextChoices):
    """Where a paper of another's is; no code is also one of our own papers' (both stand in one list)."""

    REGISTERED = "registered", "待分送"
    DISTRIBUTED = "distributed", "办理中"
    CLOSED = "closed", "已办结归档"
    STRUCK = "struck", "登记作废"


OPEN = (IncomingState.REGISTERED, IncomingState.DISTRIBUTED)
