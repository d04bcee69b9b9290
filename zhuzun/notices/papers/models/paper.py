"""Papers with their recipients, 会签 and rounds."""

from datetime import date
from itertools import groupby

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from zhuzun import clock
from zhuzun.access.scopes import Scope
from zhuzun.documents.kinds import AttachmentKind
from zhuzun.documents.papers.sheet import one_line
from zhuzun.documents.services import attachments_of
from zhuzun.notices.papers import addressing, registry
from zhuzun.notices.papers.kinds import (
    COSIGN_OPEN,
    IN_FORCE,
    SERVED,
    Act,
    Openness,
    PaperState,
    Part,
    Urgency,
)
from zhuzun.notices.papers.models.identities import IssuingIdentity
from zhuzun.notices.papers.models.people import Titled, person
from zhuzun.notices.papers.querysets import InsideQuerySet, PaperQuerySet
from zhuzun.notices.papers.workflow import PAPER
from zhuzun.organisations.models import Organisation
from zhuzun.ui.formats import long_day


class Paper(Titled, PAPER.base):
    """An official paper, from the draft to the archive; its text is a list of blocks, never markup."""

    SCOPE_FIELDS = {Scope.BODY: ("receivers",)}
    PAGE = "paper"

    kind = models.CharField("文种", max_length=30)
    identity = models.ForeignKey(IssuingIdentity, models.PROTECT, related_name="papers", verbose_name="发文身份")
    title = models.CharField("标题", max_length=120)
    blocks = models.JSONField("正文", default=list, blank=True)
    searchable = models.TextField("检索文本", blank=True)  # text and annexes as plain text
    addressed = models.CharField("主送写法", max_length=300, blank=True, help_text="留空则按主送机关名称依次排列。")
    note = models.CharField("附注", max_length=100, blank=True, help_text="如“此件公开发布”“联系人及电话”。")
    enclosures = models.JSONField("附件说明", default=list, blank=True)
    annexes = models.JSONField(
        "随文附件", default=list, blank=True, help_text="随正文一并排印的附件：[{title, blocks, left_out}]。"
    )
    urgency = models.CharField("缓急程度", max_length=10, choices=Urgency, default=Urgency.NONE)
    openness = models.CharField("公开属性", max_length=12, choices=Openness, default=Openness.NOT)
    copies = models.PositiveSmallIntegerField("份数", null=True, blank=True)
    reply_wanted = models.BooleanField("须回复", default=False)
    reply_by = models.DateField("回复截止", null=True, blank=True)
    state = PAPER.state_field()

    # what it was drafted from: the figures as they stood, so that a draft never changes when data do
    source_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")
    source_id = models.CharField("来源记录", max_length=40, blank=True)
    source = GenericForeignKey("source_type", "source_id")
    snapshot = models.JSONField("数据快照", default=dict, blank=True)

    drafted_by = person("拟稿人")  # nobody: the portal drafted it, and nobody has taken it up yet
    drafted_at = models.DateTimeField("拟稿时间")
    changed_at = models.DateTimeField("最后修改")
    checked_by = person("核稿人")
    checker_name = models.CharField("核稿人姓名", max_length=40, blank=True)
    checked_on = models.DateField("核稿日期", null=True, blank=True)
    signed_by = person("签发人")
    signer_name = models.CharField("签发人姓名", max_length=40, blank=True)
    signed_on = models.DateField("成文日期", null=True, blank=True)
    signed_outside = models.BooleanField("线下签发", default=False)
    printed_on = models.DateField("印发日期", null=True, blank=True)
    digest = models.CharField("内容校验值", max_length=64, blank=True, editable=False)  # of what was printed
    issued_at = models.DateTimeField("印发时间", null=True, blank=True)
    filed_on = models.DateField("归档日期", null=True, blank=True)
    filed_as = models.CharField("归档号", max_length=60, blank=True)
    ended_on = models.DateField("撤销或废止日期", null=True, blank=True)
    ended_why = models.CharField("撤销或废止原因", max_length=500, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name="代替的公文"
    )
    receivers = models.ManyToManyField(Organisation, through="PaperDelivery", related_name="+")

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公文"
        ordering = ["-changed_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "-changed_at"], name="paper_by_state"),
            models.Index(fields=["-changed_at"], name="paper_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                name="paper_served_is_signed",
                condition=~Q(state__in=[state.value for state in SERVED])
                | Q(signed_on__isnull=False, printed_on__isnull=False, issued_at__isnull=False),
                violation_error_message="印发的公文须有成文日期和印发日期。",
            ),
            models.CheckConstraint(
                name="paper_ended_with_reason",
                condition=~Q(state__in=["revoked", "repealed"]) | (Q(ended_on__isnull=False) & ~Q(ended_why="")),
                violation_error_message="撤销、废止须写明原因。",
            ),
            models.CheckConstraint(
                name="paper_two_signatures",
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=models.F("drafted_by")),
                violation_error_message="拟稿人不能签发自己拟的公文。",
            ),
        ]

    @property
    def spec(self) -> registry.Kind:
        """Its kind with all that follows from it."""
        return registry.kind_of(self.kind)

    @property
    def kind_label(self) -> str:
        """通报, 通知, 函 …"""
        return self.spec.label

    @property
    def number(self):
        """The number it bears; nothing before 登记编号."""
        return next((row for row in self.numbers.all() if row.voided_at is None), None)

    @property
    def number_text(self) -> str:
        """珠委农组〔2021〕12号, or nothing."""
        return self.number.text if self.number else ""

    @property
    def number_or_mark(self) -> str:
        """Its number; before 登记编号 the mark that it is a draft."""
        return self.number_text or ("（未编号）" if self.state == PaperState.VOID else "草稿")

    @property
    def drafter(self) -> str:
        """Who drafted it."""
        return self.drafted_by.name if self.drafted_by else "系统起草"

    @property
    def printed_annexes(self) -> list[dict]:
        """The annexes that are set with the text."""
        return [one for one in self.annexes if not one.get("left_out")]

    @property
    def annex_titles(self) -> list[str]:
        """附件说明: what is set with the text, then what goes out as a file of its own."""
        return [*(one["title"] for one in self.printed_annexes), *self.enclosures]

    @property
    def named_on(self) -> date:
        """The day whose names of bodies it bears: that of signing, of a draft that on which it was begun."""
        return self.signed_on or clock.day_of(self.drafted_at)

    @property
    def issuer(self) -> str:
        """The full name of the issuing body."""
        return self.identity.organisation.full_name_on(self.named_on)

    def named(self, part) -> list[str]:
        """The names of the 主送 or 抄送 bodies, in their order."""
        return [row.organisation.full_name_on(self.named_on) for row in self._of(part)]

    @property
    def addressees(self) -> list[list[str]]:
        """主送 in the order of the recipients, neighbours of one kind together: they are parted by 、, kinds by ，."""
        if self.addressed:
            return [[self.addressed]]
        return [[body.full_name_on(self.named_on) for body in bodies] for bodies in self._kinds()]

    def _kinds(self) -> list[list[Organisation]]:
        bodies = [row.organisation for row in self._of(Part.MAIN)]
        return [list(same) for _, same in groupby(bodies, key=lambda body: body.kind)]

    def _of(self, part):
        rows = sorted(self.recipients.all(), key=lambda row: (row.position, row.pk))
        return [row for row in rows if row.part == part]

    @property
    def sent_to(self) -> str:
        """主送 for a list, in which short names do."""
        return self.addressed or one_line([map(str, bodies) for bodies in self._kinds()])

    @property
    def addressed_to(self) -> str:
        """The 主送 line as it is printed, without its colon."""
        return one_line(self.addressees)

    @property
    def name_mark(self) -> str:
        """Before the names of its files once it has ended: a file that was downloaded says so too."""
        return f"【{self.get_state_display()}】" if self.ended_on else ""

    @property
    def instead(self) -> str:
        """Which paper is valid in its place."""
        return f"以{self.replaced_by.number_text}《{self.replaced_by.title}》为准" if self.replaced_by else ""

    # --- what serving asks (see `Served`) ----------------------------------------------------------------------------
    @property
    def in_force(self) -> bool:
        """Whether it is to be signed for and answered."""
        return self.state in IN_FORCE

    @property
    def owner(self):
        """Who is told of replies."""
        return self.drafted_by

    @property
    def served_words(self) -> str:
        """珠委农组〔2021〕12号《…》已于2021年11月23日印发."""
        return f"{self.number_text}《{self.title}》已于{long_day(self.issued_at)}印发"

    # --- what the conditions of the workflow ask ---------------------------------------------------------------------
    def has_text(self) -> bool:
        """Whether there is any text."""
        return bool(self.blocks)

    def main_count(self) -> int:
        """How many bodies are 主送."""
        return sum(row.part == Part.MAIN for row in self.recipients.all())

    def refused_recipients(self, now) -> list[tuple[str, str]]:
        """The recipients that the rules refuse, each with the rule."""
        return addressing.refused(self, now)

    def drafted_by_him(self, user) -> bool:
        """Whether `user` drafted it or took part in drafting it since it was last given back."""
        return user is not None and (
            user.pk == self.drafted_by_id or self.rounds.filter(act=Act.SUBMITTED, by=user).exists()
        )

    def checked_by_him(self, user) -> bool:
        """Whether `user` did the 核稿."""
        return user is not None and user.pk == self.checked_by_id

    @property
    def cosign_open(self) -> bool:
        """Whether a 会签 may still be entered."""
        return self.state in COSIGN_OPEN

    def waiting_cosigners(self) -> list[str]:
        """The bodies that have still to countersign."""
        rows = self.cosigners.filter(on__isnull=True).select_related("organisation")
        return [str(row.organisation) for row in rows.prefetch_related("organisation__names")]

    def has_sealed_scan(self) -> bool:
        """Whether the scan of the sealed paper is attached."""
        return attachments_of(self, AttachmentKind.SEALED).standing().exists()


