"""Under whose names papers go out (发文身份), their 代字, and the counters of the portal's own numbers."""

from django.db import models
from django.db.models import Q

from zhuzun.notices.papers.kinds import (
    Joining,
    NumberMode,
    Series,
    Standing,
)
from zhuzun.notices.papers.querysets import IdentityQuerySet
from zhuzun.organisations.models import Organisation


class IssuingIdentity(models.Model):
    """Under whose name papers go out (发文身份): 版头, 印发机关, how it stands to recipients; its series are rows."""

    code = models.CharField("编码", max_length=40, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="发文机关")
    standing = models.CharField("行文层级", max_length=20, choices=Standing)
    masthead = models.CharField(
        "版头（发文机关标志）", max_length=60, help_text="如“中共珠海市委农村工作领导小组文件”。"
    )
    printer = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="印发机关")
    signers = models.JSONField("签发人", default=list, blank=True, help_text="每行一位，登记线下签发时备选。")
    joining = models.CharField("环节合并", max_length=12, choices=Joining, default=Joining.NONE)
    position = models.PositiveSmallIntegerField("顺序", default=0)
    basis = models.CharField("依据", max_length=200, blank=True)

    objects = IdentityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "发文身份"
        ordering = ["position", "code"]

    def __str__(self):
        return str(self.organisation)

    def series_of(self, kind):
        """The series from which a paper of this kind takes its number; nothing where none is set."""
        return next((row for row in self.series.all() if row.series == kind.series), None)


class IdentitySeries(models.Model):
    """A 代字 of an identity: which papers it numbers, and who gives the number."""

    identity = models.ForeignKey(IssuingIdentity, models.CASCADE, related_name="series", verbose_name="发文身份")
    series = models.CharField("编号序列", max_length=20, choices=Series)
    word = models.CharField(
        "发文机关代字", max_length=20, blank=True, help_text="如“珠委农组”；未定的留空，编号时填写。"
    )
    mode = models.CharField("编号方式", max_length=10, choices=NumberMode)
    qr = models.BooleanField("印二维码", default=False, help_text="印在首页右上角，扫描后核对手中的一份是否现行。")

    class Meta:
        verbose_name = verbose_name_plural = "代字"
        ordering = ["identity", "series"]
        constraints = [
            models.UniqueConstraint(
                name="identity_series_once", fields=["identity", "series"], violation_error_message="该编号序列已设置。"
            ),
            models.CheckConstraint(
                name="identity_series_internal_word",
                condition=Q(mode="external") | ~Q(word=""),
                violation_error_message="本系统编号须先设置代字。",
            ),
        ]

    def __str__(self):
        return f"{self.identity} {self.get_series_display()}"


class NumberCounter(models.Model):
    """The last number given in a 代字 and year (本系统编号): the row that is locked while one is taken."""

    word = models.CharField("发文机关代字", max_length=20)
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("最后一号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "编号序列"
        constraints = [
            models.UniqueConstraint(
                name="number_counter_once", fields=["word", "year"], violation_error_message="该代字当年的序列已有。"
            )
        ]

    def __str__(self):
        return f"{self.word}〔{self.year}〕"
