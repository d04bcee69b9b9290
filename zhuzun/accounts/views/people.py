"""People and their accounts: the security administrator's pages."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from zhuzun import clock
from zhuzun.accounts import forms, services, states
from zhuzun.accounts.filters import PeopleFilter
from zhuzun.accounts.models import RoleAssignment, User
from zhuzun.accounts.rules import decide_about
from zhuzun.accounts.tables import PeopleTable
from zhuzun.accounts.views.slips import SlipsMixin
from zhuzun.ui import badges, formats
from zhuzun.ui.lists import ListPage
from zhuzun.ui.pages import ConfirmPage, DetailPage, FormPage, ObjectFormPage

TITLE = "人员与账号"
OPEN, GIVE = "accounts.open_account", "accounts.give_role"


def list_url():
    """The list of people."""
    return reverse("accounts:people")


def person_url(user):
    """The page of a person."""
    return reverse("accounts:person", args=[user.pk])


class PeoplePage(ListPage):
    """All people with their roles and the state of their accounts."""

    title = TITLE
    permission = "accounts.view_user"
    model = User
    table_class = PeopleTable
    filterset_class = PeopleFilter
    template_name = "accounts/people.html"
    unit = "人"
    empty_text = "还没有账号"
    empty_hint = "可以导入花名册，或者逐个开户。"

    def setup(self, request, *args, **kwargs):
        """One moment for the whole page."""
        super().setup(request, *args, **kwargs)
        self.now, self.day = clock.now(), clock.today()

    def rows(self):
        """With names of bodies and the roles held today."""
        return super().rows().with_posts(self.day)

    def get_filterset(self):
        """The filters know the moment."""
        return PeopleFilter(self.request.GET, queryset=self.rows(), request=self.request, now=self.now, day=self.day)

    def get_table_kwargs(self):
        """All states at once."""
        return {"states": states.shown(super().rows(), now=self.now, day=self.day)}

    def main_action(self):
        """Opening an account."""
        return (self.request.user.decide(OPEN), "开户", reverse("accounts:open"), "user-plus")

    def get_context_data(self, **kwargs):
        """The two other ways to accounts."""
        return super().get_context_data(may_open=self.request.user.decide(OPEN), **kwargs)


class PersonPage(DetailPage):
    """One person: particulars, roles over time, what may be done, and his history."""

    model = User
    permission = "accounts.view_user"
    template_name = "accounts/person.html"

    def get_breadcrumbs(self):
        """Below the list."""
        return [(TITLE, list_url())]

    def get_context_data(self, **kwargs):
        """Facts, roles, and what the reader may do with the account (nobody with his own)."""
        now, today, user = clock.now(), clock.today(), self.object
        return super().get_context_data(
            state=badges.badge(*states.of(user, now=now, day=today)),
            facts=_facts(user),
            posts=_posts(user, today),
            works=user.works_on(today),
            history=(),  # two columns; the template asks the trail
            may_open=decide_about(self.request.user, OPEN, user),
            may_give=decide_about(self.request.user, GIVE, user),
            **kwargs,
        )


def _facts(user):
    return [
        ("用户名", user.username),
        ("所在单位", user.home),
        ("联系电话", user.phone),
        ("邮箱", user.email),
        ("账号截止日期", formats.long_day(user.ends_on) or "不限期"),
        ("开户时间", formats.moment(user.opened_at)),
        ("最近登录", formats.moment(user.last_login) or "从未登录"),
        ("密码", _password(user)),
    ]


def _password(user):
    if user.must_change_password:
        return "一次性密码，登录后须修改"
    changed = formats.day(user.password_changed_at)
    return f"本人于 {changed} 设置" if changed else "演示密码"


def _posts(user, day):
    """The roles from the newest on, each with the word for how it stands on `day`."""
    rows = user.assignments.select_related("organisation").prefetch_related("organisation__names", "scope__names")
    return [(row, *_standing(row, day)) for row in rows.order_by("-valid_from", "-pk")]


def _standing(row: RoleAssignment, day):
    if row.holds_on(day):
        return badges.badge("在任", "good"), True
    future = row.valid_from > day
    return badges.badge("未开始", "idle") if future else badges.badge("已结束", "ended"), future


class OpenAccount(SlipsMixin, FormPage):
    """A new account with its slip."""

    title = "开户"
    permission = OPEN
    form_class = forms.OpenAccountForm
    submit_label = "开户并生成密码条"

    def get_breadcrumbs(self):
        """Below the list."""
        return [(TITLE, list_url())]

    def perform(self, form):
        """Open the account, at once with a role if one was filled in."""
        data = form.cleaned_data
        slip = services.open_account(
            data["name"],
            data["home"],
            username=data["username"],
            phone=data["phone"],
            email=data["email"],
            ends_on=data["ends_on"],
            twin=data["twin"],
            post=form.post(),
            actor=self.request.user,
            now=clock.now(),
        )
        return [slip]


class ReissueSlips(SlipsMixin, FormPage):
    """New one-time passwords for people who never signed in, such as after a roster whose slips were lost."""

    title = "补发密码条"
    permission = OPEN
    template_name = "accounts/reissue.html"
    submit_label = "生成密码条"

    def get_breadcrumbs(self):
        """Below the list."""
        return [(TITLE, list_url())]

    def get_form(self, *args, **kwargs):
        """The people to choose from."""
        people = User.objects.visible_to(self.request.user).never_signed_in(clock.today())
        people = people.exclude(pk=self.request.user.pk).with_posts(clock.today())
        return forms.SlipsForm(*args, people=people, **kwargs)

    def perform(self, form):
        """Draw them."""
        return services.reset_passwords(form.cleaned_data["people"], actor=self.request.user, now=clock.now())


class PersonMixin:
    """A page that does something with one account: never with one's own."""

    model = User
    permission = OPEN

    @property
    def person(self):
        """Whose account it is."""
        return self.object

    def guard(self):
        """The permission, and another person."""
        super().guard()
        decision = decide_about(self.request.user, self.permission, self.person)
        if not decision:
            raise PermissionDenied(decision.reason)

    def get_breadcrumbs(self):
        """Below the person."""
        return [(TITLE, list_url()), (str(self.person), person_url(self.person))]

    def done_url(self, result):
        """Back to the person."""
        return person_url(self.person)


