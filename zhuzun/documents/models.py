"""Files that were brought in and wait for their uploader to confirm what the preview shows."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

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
