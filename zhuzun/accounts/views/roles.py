"""Giving, correcting and ending the roles of a person."""

from zhuzun import clock
from zhuzun.accounts import forms, services
from zhuzun.accounts.models import RoleAssignment
from zhuzun.accounts.views.people import GIVE, PersonMixin
from zhuzun.ui import formats
from zhuzun.ui.pages import ConfirmPage, ObjectFormPage


class GiveRole(PersonMixin, ObjectFormPage):
    """A further role."""

    title = "授予角色"
    permission = GIVE
    form_class = forms.PostForm
    submit_label = "授予"
    done_message = "已授予角色。"

    def get_initial(self):
        """Mostly at his own body, from today."""
        return {"organisation": self.object.home, "valid_from": clock.today()}

    def perform(self, form):
        """Give it."""
        return services.give_role(self.object, form.post(), actor=self.request.user, now=clock.now())


class RoleMixin(PersonMixin):
    """A page about one role of a person."""

    model = RoleAssignment
    permission = GIVE

    @property
    def person(self):
        """Who holds it."""
        return self.object.user

    def told_of(self):
        """Roles are given and ended in the history of their holder."""
        return self.person


class CorrectRole(RoleMixin, ObjectFormPage):
    """First and last day corrected."""

    title = "更正起止日期"
    template_name = "accounts/role_correct.html"
    form_class = forms.CorrectRoleForm

    def get_initial(self):
        """As they are."""
        return {"valid_from": self.object.valid_from, "valid_to": self.object.valid_to}

    def perform(self, form):
        """Correct them."""
        return services.correct_role(self.object, **form.cleaned_data, actor=self.request.user, now=clock.now())


class EndRole(RoleMixin, ConfirmPage):
    """A role ended."""

    title = "终止角色"
    form_class = forms.EndRoleForm
    submit_label = "终止"
    done_message = "已办理终止。"
    consequences = ["过了最后一天即不能再以此身份办理；", "尚未开始的角色直接取消；", "以此身份办理过的记录不变。"]

    @property
    def question(self):
        """Which."""
        span = formats.span(self.object.valid_from, self.object.valid_to)
        return f"终止 {self.person} 的角色“{self.object}”（{span}）？"

    def get_initial(self):
        """Today, unless it has yet to begin or ends before."""
        today = clock.today()
        return {"last_day": min(self.object.valid_to or today, today)}

    def perform(self, form):
        """End it."""
        return services.end_role(self.object, **form.cleaned_data, actor=self.request.user, now=clock.now())
