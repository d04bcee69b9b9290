"""Numbers that papers bear, and what was served on whom."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from zhuzun import clock
from zhuzun.access.scopes import Scope
from zhuzun.notices.papers.kinds import (
    Channel,
    NumberMode,
    PaperState,
    Part,
)
from zhuzun.notices.papers.models.paper import Paper
from zhuzun.notices.papers.models.people import person
from zhuzun.notices.papers.querysets import DeliveryQuerySet, NumberQuerySet
from zhuzun.organisations.models import Organisation


class PaperNumber(models.Model):
    """A number that a paper bears or bore (发文字号): never given twice, voided ones stay on record."""

    word = models.CharField("发文机关代字", max_length=20)
    year = models.PositiveSmallIntegerField("年份")
    number = models.PositiveIntegerField("顺序号")
    text = models.CharField("发文字号", max_length=60)
    mode = models.CharField("编号方式", max_length=10, choices=NumberMode)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="numbers", verbose_name="公文")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="编号人")
    taken_at = models.DateTimeField("编号时间")
    voided_by = person("作废人")
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    void_reason = models.CharField("作废原因", max_length=500, blank=True)

    objects = NumberQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "发文字号"
        ordering = ["-year", "word", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="paper_number_once",
                fields=["word", "year", "number"],
                violation_error_message="该发文字号已经使用（作废的号也不再使用）。",
            ),
            models.UniqueConstraint(
                name="paper_one_number",
                fields=["paper"],
                condition=Q(voided_at__isnull=True),
                violation_error_message="这份公文已经编号。",
            ),
            models.CheckConstraint(
                name="paper_number_positive", condition=Q(number__gt=0), violation_error_message="顺序号从1开始。"
            ),
            models.CheckConstraint(
                name="paper_number_voided_with_reason",
                condition=Q(voided_at__isnull=True, void_reason="") | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                violation_error_message="作废编号须写明原因。",
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def remark(self) -> str:
        """What the register says beside it."""
        if self.voided_at:
            return f"作废：{self.void_reason}"
        ended = self.paper.state in (PaperState.VOID, PaperState.REVOKED, PaperState.REPEALED)
        words = [self.paper.get_state_display(), self.paper.instead]
        return "，".join(filter(None, words)) if ended or not self.paper.issued_at else ""


class Served(models.Model):
    """That something was served on a body: how, its receipt (签收) and, where asked, its reply.

    Our own papers and those of others are served alike. Each has a `paper` with `in_force`, `owner` (who is told of a
    reply) and `served_words`, and says here whether a reply is wanted and since when it may have been handed over.
    """

    SENT = ""  # the word for what was done on `sent_on`
    PAGES = ""  # how the names of its pages begin

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="收文单位")
    channel = models.CharField("送达方式", max_length=10, choices=Channel)
    served_on = models.DateField("送达日期", null=True, blank=True)
    served_by = person("送达登记人")
    served_note = models.CharField("送达说明", max_length=200, blank=True)
    received_at = models.DateTimeField("签收时间", null=True, blank=True)
    received_by = person("签收人")
    reply = models.TextField("回复", blank=True)
    replied_at = models.DateTimeField("回复时间", null=True, blank=True)
    replied_by = person("回复人")

    class Meta:
        abstract = True

    @property
    def receive_url(self) -> str:
        """Where it is signed for."""
        return reverse(f"{self.PAGES}receive", args=[self.pk])

    @property
    def reply_url(self) -> str:
        """Where it is answered."""
        return reverse(f"{self.PAGES}reply", args=[self.pk])

    @property
    def outside_url(self) -> str:
        """Where 线下送达 is entered."""
        return reverse(f"{self.PAGES}outside", args=[self.pk])

    @property
    def closed(self) -> str:
        """Why it is not signed for or answered any more, or nothing."""
        return ""

    @property
    def owes_reply(self) -> bool:
        """Signed for, and not yet answered."""
        return bool(self.received_at and self.reply_wanted and not self.replied_at)

    @property
    def replied_late(self) -> bool:
        """After the day by which it was asked for."""
        return bool(self.replied_at and self.reply_by and clock.day_of(self.replied_at) > self.reply_by)

    @property
    def served_as(self) -> str:
        """As what the body got it, with its name."""
        raise NotImplementedError

    @property
    def reply_wanted(self) -> bool:
        """Whether the body is asked for a reply."""
        raise NotImplementedError

    @property
    def sent_on(self):
        """The day from which on it may have been handed over."""
        raise NotImplementedError


class PaperDelivery(Served):
    """That a paper was served on a body at 印发: its receipt (签收) and, where asked, its reply."""

    SCOPE_FIELDS = {Scope.BODY: ("organisation",)}
    SENT, PAGES = "印发", "notices:delivery_"

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="deliveries", verbose_name="公文")
    part = models.CharField("方式", max_length=4, choices=Part)
    position = models.PositiveSmallIntegerField("顺序", default=0)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "送达"
        ordering = ["paper", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="paper_delivery_once",
                fields=["paper", "organisation"],
                violation_error_message="该单位已经送达。",
            ),
            models.CheckConstraint(
                name="paper_reply_is_whole",
                condition=Q(replied_at__isnull=True, reply="") | (Q(replied_at__isnull=False) & ~Q(reply="")),
                violation_error_message="请填写回复内容。",
            ),
        ]

    def __str__(self):
        return f"{self.organisation} {self.get_part_display()}"

    @property
    def closed(self) -> str:
        """Nobody takes note of what is not valid."""
        return f"本公文{self.paper.get_state_display()}，不必签收。" if self.paper.ended_on else ""

    @property
    def served_as(self) -> str:
        """主送香洲区."""
        return f"{self.get_part_display()}{self.organisation}"

    @property
    def reply_wanted(self) -> bool:
        """As the paper says."""
        return self.paper.reply_wanted

    @property
    def reply_by(self):
        """As the paper says."""
        return self.paper.reply_by

    @property
    def sent_on(self):
        """The day of 印发."""
        return clock.day_of(self.paper.issued_at)
