"""Messages to bodies and their people, who has read them, reminders, and the digests sent by e-mail."""

from datetime import datetime, time

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from zhuzun.access.policy import scope_for
from zhuzun.access.scopes import Scope, ScopedQuerySet, bodies_of
from zhuzun.accounts.roles import GUARDIANS
from zhuzun.notices import kinds
from zhuzun.notices.incoming.models import IncomingDelivery, IncomingPaper  # noqa: F401 (Django looks for models here)
from zhuzun.notices.kinds import Channel
from zhuzun.notices.papers.models import (  # noqa: F401 (Django looks for models here)
    IdentitySeries,
    IssuingIdentity,
    NumberCounter,
    Paper,
    PaperCosigner,
    PaperDelivery,
    PaperNumber,
    PaperRecipient,
    PaperRound,
)
from zhuzun.organisations.models import Organisation

BETWEEN = ","  # roles are kept as ,clerk,bureau_head, so that every database finds one of them in them


def packed(roles) -> str:
    """The roles a message is for, as its column holds them; empty for all."""
    return f"{BETWEEN}{BETWEEN.join(sorted(roles))}{BETWEEN}" if roles else ""


class MessageQuerySet(ScopedQuerySet):
    """Messages (收件箱)."""

    view_permission = "notices.view_inbox"

    def visible_to(self, user, permission=""):
        """Those for the person in the identity he acts in."""
        return self.for_holder(user, user.acting)

    def for_holder(self, user, assignment):
        """Those for somebody acting in `assignment`: to his body (district and department count as one), for his role.

        A message that names no roles is for those who do the body's business, not for the 三员 who sit there too. One
        to a single person is for him alone.
        """
        if scope_for(self.view_permission, assignment) is None:
            return self.none()
        role = Q(roles__contains=packed([assignment.role]))
        if assignment.role not in GUARDIANS:
            role |= Q(roles="")
        mine = Q(user=user) | (Q(user__isnull=True) & role)
        return self.filter(mine, organisation__in=bodies_of(assignment, Scope.BODY))

    def unread_by(self, user, assignment):
        """Those he has not opened; what came before he held his role is not his to catch up with."""
        return self.filter(_unread(user, assignment))

    def marked_for(self, user, assignment):
        """With `is_unread` for each, from the same rule."""
        unread = models.ExpressionWrapper(_unread(user, assignment), output_field=models.BooleanField())
        return self.annotate(is_unread=unread)


def _unread(user, assignment):
    first = timezone.make_aware(datetime.combine(assignment.valid_from, time.min))
    return ~Exists(MessageRead.objects.filter(message=OuterRef("pk"), user=user)) & Q(created_at__gte=first)


class Message(models.Model):
    """Something that a body, or one person of it, is told (通知)."""

    SCOPE_FIELDS = {Scope.BODY: ("organisation",)}

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="收件单位")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="收件人"
    )
    roles = models.CharField("收件角色", max_length=300, blank=True)
    kind = models.CharField("类别", max_length=30)
    title = models.CharField("标题", max_length=120)
    text = models.TextField("内容", blank=True)
    link = models.CharField("相关页面", max_length=300, blank=True)
    object_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")
    object_id = models.CharField("所涉记录", max_length=40, blank=True)
    subject = GenericForeignKey("object_type", "object_id")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发送人"
    )
    created_at = models.DateTimeField("时间")

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["organisation", "-created_at"], name="message_of_body"),
            models.Index(fields=["object_type", "object_id"], name="message_about"),
        ]
        constraints = [
            models.CheckConstraint(
                name="message_link_stays_here",
                condition=Q(link="") | (Q(link__startswith="/") & ~Q(link__startswith="//")),
                violation_error_message="相关页面须是本系统内的地址。",
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """The message itself; opening it marks it read."""
        return reverse("notices:message", args=[self.pk])

    @property
    def kind_label(self) -> str:
        """The word for its kind."""
        return kinds.label_of(self.kind)


class MessageRead(models.Model):
    """That a person has opened a message (已读): each officer of a body has his own mark."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="reads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    read_at = models.DateTimeField("阅读时间")

    class Meta:
        verbose_name = verbose_name_plural = "已读记录"
        constraints = [
            models.UniqueConstraint(
                name="message_read_once", fields=["message", "user"], violation_error_message="这条消息本人已读过。"
            )
        ]

    def __str__(self):
        return f"{self.user} {self.read_at:%Y-%m-%d %H:%M}"


class ReminderQuerySet(models.QuerySet):
    """Reminders (催报记录)."""

    def about(self, obj):
        """Those about one record, oldest first."""
        kind = ContentType.objects.get_for_model(obj)
        return self.filter(object_type=kind, object_id=str(obj.pk)).order_by("at", "pk")


class Reminder(models.Model):
    """That a body was reminded of something at a step of the ladder (催报记录): once, whoever or whatever did it."""

    object_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.CharField("所涉记录", max_length=40)
    subject = GenericForeignKey("object_type", "object_id")
    step = models.CharField("步骤代码", max_length=40)
    label = models.CharField("步骤", max_length=60)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="对象单位")
    at = models.DateTimeField("时间")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发送人"
    )
    channel = models.CharField("提醒方式", max_length=10, choices=Channel)
    text = models.TextField("内容", blank=True)
    message = models.OneToOneField(Message, models.PROTECT, null=True, blank=True, related_name="reminder")

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "催报记录"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="reminder_once",
                fields=["object_type", "object_id", "step", "organisation"],
                violation_error_message="这一步已经提醒过该单位。",
            )
        ]

    def __str__(self):
        return f"{self.label} · {self.organisation}"


class DigestSent(models.Model):
    """The one e-mail that a person got on a day (每日汇总): claimed before it is sent, told when it was."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField("日期")
    claimed_at = models.DateTimeField("开始时间")
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    messages = models.PositiveIntegerField("条数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "邮件汇总"
        ordering = ["-day", "user"]
        constraints = [
            models.UniqueConstraint(
                name="digest_once_a_day",
                fields=["user", "day"],
                violation_error_message="该人员当日的提醒已经发出，不重复发送。",
            )
        ]

    def __str__(self):
        return f"{self.user} {self.day}"
