"""Files that were brought in: tables that wait for their uploader to confirm them, and attachments of records."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse

from zhuzun.documents.kinds import AttachmentKind
from zhuzun.organisations.models import Organisation


class PendingImportQuerySet(models.QuerySet):
    """Imports that wait (待确认导入)."""

    def visible_to(self, user):
        """A person's own; nobody else sees what he has not confirmed."""
        return self.filter(uploaded_by=user)

    def waiting(self, now):
        """Those that may still be confirmed at `now`."""
        return self.filter(confirmed_at__isnull=True, expires_at__gt=now)

    def stale(self, now):
        """Those whose file is no longer needed at `now`: never confirmed, past their hour."""
        return self.filter(confirmed_at__isnull=True, expires_at__lte=now)


class PendingImport(models.Model):
    """An uploaded table between preview and confirmation (待确认导入): the file itself lies in the database.

    The bytes that were previewed are the bytes that are confirmed, whichever server answers. They are dropped once the
    import is confirmed; hash, name and hour stay.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("种类", max_length=60)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="pending_imports", verbose_name="上传人"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上传单位"
    )
    filename = models.CharField("文件名", max_length=200, blank=True)
    sha256 = models.CharField("校验值", max_length=64)
    data = models.BinaryField("文件内容")
    preview = models.JSONField("预览", default=dict, blank=True)
    created_at = models.DateTimeField("上传时间")
    expires_at = models.DateTimeField("失效时间")
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)

    objects = PendingImportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "待确认导入"
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["expires_at"], name="pending_import_expiry")]
        constraints = [
            models.CheckConstraint(
                name="pending_import_expires_later",
                condition=Q(expires_at__gt=models.F("created_at")),
                violation_error_message="失效时间须晚于上传时间。",
            )
        ]

    def __str__(self):
        return self.filename or self.kind

    @property
    def bytes(self) -> bytes:
        """The file; SQLite gives bytes, PostgreSQL a memory view."""
        return bytes(self.data)


class AttachmentQuerySet(models.QuerySet):
    """Attachments. Who may open one is asked of the record it hangs on: `zhuzun.documents.viewers`."""

    def of(self, obj):
        """Those of one record, oldest first."""
        kind = ContentType.objects.get_for_model(obj)
        return self.filter(object_type=kind, object_id=str(obj.pk)).order_by("uploaded_at", "pk")

    def standing(self):
        """Those that were not taken down."""
        return self.filter(withdrawn_at__isnull=True)

    def with_people(self):
        """Loads what a list of attachments shows."""
        return self.select_related("uploaded_by", "organisation", "withdrawn_by").prefetch_related(
            "organisation__names"
        )


class Attachment(models.Model):
    """A file that belongs to a record (附件): 佐证材料, 签章件 … Never deleted: taken down (撤下), with a reason.

    The bytes lie in a file named after the key (`zhuzun.documents.vault`); the uploader's name for it is only shown.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    object_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name="所属记录种类")
    object_id = models.CharField("所属记录", max_length=40)
    subject = GenericForeignKey("object_type", "object_id")
    kind = models.CharField("类别", max_length=12, choices=AttachmentKind)
    name = models.CharField("文件名", max_length=120)
    media_type = models.CharField("文件类型", max_length=100)
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField("校验值", max_length=64)
    note = models.CharField("说明", max_length=200, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上传单位"
    )
    uploaded_at = models.DateTimeField("上传时间")
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤下人"
    )
    withdrawal_reason = models.CharField("撤下原因", max_length=500, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ["uploaded_at", "pk"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="attachment_of_object")]
        constraints = [
            models.UniqueConstraint(
                name="attachment_once",
                fields=["object_type", "object_id", "kind", "sha256"],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message="这份文件已经上传过，不必重复上传。",
            ),
            models.CheckConstraint(
                name="attachment_not_empty", condition=Q(size__gt=0), violation_error_message="文件是空的。"
            ),
            models.CheckConstraint(
                name="attachment_withdrawn_with_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                violation_error_message="撤下附件须写明原因。",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The file itself."""
        return reverse("documents:download", args=[self.pk])

    @property
    def shown_size(self) -> str:
        """820 KB, 3.4 MB."""
        if self.size < 1024 * 1024:
            return f"{max(1, round(self.size / 1024))} KB"
        return f"{self.size / (1024 * 1024):.1f} MB"
