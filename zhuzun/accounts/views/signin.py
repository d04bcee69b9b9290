"""Signing in and out, one's own password, the identity one acts in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from zhuzun import clock
from zhuzun.accounts import limits, services
from zhuzun.accounts.forms import PasswordForm, SignInForm
from zhuzun.accounts.models import User
from zhuzun.errors import DomainError
from zhuzun.ui.pages import FormPage, Page


class SignIn(LoginView):
    """The one plain form; says why the last session ended, and in a demonstration who may sign in."""

    template_name = "accounts/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        """`why` for a session that ended; the demonstration's accounts."""
        return super().get_context_data(
            title="登录",
            why=limits.sentence(self.request.session.pop(limits.WHY, "")),
            accounts=demonstration_accounts(clock.today()) if settings.DEMO else [],
            demo_password=settings.DEMO_PASSWORD if settings.DEMO else "",
            **kwargs,
        )


def demonstration_accounts(day):
    """Accounts that were opened with the demonstration's password and have it still, with the roles held on `day`."""
    known = User.objects.active_on(day).filter(must_change_password=False, password_changed_at__isnull=True)
    return known.with_posts(day).order_by("pk")


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class ChangePassword(FormPage):
    """One's own password; whoever signed in with a one-time password sees no other page before."""

    title = "修改密码"
    permission = None
    template_name = "accounts/password.html"
    form_class = PasswordForm
    submit_label = "修改密码"
    done_message = "密码已修改，其他设备上的登录已退出。"

    def get_form(self, *args, **kwargs):
        """The form proves the old password against the request."""
        return self.form_class(*args, request=self.request, **kwargs)

    def perform(self, form):
        """Change it, and keep this session alone."""
        user = self.request.user
        changed = services.change_password(user, form.cleaned_data["new"], actor=user, now=clock.now())
        update_session_auth_hash(self.request, changed)

    def done_url(self, result):
        """To the workbench."""
        return "/"


class ChooseIdentity(Page):
    """The roles one holds today; one acts in one of them."""

    title = "切换身份"
    permission = None
    template_name = "accounts/identity.html"

    def post(self, request):
        """Choose; then to the workbench, because the page one came from may not be open to the new identity."""
        try:
            held = services.choose_identity(
                request.user, request.session, request.POST.get("identity", ""), actor=request.user, now=clock.now()
            )
        except DomainError as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(reverse("accounts:identity"))
        messages.success(request, f"当前身份已切换为：{held}。")
        return HttpResponseRedirect("/")
