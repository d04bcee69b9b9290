"""Pairings of every kind, dated, each with the document that made and ended it (¶4–6, 11, 13, 14)."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from pairing.agreement_kinds import AGREEMENT, AgreementLevel
from pairing.kinds import ENDING_DAYS, PairingKind, PairingState
from pairing.querysets import AgreementQuerySet, PairingQuerySet
from zhuzun.access.scopes import Scope
from zhuzun.dated import DatedModel, NoOverlap, ends_after_start
from zhuzun.documents.kinds import AttachmentKind
from zhuzun.documents.services import attachments_of
from zhuzun.organisations.models import Organisation


class PairingSeries(models.Model):
    """The last running number given in a year, so that two people at once never get the same 编号."""

    year = models.PositiveSmallIntegerField("年份", primary_key=True)
    last = models.PositiveIntegerField("末号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "结对编号"

    def __str__(self):
        return f"{self.year}：{self.last}"


class Pairing(DatedModel):
    """That an east body (珠海方, 帮扶方) helps a west body (遵义方, 受帮扶方) from a day on.

    `number` (编号) is stable: it never changes and is never given again. What changes in the world is a new row or an
    end with a date and a document; what was typed wrongly is a correction with a reason.
    """

    number = models.CharField("编号", max_length=20, unique=True, help_text="由系统编排，不变更、不重用。")
    kind = models.CharField("结对类型", max_length=20, choices=PairingKind)
    east = models.ForeignKey(
        Organisation, models.PROTECT, related_name="pairings_as_east", verbose_name="珠海方（帮扶方）"
    )
    west = models.ForeignKey(
        Organisation, models.PROTECT, related_name="pairings_as_west", verbose_name="遵义方（受帮扶方）"
    )
    district = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pairings_of_district",
        verbose_name="所属区（功能区）",
    )
    county = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pairings_of_county",
        verbose_name="所属县（市）",
    )
    basis = models.CharField("依据文件", max_length=200, help_text="文号或协议名称，如：珠委农组〔2021〕12号。")
    end_basis = models.CharField("终止依据", max_length=200, blank=True)
    end_reason = models.CharField("终止原因", max_length=300, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="接续的结对"
    )
    note = models.CharField("说明", max_length=500, blank=True)

    objects = PairingQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="结对变更记录", related_name="changes")

    # How a person's scope narrows the list: his district, his county, his own body on either side.
    SCOPE_FIELDS = {Scope.DISTRICT: ("district",), Scope.COUNTY: ("county",), Scope.UNIT: ("east", "west")}

    class Meta:
        verbose_name = verbose_name_plural = "结对关系"
        ordering = ["number"]
        # What a 临时授权 may give on one pairing; everything else is in the policy table.
        default_permissions = ()
        permissions = [("view_pairing", "查看结对详情和下级结对"), ("edit_sub", "建立、终止、接续下级结对")]
        indexes = [
            models.Index(fields=["kind", "valid_from", "valid_to"], name="pairing_kind_span"),
            models.Index(fields=["district", "kind"], name="pairing_of_district"),
            models.Index(fields=["county", "kind"], name="pairing_of_county"),
            models.Index(fields=["valid_to"], condition=Q(valid_to__isnull=False), name="pairing_ending"),
        ]
        constraints = [
            ends_after_start("pairing_ends_after_start"),
            models.CheckConstraint(
                name="pairing_two_parties",
                condition=~Q(east=F("west")),
                violation_error_message="结对双方不能是同一个单位。",
            ),
            NoOverlap(
                name="pairing_one_district_a_county",
                fields=["west"],
                condition=Q(kind="county"),
                violation_error_message="这段时间内该县（市）已有帮扶区。请先填写原结对的截止日期，再建立新的结对。",
            ),
            NoOverlap(
                name="pairing_same_parties_once",
                fields=["kind", "east", "west"],
                violation_error_message="这段时间内这两个单位已有同类结对，起止日期不能重叠。",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.east}—{self.west}"

    def get_absolute_url(self):
        """The page of the pairing."""
        return reverse("pairing:detail", args=[self.number])

    @property
    def above(self) -> bool:
        """Whether it is a row of the annex or the pairing of the two cities, and not one below."""
        return self.kind in (PairingKind.CITY, PairingKind.COUNTY)

    def state_on(self, day) -> PairingState:
        """How it stands on `day`: the same rule as `PairingQuerySet.in_state`."""
        if self.valid_from > day:
            return PairingState.COMING
        if self.valid_to is None or self.valid_to > day + timedelta(days=ENDING_DAYS):
            return PairingState.RUNNING
        return PairingState.ENDED if self.valid_to < day else PairingState.ENDING


class Agreement(AGREEMENT.base):
    """A cooperation agreement of a year (协作协议) in its first form: parties, number, signing, and what it revises.

    Its targets are `tasks.Target`; its scan hangs on it as an attachment of kind 协议扫描件.
    """

    level = models.CharField("层级", max_length=12, choices=AgreementLevel)
    east = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="珠海方")
    west = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="遵义方")
    year = models.PositiveSmallIntegerField("年度")
    number = models.CharField("协议编号（文号）", max_length=60, blank=True)
    title = models.CharField("名称", max_length=120)
    state = AGREEMENT.state_field()
    signed_on = models.DateField("签订日期", null=True, blank=True)
    revises = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="revision", verbose_name="修订的协议"
    )
    reason = models.CharField("修订原因", max_length=300, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "协作协议"
        ordering = ["-year", "level", "east__position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="agreement_two_parties",
                condition=~Q(east=F("west")),
                violation_error_message="协议双方不能是同一个单位。",
            ),
            models.CheckConstraint(
                name="agreement_signed_has_date",
                condition=Q(state="draft") | Q(signed_on__isnull=False),
                violation_error_message="已签订的协议须有签订日期。",
            ),
            models.CheckConstraint(
                name="agreement_revision_has_reason",
                condition=Q(revises__isnull=True) | ~Q(reason=""),
                violation_error_message="修订协议须填写原因。",
            ),
            models.UniqueConstraint(
                fields=["level", "east", "west", "year"],
                condition=Q(revises__isnull=True),
                name="agreement_once_a_year",
                violation_error_message="该年度双方已有协议，如有变动请登记修订协议。",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """The page of the agreement."""
        return reverse("pairing:agreement", args=[self.pk])

    def has_scan(self) -> bool:
        """Whether the signed paper is attached."""
        return attachments_of(self, AttachmentKind.AGREEMENT).standing().exists()
