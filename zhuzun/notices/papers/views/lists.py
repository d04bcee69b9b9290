"""The 发文登记簿 and the issuing identities; the list of papers is `zhuzun.notices.incoming.views.lists`."""

from django.urls import reverse

from zhuzun import clock
from zhuzun.notices.papers.filters import RegisterFilters
from zhuzun.notices.papers.forms import IdentityForm
from zhuzun.notices.papers.models import IssuingIdentity, PaperNumber
from zhuzun.notices.papers.services import identities
from zhuzun.notices.papers.tables import RegisterTable
from zhuzun.ui.guards import require
from zhuzun.ui.lists import ListPage
from zhuzun.ui.pages import ObjectFormPage, Page

PAPERS = ("公文", "notices:papers")


def crumbs(*papers):
    """To the list, and to the paper itself."""
    return [(PAPERS[0], reverse(PAPERS[1])), *((str(one), one.get_absolute_url()) for one in papers)]


class Register(ListPage):
    """发文登记簿: every number, the voided ones included; prints and exports."""

    model, permission = PaperNumber, "notices.view_register"
    title, unit = "发文登记簿", "号"
    table_class, filterset_class = RegisterTable, RegisterFilters
    template_name = "notices/papers/register.html"
    empty_text = "还没有编号的公文"
    empty_hint = "公文签发、复核后由文秘登记编号，列入登记簿。"

    def rows(self):
        """With what a line needs."""
        return super().rows().for_list()

    def get_breadcrumbs(self):
        """Below the papers."""
        return crumbs()


class Identities(Page):
    """发文身份: under whose names papers go out, with their series."""

    permission = "notices.view_register"
    title = "发文身份"
    template_name = "notices/papers/identities.html"

    def get_breadcrumbs(self):
        """Below the papers."""
        return crumbs()

    def get_context_data(self, **kwargs):
        """All of them with their series."""
        rows = IssuingIdentity.objects.visible_to(self.request.user).named().select_related("printer")
        rows = rows.prefetch_related("series", "printer__names")
        return super().get_context_data(identities=rows, **kwargs)


class IdentityChange(ObjectFormPage):
    """One identity: its masthead, its series, which steps it joins."""

    model, permission = IssuingIdentity, "notices.edit_identity"
    lookup = "code"
    form_class = IdentityForm

    def visible(self):
        """They are no secret within the bureau."""
        return IssuingIdentity.objects.visible_to(self.request.user).named()

    def guard(self):
        """The permission first: whoever may not change them need not know them."""
        require(self.request.user, self.permission)
        super().guard()

    def get_title(self):
        """Whose."""
        return f"发文身份：{self.object}"

    def get_breadcrumbs(self):
        """Below the identities."""
        return [*crumbs(), ("发文身份", reverse("notices:identities"))]

    def get_initial(self):
        """As it stands."""
        one = self.object
        return {"masthead": one.masthead, "joining": one.joining, "signers": "\n".join(one.signers)}

    def get_form(self, *args, **kwargs):
        """With its series."""
        return IdentityForm(*args, initial=self.get_initial(), series=self.object.series.all(), **kwargs)

    def perform(self, form):
        """One service call."""
        facts = {name: form.cleaned_data[name] for name in ("masthead", "joining", "signers")}
        return identities.change(self.object, series=form.series(), actor=self.request.user, now=clock.now(), **facts)

    def done_url(self, result):
        """Back to all."""
        return reverse("notices:identities")
