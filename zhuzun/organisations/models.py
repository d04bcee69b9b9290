"""Divisions (行政区划), organisations (单位), their dated names, groups such as 各区, and contacts."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from zhuzun.dated import DatedModel, DatedQuerySet, NoOverlap, ends_after_start
from zhuzun.organisations.kinds import ContactRole, DivisionKind, DivisionLevel, OrganisationKind, Relation
from zhuzun.organisations.querysets import DivisionQuerySet, OrganisationQuerySet


class Division(models.Model):
    """One administrative or statistical division, from the statistics bureau's code list.

    横琴 and 高新 are functional zones without a GB/T 2260 code: they bear an internal code (ZH-HENGQIN, ZH-GAOXIN), and
    `statistics_parent` says where the statistics count them (香洲区).
    """

    code = models.CharField("内部代码", max_length=20, unique=True)
    gb2260 = models.CharField("国标代码", max_length=12, blank=True, help_text="功能区没有国标代码，留空。")
    name = models.CharField("名称", max_length=60)
    short_name = models.CharField("简称", max_length=40)
    level = models.CharField("级别", max_length=10, choices=DivisionLevel)
    kind = models.CharField("类型", max_length=20, choices=DivisionKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级区划"
    )
    statistics_parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statistics_children",
        verbose_name="统计口径上级",
    )
    offered = models.BooleanField(
        "可选并计数", default=True, help_text="类似乡级单位、虚拟社区保留但不供选择，也不计数。"
    )
    source = models.CharField("数据来源", max_length=200, blank=True)
    as_at = models.DateField("数据截止", null=True, blank=True)
    position = models.PositiveIntegerField("顺序", default=0)

    objects = DivisionQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="区划变更记录", related_name="changes")

    class Meta:
        verbose_name = verbose_name_plural = "行政区划"
        ordering = ["position", "code"]
        indexes = [models.Index(fields=["parent", "level", "offered"], name="division_children")]
        constraints = [
            models.UniqueConstraint(
                fields=["gb2260"],
                condition=~Q(gb2260=""),
                name="division_gb2260_once",
                violation_error_message="国标代码已被其他区划使用。",
            )
        ]

    def __str__(self):
        return self.name


class KeyCountyDesignation(DatedModel):
    """That a county is a 国家乡村振兴重点帮扶县, by a document, from a day on: a fact of the county."""

    division = models.ForeignKey(Division, models.PROTECT, related_name="key_designations", verbose_name="县（市）")
    basis = models.CharField("依据", max_length=200)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "国家乡村振兴重点帮扶县"
        ordering = ["division", "valid_from"]
        constraints = [
            ends_after_start("keycounty_ends_after_start"),
            NoOverlap(
                name="keycounty_once_a_day",
                fields=["division"],
                violation_error_message="该县在这段时间内已列为重点帮扶县。",
            ),
        ]

    def __str__(self):
        return f"{self.division}（{self.valid_from} 起）"


class Organisation(DatedModel):
    """A body (单位), or a place standing as a body. Its names are dated; merger and split are a `successor`."""

    code = models.CharField(
        "编码", max_length=40, unique=True, help_text="小写字母、数字和连字符，全系统唯一，不随更名改变。"
    )
    kind = models.CharField("类别", max_length=24, choices=OrganisationKind)
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="organisations", verbose_name="所在区划"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级单位"
    )
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="承接单位"
    )
    position = models.PositiveIntegerField("顺序", default=0, help_text="公文附表中的顺序。")
    note = models.CharField("说明", max_length=300, blank=True)

    objects = OrganisationQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="单位变更记录", related_name="changes")

    # How a person's scope (zhuzun.access.scopes) reaches a body: by the body itself.
    SCOPE_FIELDS = {"body": ("pk",)}

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ["position", "code"]
        indexes = [models.Index(fields=["kind", "position"], name="organisation_kind")]
        constraints = [
            ends_after_start("organisation_ends_after_start"),
            models.UniqueConstraint(
                fields=["division"],
                condition=Q(kind__in=["city", "district", "county", "town", "village"]),
                name="organisation_one_per_place",
                violation_error_message="该区划已有对应的单位。",
            ),
        ]

    def __str__(self):
        names = sorted(self.names.all(), key=lambda row: row.valid_from)
        return names[-1].short if names else self.code

    def _name(self, day):
        return next((row for row in self.names.all() if row.holds_on(day)), None)

    def name_on(self, day) -> str:
        """The short name in use on `day`; prefetch `names` in lists."""
        row = self._name(day)
        return row.short if row else str(self)

    def full_name_on(self, day) -> str:
        """The full name in use on `day`, for titles and papers."""
        row = self._name(day)
        return row.full if row else str(self)

    def relation_on(self, day) -> str:
        """How the body stands to the bureau on `day` (行文关系); empty where nobody entered it."""
        return next((row.relation for row in self.relations.all() if row.holds_on(day)), "")

    def anchor(self, *kinds):
        """The body itself or the nearest one above it of one of `kinds`: 香洲区乡村振兴部门 → 香洲区."""
        body = self
        while body is not None and body.kind not in kinds:
            body = body.parent
        return body


class OrganisationName(DatedModel):
    """A dated name: a new name is the same body (横琴 2021-09), so that its pairings run on unbroken."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names", verbose_name="单位")
    short = models.CharField("简称", max_length=60)
    full = models.CharField("全称", max_length=100)
    basis = models.CharField("依据", max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位名称"
        ordering = ["organisation", "valid_from"]
        indexes = [models.Index(fields=["short"], name="name_short"), models.Index(fields=["full"], name="name_full")]
        constraints = [
            ends_after_start("name_ends_after_start"),
            NoOverlap(
                name="name_one_a_day",
                fields=["organisation"],
                violation_error_message="这段时间内该单位已有名称，请先填写原名称的截止日期。",
            ),
        ]

    def __str__(self):
        return self.short


class OrganisationAlias(models.Model):
    """Another spelling under which a body appears in papers and spreadsheets (市工业和信息局)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="aliases", verbose_name="单位")
    name = models.CharField("别称", max_length=100, db_index=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "单位别称"
        ordering = ["organisation", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="alias_once", violation_error_message="该别称已登记。"
            )
        ]

    def __str__(self):
        return self.name


class OrganisationRelation(DatedModel):
    """How a body stands to the bureau from a day on (横琴 is 不相隶属 since 2021-09)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="relations", verbose_name="单位")
    relation = models.CharField("与市乡村振兴局的关系", max_length=10, choices=Relation)
    basis = models.CharField("依据", max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "行文关系"
        ordering = ["organisation", "valid_from"]
        constraints = [
            ends_after_start("relation_ends_after_start"),
            NoOverlap(
                name="relation_one_a_day",
                fields=["organisation"],
                violation_error_message="这段时间内该单位已有行文关系，请先填写原关系的截止日期。",
            ),
        ]

    def __str__(self):
        return self.get_relation_display()


class OrganisationGroup(models.Model):
    """A collective name in papers, such as 各区, that expands to its members as at a date."""

    code = models.CharField("编码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=40)
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "单位分组"
        ordering = ["code"]

    def __str__(self):
        return self.name

    def members_on(self, day):
        """The bodies that the name stands for on `day`, in the annex's order."""
        return Organisation.objects.in_groups([self.code], day)


class GroupMembership(DatedModel):
    """That a body belongs to a group from a day on."""

    group = models.ForeignKey(OrganisationGroup, models.CASCADE, related_name="memberships", verbose_name="分组")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships", verbose_name="单位")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "分组成员"
        ordering = ["group", "organisation__position"]
        constraints = [
            ends_after_start("membership_ends_after_start"),
            NoOverlap(
                name="membership_once_a_day",
                fields=["group", "organisation"],
                violation_error_message="这段时间内该单位已在分组中。",
            ),
        ]

    def __str__(self):
        return f"{self.group} · {self.organisation}"


class Contact(DatedModel):
    """A 分管领导 or 联络员 of a body, from a day on, kept up by the body itself (¶14)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="contacts", verbose_name="单位")
    role = models.CharField("身份", max_length=10, choices=ContactRole)
    name = models.CharField("姓名", max_length=40)
    post = models.CharField("职务", max_length=60, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)

    objects = DatedQuerySet.as_manager()

    SCOPE_FIELDS = {"body": ("organisation",)}

    class Meta:
        verbose_name = verbose_name_plural = "联系人"
        ordering = ["organisation__position", "role", "valid_from"]
        constraints = [
            ends_after_start("contact_ends_after_start"),
            NoOverlap(
                name="contact_once_a_day",
                fields=["organisation", "role", "name"],
                violation_error_message="该联系人在这段时间内已登记。",
            ),
        ]

    def __str__(self):
        return f"{self.name}（{self.get_role_display()}）"