class CorrectAccount(PersonMixin, ObjectFormPage):
    """Particulars corrected."""

    title = "更正账号信息"
    form_class = forms.CorrectAccountForm

    def get_initial(self):
        """As they are."""
        user = self.object
        return {name: getattr(user, name) for name in ("name", "home", "phone", "email", "ends_on")}

    def perform(self, form):
        """Correct them."""
        return services.correct_account(self.object, **form.cleaned_data, actor=self.request.user, now=clock.now())


class ResetPassword(SlipsMixin, PersonMixin, ConfirmPage):
    """A new one-time password; also the way to unlock."""

    title = "重置密码"
    submit_label = "重置并生成密码条"
    danger = False
    consequences = [
        "生成新的一次性密码，只显示一次，请打印密码条当面交给本人；",
        "原密码立即失效，该账号已登录的设备全部退出，锁定同时解除；",
        "本人首次登录须修改密码。",
    ]

    @property
    def question(self):
        """Whose."""
        return f"重置 {self.object}（{self.object.username}）的密码？"

    def perform(self, form):
        """Draw it."""
        return [services.reset_password(self.object, actor=self.request.user, now=clock.now())]


class EndAccount(PersonMixin, ConfirmPage):
    """An account ended, now or on a day."""

    title = "停用账号"
    form_class = forms.EndAccountForm
    submit_label = "停用"
    done_message = "已办理停用。"
    consequences = ["立即停用的，已登录的设备在下一次操作时退出；", "账号和办理过的记录都保留，需要时可以重新启用。"]

    @property
    def question(self):
        """Whose."""
        return f"停用 {self.object}（{self.object.username}）的账号？"

    def perform(self, form):
        """End it."""
        return services.end_account(self.object, **form.cleaned_data, actor=self.request.user, now=clock.now())


class ReopenAccount(SlipsMixin, PersonMixin, ConfirmPage):
    """An ended account enabled again, with a new one-time password."""

    title = "启用账号"
    form_class = forms.ReopenAccountForm
    submit_label = "启用并生成密码条"
    danger = False
    consequences = ["生成新的一次性密码，首次登录须修改；", "原来的角色如仍在起止日期内，随即恢复。"]

    @property
    def question(self):
        """Whose."""
        return f"重新启用 {self.object}（{self.object.username}）的账号？"

    def perform(self, form):
        """Enable it."""
        return [services.reopen_account(self.object, **form.cleaned_data, actor=self.request.user, now=clock.now())]
