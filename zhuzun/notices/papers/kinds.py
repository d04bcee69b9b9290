"""Codes of the room of papers; stored in ASCII, shown in Chinese."""

from django.db.models import IntegerChoices, TextChoices


class Series(TextChoices):
    """Which of an identity's number series a kind takes its number from (编号序列)."""

    DOCUMENT = "document", "文件"
    LETTER = "letter", "函"
    MINUTES = "minutes", "纪要"
    SUPERVISION = "supervision", "督办"
    REMINDER = "reminder", "提醒"


class NumberMode(TextChoices):
    """Who gives the number (编号方式): the portal without gaps, or the office's own OA, typed in here."""

    INTERNAL = "internal", "本系统编号"
    EXTERNAL = "external", "外部编号"


class Standing(TextChoices):
    """Where an issuing identity stands: it decides to whom it may write (行文层级)."""

    LEADING_GROUP = "leading_group", "市委农村工作领导小组"
    OFFICE = "office", "市委农办"
    BUREAU = "bureau", "市乡村振兴局"


class Joining(TextChoices):
    """Which steps one person may do both of (drafting and 签发 never)."""

    NONE = "none", "拟稿、核稿、签发须为三人"
    DRAFT_CHECK = "draft_check", "拟稿和核稿可为一人"
    CHECK_SIGN = "check_sign", "核稿和签发可为一人"


class Part(TextChoices):
    """As what a body receives a paper."""

    MAIN = "main", "主送"
    COPY = "copy", "抄送"


class Verdict(IntegerChoices):
    """What the table of rules says of a recipient."""

    ALLOWED = 0, "可以"
    WARNED = 1, "提醒"
    REFUSED = 2, "不可以"


class Urgency(TextChoices):
    """缓急程度."""

    NONE = "none", "一般"
    URGENT = "urgent", "加急"
    EXTRA = "extra", "特急"


class Openness(TextChoices):
    """公开属性."""

    PUBLIC = "public", "主动公开"
    ON_REQUEST = "on_request", "依申请公开"
    NOT = "not", "不予公开"


class PaperState(TextChoices):
    """Where a paper is on its way."""

    DRAFT = "draft", "拟稿"
    RETURNED = "returned", "退回修改"
    CHECKING = "checking", "待核稿"
    COSIGNING = "cosigning", "待会签"
    SIGNING = "signing", "待签发"
    REVIEWING = "reviewing", "待复核"
    NUMBERING = "numbering", "待登记编号"
    PRINTING = "printing", "待印制用印"
    ISSUING = "issuing", "待印发"
    ISSUED = "issued", "已印发"
    FILED = "filed", "已归档"
    VOID = "void", "已作废"
    REVOKED = "revoked", "已撤销"
    REPEALED = "repealed", "已废止"


DRAFTING = (PaperState.DRAFT, PaperState.RETURNED)
# Before 印发: a paper that is on its way.
UNDER_WAY = (
    PaperState.CHECKING,
    PaperState.COSIGNING,
    PaperState.SIGNING,
    PaperState.REVIEWING,
    PaperState.NUMBERING,
    PaperState.PRINTING,
    PaperState.ISSUING,
)
# While a body may still countersign.
COSIGN_OPEN = (*DRAFTING, PaperState.CHECKING, PaperState.COSIGNING)
# From 印发 on, with or without effect.
SERVED = (PaperState.ISSUED, PaperState.FILED, PaperState.REVOKED, PaperState.REPEALED)
IN_FORCE = (PaperState.ISSUED, PaperState.FILED)


class Act(TextChoices):
    """What made a round (稿次): the text as it stood when somebody passed it on or gave it back."""

    SUBMITTED = "submitted", "送核稿"
    CHECKED = "checked", "核稿"
    SIGNED = "signed", "签发"
    SIGNED_OUTSIDE = "signed_outside", "线下签发"
    RETURNED = "returned", "退回修改"


class Channel(TextChoices):
    """How a body got the paper (送达方式)."""

    PORTAL = "portal", "本系统"
    OUTSIDE = "outside", "线下送达"


class File(TextChoices):
    """The files that the portal makes of a paper."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "可编辑文本（.docx）"
    SLIP = "slip", "发文稿纸"


class Contents(TextChoices):
    """What a zip of papers holds of each."""

    PDF = "pdf", "正式文本（用印件，无用印件的为 PDF）"
    DOCX = "docx", "可编辑文本（.docx）"
    BOTH = "both", "正式文本和可编辑文本"
