"""People (users), the roles they hold, and the passwords they used before."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth import get_backends
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from zhuzun import clock
from zhuzun.accounts.roles import Role
from zhuzun.dated import DatedModel, DatedQuerySet, NoOverlap, ends_after_start, holds_on
from zhuzun.errors import Refused
from zhuzun.organisations.models import Organisation


@dataclass(frozen=True)
class Decision:
    """Whether a person may do a thing, and if not, the reason in Chinese to show beside the disabled button."""

    allowed: bool
    reason: str = ""

    def __bool__(self):
        return self.allowed

    def enforce(self):
        """What a service does with the answer: go on, or raise `Refused` with the reason."""
        if not self.allowed:
            raise Refused(self.reason)


ENDING_DAYS = 60  # an account that ends within so many days is 即将到期
UNUSED_DAYS = 90  # one that nobody signed in with for so many days is to be looked at (GB/T 22239: 多余账户)


class UserQuerySet(models.QuerySet):
    """People."""

    def visible_to(self, user):
        """All of them to those who keep accounts or the trail, none to anybody else."""
        return self if user.has_perm("accounts.view_user") else self.none()

    def active_on(self, day):
        """Those whose account works on `day`."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), is_active=True)

    def holding(self, *roles, day):
        """Those who hold one of `roles` on `day`."""
        return self.filter(holds_on(day, "assignments__"), assignments__role__in=roles).distinct()

    def with_posts(self, day):
        """Loads bodies with their names and, as `held_today`, the roles held on `day`."""
        held = RoleAssignment.objects.on(day).select_related("organisation").order_by("position", "pk")
        held = models.Prefetch("assignments", held.prefetch_related("organisation__names"), to_attr="held_today")
        return self.select_related("home").prefetch_related("home__names", held)

    def ended_on(self, day):
        """Those whose account does not work on `day` (已停用)."""
        return self.filter(Q(is_active=False) | Q(ends_on__lt=day))

    def ending_by(self, day, days=ENDING_DAYS):
        """Those whose account works and ends within `days` (即将到期)."""
        return self.active_on(day).filter(ends_on__lte=day + timedelta(days=days))

    def never_signed_in(self, day):
        """Those whose account works and was never used (从未登录)."""
        return self.active_on(day).filter(last_login__isnull=True)

    def unused_at(self, now, day, days=UNUSED_DAYS):
        """Those whose account works and was not used for `days`, counted from its opening if never (久未使用)."""
        used = Coalesce("last_login", "opened_at")
        return self.active_on(day).alias(used=used).filter(used__lt=now - timedelta(days=days))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Looks people up by user name; accounts are opened by `accounts.services.open_account` only."""


class User(AbstractBaseUser, PermissionsMixin):
    """A person. One home organisation, any number of dated roles; nobody is a Django superuser."""

    username = models.CharField(
        "用户名",
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9._-]*$", "用户名只用小写字母、数字、点、下划线和连字符。")],
        error_messages={"unique": "该用户名已被使用。"},
    )
    name = models.CharField("姓名", max_length=40)
    home = models.ForeignKey(Organisation, models.PROTECT, related_name="people", verbose_name="所在单位")
    phone = models.CharField("联系电话", max_length=40, blank=True)
    email = models.EmailField("邮箱", blank=True, help_text="用于接收未读通知的每日汇总。")
    is_active = models.BooleanField("启用", default=True)
    ends_on = models.DateField("账号截止日期", null=True, blank=True, help_text="最后一天，含当日；挂职期满自动停用。")
    must_change_password = models.BooleanField("须改密码", default=True)
    password_changed_at = models.DateTimeField("密码修改时间", null=True, blank=True)
    opened_at = models.DateTimeField("开户时间", null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name", "home"]

    class Meta:
        verbose_name = verbose_name_plural = "账号"
        ordering = ["home__position", "username"]
        constraints = [
            models.CheckConstraint(
                name="user_never_superuser",
                condition=Q(is_superuser=False),
                violation_error_message="本系统不设超级用户。",
            )
        ]

    def __str__(self):
        return self.name or self.username

    @property
    def is_staff(self):
        """Whether the admin site opens for him: asked of the policy table, never stored."""
        return self.is_authenticated and self.has_perm("admin.enter")

    def works_on(self, day) -> bool:
        """Whether the account may be used on `day`: the same rule as `active_on`."""
        return self.is_active and (self.ends_on is None or self.ends_on >= day)

    def roles_on(self, day):
        """The roles held on `day`, the identities he may choose from."""
        held = self.assignments.on(day).select_related("organisation__parent")
        return list(held.prefetch_related("organisation__names").order_by("position", "pk"))

    @property
    def acting(self):
        """The role in which the person acts now; the first he holds until he chose another."""
        if not hasattr(self, "_acting"):
            self._acting = next(iter(self.roles_on(clock.today())), None)
        return self._acting

    def act_as(self, assignment):
        """Act in the identity `assignment` from here on, in this request or job."""
        self._acting = assignment
        for cached in ("_decisions", "_guardian_perms_cache"):
            self.__dict__.pop(cached, None)
        return self

    def decide(self, name, obj=None) -> Decision:
        """May this person, in the identity he acts in, do `name` (to `obj`)? Answered by the policy table."""
        return next(backend for backend in get_backends() if hasattr(backend, "decide")).decide(self, name, obj)


class RoleAssignmentQuerySet(DatedQuerySet):
    """Roles of people."""

    def visible_to(self, user):
        """All of them to those who keep accounts or the trail, none to anybody else."""
        return self if user.has_perm("accounts.view_user") else self.none()


class RoleAssignment(DatedModel):
    """That a person holds a role at a body from a day on (任职), by whom given and why."""

    user = models.ForeignKey(User, models.CASCADE, related_name="assignments", verbose_name="人员")
    role = models.CharField("角色", max_length=20, choices=Role)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="role_assignments", verbose_name="任职单位"
    )
    scope = models.ManyToManyField(
        Organisation,
        blank=True,
        related_name="+",
        verbose_name="查阅范围",
        help_text="仅审计查阅使用：可查阅的区、县（市）。",
    )
    reason = models.CharField("依据", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("顺序", default=0)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "角色"
        ordering = ["user", "position", "pk"]
        indexes = [models.Index(fields=["role", "organisation"], name="assignment_holders")]
        constraints = [
            ends_after_start("assignment_ends_after_start"),
            NoOverlap(
                name="assignment_once_a_day",
                fields=["user", "role", "organisation"],
                violation_error_message="这段时间内该人员已在该单位担任此角色。",
            ),
        ]

    def __str__(self):
        return f"{self.organisation} · {self.get_role_display()}"


class FormerPassword(models.Model):
    """A password used before, hashed: the last five may not be used again (GB/T 22239)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="former_passwords")
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["-set_at"]

    def __str__(self):
        return f"{self.user} {self.set_at:%Y-%m-%d}"
