"""The one authentication backend: passwords, and every permission question, answered from the policy table."""

from functools import cache

from django.contrib.auth.backends import ModelBackend

from zhuzun import clock
from zhuzun.access.policy import PERMISSIONS, permission, scope_for
from zhuzun.access.scopes import granted, reaches
from zhuzun.accounts.models import Decision
from zhuzun.accounts.roles import Role

YES = Decision(True)


class PolicyBackend(ModelBackend):
    """Signs people in and decides what they may do. Django's groups and per-user permissions are not used."""

    def user_can_authenticate(self, user):
        """An account that is disabled or has reached its last day cannot sign in, and its sessions are dead."""
        return user.works_on(clock.today())

    def decide(self, user, name, obj=None) -> Decision:
        """May `user`, in the identity he acts in, do `name` (to `obj`)? With the reason if not."""
        declared = permission(name)
        if not user.is_authenticated or not _works_today(user):
            return Decision(False, "请先登录。")
        if declared.never:
            return Decision(False, declared.never)
        assignment = user.acting
        scope = scope_for(name, assignment)
        if scope is not None and (obj is None or reaches(assignment, scope, obj)):
            return YES
        if obj is not None and granted(user, name, obj):
            return YES
        return Decision(False, _why_not(name, assignment and assignment.role, scope))

    def has_perm(self, user_obj, perm, obj=None):
        return self.decide(user_obj, perm, obj).allowed

    def has_module_perms(self, user_obj, app_label):
        names = (name for name in PERMISSIONS if name.startswith(f"{app_label}."))
        return any(self.has_perm(user_obj, name) for name in names)

    def get_all_permissions(self, user_obj, obj=None):
        return {name for name in PERMISSIONS if self.has_perm(user_obj, name, obj)}


def _works_today(user) -> bool:
    """The clock is read only for an account that has a last day: a page asks forty times."""
    return user.is_active if user.ends_on is None else user.works_on(clock.today())


@cache
def _why_not(name, role, scope) -> str:
    declared = permission(name)
    if role is None:
        return "您目前没有有效的角色，请联系安全管理员。"
    if scope is not None:
        return f"“{declared.label}”限于{scope.label}，这条记录不在您的范围内。"
    who = "、".join(role.label for role in declared.roles)
    return f"“{declared.label}”由{who}办理，您当前的身份是{Role(role).label}。"
