"""Grants: what a person may see or do beyond his organisation's scope, on one pairing or project, from day to day."""

from django.db import models
from guardian.models import UserObjectPermissionAbstract

from zhuzun import clock
from zhuzun.dated import DatedModel, DatedQuerySet, NoOverlap, ends_after_start


class Grant(UserObjectPermissionAbstract, DatedModel):
    """An exceptional grant (临时授权) on an anchor (Pairing, later Project).

    It has a document and a reason, and ends by itself: an ended grant counts for nothing at the next request.
    """

    valid_from = models.DateField("起始日期", default=clock.today)
    document = models.CharField("依据文件", max_length=120, blank=True)
    reason = models.CharField("授权理由", max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(UserObjectPermissionAbstract.Meta):
        abstract = False
        unique_together = ()  # guardian's own would forbid a second grant after the first has ended
        verbose_name = verbose_name_plural = "临时授权"
        indexes = [models.Index(fields=["user", "content_type", "object_pk"], name="grant_of_user")]
        constraints = [
            ends_after_start("grant_ends_after_start"),
            NoOverlap(
                name="grant_once_a_day",
                fields=["user", "permission", "object_pk"],
                violation_error_message="这段时间内该人员对这条记录已有同样的授权。",
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.permission.name}"
