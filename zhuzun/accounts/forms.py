"""What people type on the pages of accounts."""

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm

from zhuzun.accounts import passwords, usernames
from zhuzun.accounts.fields import BodiesField, BodyField
from zhuzun.accounts.roles import Role
from zhuzun.accounts.rules import Post
from zhuzun.ui.forms import DayField, Form, ReasonField, dress

REASON = "授权依据"
LONGEST_TYPED = 100  # no user name is so long, and no record of a failed try need hold more


class SignInForm(AuthenticationForm):
    """User name and password. What is wrong is not told apart, so that nobody learns which names exist."""

    error_messages = {
        "invalid_login": "用户名或密码不正确，请重新输入。连续输错 5 次，账号将锁定 30 分钟。",
        "inactive": "用户名或密码不正确，请重新输入。",
    }

    def __init__(self, *args, **kwargs):
        kwargs["label_suffix"] = ""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)
        if self.is_bound:  # the summary of errors takes the focus
            self.fields["username"].widget.attrs.pop("autofocus", None)

    def clean_username(self):
        """User names have small letters only; a phone's keyboard likes to begin with a capital one."""
        return self.cleaned_data["username"].strip().lower()[:LONGEST_TYPED]


class PasswordForm(Form):
    """A new password, proved with the old one; a wrong old one counts as a failed sign-in."""

    old = forms.CharField(label="原密码", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    new = forms.CharField(
        label="新密码",
        help_text=passwords.HELP,
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="再输一次新密码",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old(self):
        """Prove it as at sign-in, with the same lock after five failures."""
        if authenticate(self.request, username=self.request.user.username, password=self.cleaned_data["old"]) is None:
            raise forms.ValidationError("原密码不正确，请重新输入。")
        return self.cleaned_data["old"]

    def clean(self):
        """Typed twice alike."""
        new, again = self.cleaned_data.get("new"), self.cleaned_data.get("again")
        if new and again and new != again:
            self.add_error("again", "两次输入的新密码不一致，请重新输入。")
        return self.cleaned_data


class AccountForm(Form):
    """An account's particulars."""

    name = forms.CharField(label="姓名", max_length=40)
    home = BodyField(label="所在单位")
    phone = forms.CharField(label="联系电话", max_length=40, required=False)
    email = forms.EmailField(
        label="邮箱", required=False, help_text="配置了邮件服务器时，每天至多收到一封未读通知汇总。"
    )
    ends_on = DayField(label="账号截止日期", required=False, help_text="最后一天，含当日，如挂职期满日；不限期的留空。")


class CorrectAccountForm(AccountForm):
    """The particulars corrected."""

    reason = ReasonField(label="更正原因")


class PostForm(Form):
    """A role at a body."""

    role = forms.ChoiceField(label="角色", choices=[("", "请选择"), *Role.choices])
    organisation = BodyField(label="任职单位")
    valid_from = DayField(label="起始日期")
    valid_to = DayField(label="截止日期", required=False, help_text="最后一天，含当日；留空表示长期。")
    scope = BodiesField(
        label="查阅范围",
        required=False,
        help_text=f"仅“{Role.INSPECTOR.label}”填写：可查阅的区、县（市），用顿号分开。",
    )
    basis = forms.CharField(label=REASON, max_length=200, required=False, help_text="如任职文件、挂职通知。")

    def post(self) -> Post | None:
        """The post that was filled in."""
        data = self.cleaned_data
        if not data["role"]:
            return None
        return Post(
            data["role"],
            data["organisation"] or data.get("home"),
            data["valid_from"],
            data["valid_to"],
            tuple(data["scope"]),
            data["basis"],
        )


class OpenAccountForm(PostForm, AccountForm):
    """A new account, at once with its first role if one is filled in."""

    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]*$",
        label="用户名",
        max_length=40,
        required=False,
        help_text=usernames.RULE,
        error_messages={"invalid": "用户名只用小写字母、数字、点、下划线和连字符。"},
    )
    twin = forms.BooleanField(label="同名的另一人（该单位已有同名账号时勾选）", required=False)

    field_order = [
        *("name", "home", "phone", "email", "username", "ends_on", "twin"),
        *("role", "organisation", "valid_from", "valid_to", "scope", "basis"),
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("role", "organisation", "valid_from"):
            self.fields[name].required = False
        self.fields["role"].help_text = "可先开户，以后再授予角色。"
        self.fields["organisation"].help_text = "留空即所在单位。"

    def clean(self):
        """A role has a first day."""
        data = self.cleaned_data
        if data.get("role") and "valid_from" in data and not data["valid_from"]:
            self.add_error("valid_from", "授予角色须填写起始日期。")
        return data


class CorrectRoleForm(Form):
    """The span of a role corrected."""

    valid_from = DayField(label="起始日期")
    valid_to = DayField(label="截止日期", required=False, help_text="最后一天，含当日；留空表示长期。")
    reason = ReasonField(label="更正原因")


class EndRoleForm(Form):
    """The end of a role."""

    last_day = DayField(label="最后一天", help_text="含当日。")
    reason = ReasonField(label="终止原因")


class EndAccountForm(Form):
    """The end of an account."""

    last_day = DayField(label="最后一天", required=False, help_text="含当日；留空表示立即停用。")
    reason = ReasonField(label="停用原因")


class ReopenAccountForm(Form):
    """An ended account enabled again."""

    ends_on = DayField(label="账号截止日期", required=False, help_text="最后一天，含当日；不限期的留空。")
    reason = ReasonField(label="启用原因")


class SlipsForm(Form):
    """People who never signed in and are to get new slips."""

    people = forms.ModelMultipleChoiceField(
        label="从未登录的人员",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "所选人员中有人已登录或已停用，请刷新后重选。",
        },
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people
        self.fields["people"].label_from_instance = lambda user: f"{user.name}（{user.home}，{user.username}）"
