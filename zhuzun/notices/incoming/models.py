"""Papers of others, and on whom they were served."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from zhuzun import clock
from zhuzun.access.scopes import Scope
from zhuzun.documents.kinds import AttachmentKind
from zhuzun.documents.services import attachments_of
from zhuzun.notices.incoming.kinds import Handling, IncomingState, Source
from zhuzun.notices.incoming.querysets import IncomingQuerySet
from zhuzun.notices.incoming.workflow import INCOMING
from zhuzun.notices.papers.kinds import Urgency
from zhuzun.notices.papers.models.people import Titled
from zhuzun.notices.papers.models.serving import Served
from zhuzun.notices.papers.querysets import DeliveryQuerySet
from zhuzun.organisations.models import Organisation
from zhuzun.ui.formats import long_day


class IncomingPaper(Titled, INCOMING.base):
    """A paper of another's (来文) as it was registered; the paper itself hangs on it as a file.

    There is no field for a 密级: what bears one is refused (`zhuzun.documents.secrecy`).
    """

    SCOPE_FIELDS = {Scope.BODY: ("receivers",)}
    PAGE = "incoming"
    # what a line of the one list asks of it, as of one of our own papers
    sent = False
    kind_label = "来文"

    receipt = models.CharField("收文号", max_length=40, unique=True, error_messages={"unique": "该收文号已经使用。"})
    source = models.CharField("来文类别", max_length=10, choices=Source)
    sender = models.CharField("来文机关", max_length=120)
    sender_number = models.CharField("来文字号", max_length=60, blank=True)
    title = models.CharField("标题", max_length=200)
    dated_on = models.DateField("成文日期")
    received_on = models.DateField("收文日期")
    urgency = models.CharField("缓急程度", max_length=10, choices=Urgency, default=Urgency.NONE)
    answer_by = models.DateField("要求回复期限", null=True, blank=True)
    note = models.CharField("备注", max_length=300, blank=True)
    state = INCOMING.state_field()

    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    registered_at = models.DateTimeField("登记时间")
    changed_at = models.DateTimeField("最后修改")
    closed_on = models.DateField("办结日期", null=True, blank=True)
    result = models.CharField("办理结果", max_length=500, blank=True)
    filed_as = models.CharField("归档号", max_length=60, blank=True)
    struck_why = models.CharField("作废原因", max_length=500, blank=True)
    receivers = models.ManyToManyField(Organisation, through="IncomingDelivery", related_name="+")

    objects = IncomingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "来文"
        ordering = ["-registered_at", "-pk"]
        indexes = [models.Index(fields=["-changed_at"], name="incoming_newest")]
        constraints = [
            models.UniqueConstraint(
                name="incoming_number_once",
                fields=["sender", "sender_number"],
                condition=~Q(sender_number="") & ~Q(state="struck"),
                violation_error_message="该机关的这个文号已经登记。",
            ),
            models.UniqueConstraint(
                name="incoming_unnumbered_once",
                fields=["sender", "title", "dated_on"],
                condition=Q(sender_number="") & ~Q(state="struck"),
                violation_error_message="该机关同一日期、同一标题的来文已经登记。",
            ),
            models.CheckConstraint(
                name="incoming_received_after_dated",
                condition=Q(received_on__gte=F("dated_on")),
                violation_error_message="收文日期不能早于成文日期。",
            ),
            models.CheckConstraint(
                name="incoming_closed_with_result",
                condition=~Q(state="closed") | (Q(closed_on__isnull=False) & ~Q(result="")),
                violation_error_message="办结归档须写明办理结果。",
            ),
            models.CheckConstraint(
                name="incoming_struck_with_reason",
                condition=~Q(state="struck") | ~Q(struck_why=""),
                violation_error_message="登记作废须写明原因。",
            ),
        ]

    def has_file(self) -> bool:
        """Whether the paper itself hangs on it."""
        return attachments_of(self, AttachmentKind.RECEIVED).standing().exists()

    # --- what a line of the one list asks ----------------------------------------------------------------------------
    @property
    def number_text(self) -> str:
        """The sender's number; some letters bear none."""
        return self.sender_number

    @property
    def identity(self) -> str:
        """Who issued it."""
        return self.sender

    @property
    def sent_to(self) -> str:
        """The bodies to which it was distributed, as far as the reader may know (see `for_list`)."""
        return "、".join(str(row.organisation) for row in self.known)

    @property
    def signed_on(self):
        """成文日期."""
        return self.dated_on

    @property
    def printed_on(self):
        """The day of which the list speaks beside it: of a paper that came, when it came."""
        return self.received_on

    # --- what serving asks (see `Served`) ----------------------------------------------------------------------------
    @property
    def in_force(self) -> bool:
        """Whether it is to be signed for and answered."""
        return self.state == IncomingState.DISTRIBUTED

    @property
    def owner(self):
        """Who is told of replies."""
        return self.registered_by

    @property
    def served_words(self) -> str:
        """某机关来文《…》已分送你单位."""
        return f"{self.sender}来文《{self.title}》已分送你单位"

    @property
    def reply_wanted(self) -> bool:
        """Whether any body is asked for a reply."""
        return any(row.reply_by for row in self.deliveries.all())

    @property
    def remark(self) -> str:
        """What the register says of what came of it."""
        return {
            IncomingState.CLOSED: f"{self.result}（{long_day(self.closed_on)}办结）{self.filed_as}",
            IncomingState.STRUCK: f"作废：{self.struck_why}",
        }.get(self.state, "")


class IncomingDelivery(Served):
    """That a paper of another's was distributed to a body: for what, with which word, its receipt and reply."""

    SCOPE_FIELDS = {Scope.BODY: ("organisation",)}
    SENT, PAGES = "分送", "notices:incoming_delivery_"

    paper = models.ForeignKey(IncomingPaper, models.PROTECT, related_name="deliveries", verbose_name="来文")
    part = models.CharField("分送方式", max_length=4, choices=Handling)
    opinion = models.CharField("拟办意见", max_length=300, blank=True)
    reply_by = models.DateField("反馈期限", null=True, blank=True)
    distributed_at = models.DateTimeField("分送时间")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "来文分送"
        ordering = ["paper", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="incoming_delivery_once",
                fields=["paper", "organisation"],
                violation_error_message="该单位已经分送。",
            ),
            models.CheckConstraint(
                name="incoming_reply_is_whole",
                condition=Q(replied_at__isnull=True, reply="") | (Q(replied_at__isnull=False) & ~Q(reply="")),
                violation_error_message="请填写回复内容。",
            ),
            models.CheckConstraint(
                name="incoming_reading_is_not_answered",
                condition=~Q(part="read") | Q(reply_by__isnull=True),
                violation_error_message="阅知的单位不须反馈。",
            ),
        ]

    def __str__(self):
        return f"{self.organisation} {self.get_part_display()}"

    @property
    def served_as(self) -> str:
        """送香洲区阅办."""
        return f"送{self.organisation}{self.get_part_display()}"

    @property
    def reply_wanted(self) -> bool:
        """Where it was distributed with a day."""
        return self.reply_by is not None

    @property
    def sent_on(self):
        """The day of distributing."""
        return clock.day_of(self.distributed_at)
