"""What an attachment is for."""

from django.db.models import TextChoices


class AttachmentKind(TextChoices):
    """Kind of an attachment (附件类别)."""

    EVIDENCE = "evidence", "佐证材料"
    SIGNED = "signed", "签章件"
    AGREEMENT = "agreement", "协议扫描件"
    SEALED = "sealed", "用印件"
    ENCLOSED = "enclosed", "公文附件"
    RECEIVED = "received", "来文原件"
    OTHER = "other", "其他附件"


# Of these nothing but the row stays when they are taken down: a file of a paper that had no business here may be one
# that nobody may keep. What a body filed with its report stays, and is no longer handed out.
ERASED = (AttachmentKind.RECEIVED, AttachmentKind.ENCLOSED, AttachmentKind.SEALED)
