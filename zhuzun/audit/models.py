"""The trail: who did what, when, why, on what, in which role. Rows are only added; the database refuses the rest."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models

from zhuzun.access.scopes import ScopedQuerySet
from zhuzun.accounts.roles import Role
from zhuzun.organisations.models import Organisation


class EventQuerySet(ScopedQuerySet):
    """The trail."""

    view_permission = "audit.view_event"

    def about(self, obj):
        """The events of one record, oldest first."""
        kind = ContentType.objects.get_for_model(obj, for_concrete_model=False)
        return self.filter(object_type=kind, object_id=str(obj.pk)).order_by("at", "pk")


class Event(models.Model):
    """One act of one person (审计事件). Names are copied so that a later rename or end of account changes nothing."""

    at = models.DateTimeField("时间")
    action = models.CharField("动作", max_length=60)
    succeeded = models.BooleanField("成功", default=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="人员"
    )
    actor_name = models.CharField("姓名", max_length=60, blank=True)
    username = models.CharField("用户名", max_length=60, blank=True)
    role = models.CharField("角色", max_length=20, choices=Role, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位"
    )
    organisation_name = models.CharField("单位名称", max_length=100, blank=True)
    object_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")
    object_id = models.CharField("对象编号", max_length=40, blank=True)
    object_label = models.CharField("对象", max_length=200, blank=True)
    reason = models.CharField("理由", max_length=500, blank=True)
    detail = models.JSONField("详情", default=dict, blank=True)
    address = models.CharField("来源地址", max_length=45, blank=True)
    request_id = models.CharField("请求编号", max_length=36, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "审计事件"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="event_newest"),
            models.Index(fields=["object_type", "object_id", "at"], name="event_of_object"),
            models.Index(fields=["actor", "-at"], name="event_of_actor"),
            models.Index(fields=["organisation", "-at"], name="event_of_body"),
            models.Index(fields=["action", "-at"], name="event_of_action"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.action}"
