"""What an attachment is for."""

from django.db.models import TextChoices


class AttachmentKind(TextChoices):
    """Kind of an attachment (附件类别)."""

    EVIDENCE = "evidence", "佐证材料"
    SIGNED = "signed", "签章件"
    AGREEMENT = "agreement", "协议扫描件"
    OTHER = "other", "其他附件"