class PaperRecipient(models.Model):
    """To whom a paper is addressed; what was served, and when, are `PaperDelivery` rows."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="recipients")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="单位")
    part = models.CharField("方式", max_length=4, choices=Part)
    position = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "主送、抄送"
        ordering = ["paper", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="paper_recipient_once",
                fields=["paper", "organisation"],
                violation_error_message="该单位已在主送或抄送之列。",
            )
        ]

    def __str__(self):
        return f"{self.get_part_display()} {self.organisation}"


class PaperCosigner(models.Model):
    """A body whose 会签 is wanted: who signed for it, when, with what opinion."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="cosigners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="会签单位")
    name = models.CharField("会签人", max_length=40, blank=True)
    on = models.DateField("会签日期", null=True, blank=True)
    opinion = models.CharField("会签意见", max_length=300, blank=True)
    entered_by = person("登记人")

    objects = InsideQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会签"
        ordering = ["paper", "organisation__position"]
        constraints = [
            models.UniqueConstraint(
                name="paper_cosigner_once",
                fields=["paper", "organisation"],
                violation_error_message="该单位已在会签之列。",
            ),
            models.CheckConstraint(
                name="paper_cosigner_named",
                condition=Q(on__isnull=True) | ~Q(name=""),
                violation_error_message="请填写会签人。",
            ),
        ]

    def __str__(self):
        return str(self.organisation)


class PaperRound(models.Model):
    """A round (稿次): the text as it stood when somebody passed it on or gave it back, and his word."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField("稿次")
    act = models.CharField("环节", max_length=16, choices=Act)
    title = models.CharField("标题", max_length=120)
    blocks = models.JSONField("正文", default=list)
    recipients = models.TextField("主送、抄送", blank=True)
    head = models.JSONField("公文要素和附件", default=dict, blank=True)  # `zhuzun.notices.papers.rounds.head_of`
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    at = models.DateTimeField("时间")
    opinion = models.CharField("意见", max_length=500, blank=True)

    objects = InsideQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "稿次"
        ordering = ["paper", "number"]
        constraints = [
            models.UniqueConstraint(
                name="paper_round_once", fields=["paper", "number"], violation_error_message="该稿次已有。"
            )
        ]

    def __str__(self):
        return f"第{self.number}稿（{self.get_act_display()}）"
