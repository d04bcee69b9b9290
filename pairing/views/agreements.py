"""协作协议: the list, one of them, and what the bureau does with it."""

import django_tables2 as tables
from django.urls import reverse

from pairing import agreements
from pairing.agreement_forms import AddForm, ReviseForm, ScanForm, SignForm
from pairing.agreement_kinds import AGREEMENT, AgreementState
from pairing.models import Agreement
from zhuzun import clock
from zhuzun.audit.wording import history_of
from zhuzun.ui.badges import badge
from zhuzun.ui.formats import day
from zhuzun.ui.lists import ListPage
from zhuzun.ui.pages import DetailPage, FormPage, ObjectFormPage
from zhuzun.ui.tables import BadgeColumn, CodeColumn, DayColumn, Table

TONES = {
    AgreementState.DRAFT: ("草拟", "idle"),
    AgreementState.SIGNED: ("已签订", "good"),
    AgreementState.REVISED: ("已修订", "ended"),
}
EDIT = "pairing.edit_agreement"


def crumbs():
    """To the list."""
    return [("协作协议", reverse("pairing:agreements"))]


class AgreementTable(Table):
    """One line for each agreement."""

    year = tables.Column("年度")
    title = tables.Column("名称", linkify=True)
    level = tables.Column("层级")
    east = tables.Column("珠海方", orderable=False)
    west = tables.Column("遵义方", orderable=False)
    number = CodeColumn("编号（文号）")
    state = BadgeColumn("状态", accessor="state", words=TONES)
    signed_on = DayColumn("签订日期")
    caption = "协作协议"


class AgreementList(ListPage):
    """Every agreement."""

    permission, model = "pairing.view_agreement", Agreement
    title, unit = "协作协议", "份"
    table_class = AgreementTable
    empty_text, empty_hint = "还没有协作协议", "由市局经办登记；签订前年度目标暂按上年。"

    def rows(self):
        """With both sides."""
        return super().rows().for_list()

    def main_action(self):
        """登记协议."""
        return (self.request.user.decide(EDIT), "登记协议", reverse("pairing:agreement_add"), "plus")


class AddAgreement(FormPage):
    """A new agreement."""

    permission = EDIT
    title, submit_label, done_message = "登记协作协议", "登记", "已登记协议（草拟）。"

    def get_form(self, *args, **kwargs):
        """The bodies of today."""
        return AddForm(*args, day=clock.today(), initial={"year": clock.today().year}, **kwargs)

    def get_breadcrumbs(self):
        """Back to the list."""
        return crumbs()

    def perform(self, form):
        """One service call."""
        return agreements.add(actor=self.request.user, now=clock.now(), **form.cleaned_data)

    def done_url(self, result):
        """The agreement."""
        return result.get_absolute_url()


class AgreementPage(DetailPage):
    """One agreement with its scan, its history and what may be done."""

    model, permission = Agreement, "pairing.view_agreement"
    template_name = "pairing/agreement_detail.html"

    def get_breadcrumbs(self):
        """Back to the list."""
        return crumbs()

    def get_context_data(self, **kwargs):
        """Facts, steps, history."""
        one, user = self.object, self.request.user
        sign = AGREEMENT.why_not(one, "sign", actor=user, now=clock.now())
        facts = [
            ("层级", one.get_level_display()),
            ("珠海方", str(one.east)),
            ("遵义方", str(one.west)),
            ("年度", str(one.year)),
            ("编号（文号）", one.number),
            ("签订日期", day(one.signed_on)),
        ]
        return super().get_context_data(
            state=badge(*TONES[one.state]),
            facts=[fact for fact in facts if fact[1]],
            edit=user.decide(EDIT),
            sign=sign,
            history=history_of(one),
            sections=[found for maker in agreements.sections if (found := maker(one, user))],
            revision=Agreement.objects.visible_to(user).filter(revises=one).first(),
            **kwargs,
        )


class Act(ObjectFormPage):
    """Something done to one agreement."""

    model, permission = Agreement, EDIT

    def get_title(self):
        """What, and to which."""
        return f"{self.title}：{self.object}"

    def get_breadcrumbs(self):
        """Back to the agreement."""
        return [*crumbs(), (str(self.object), self.object.get_absolute_url())]

    def done_url(self, result):
        """Back to the agreement."""
        return self.object.get_absolute_url()


class AttachScan(Act):
    """上传协议扫描件."""

    title, submit_label, done_message = "上传协议扫描件", "上传", "已上传。"
    form_class = ScanForm

    def perform(self, form):
        """One service call."""
        file = form.cleaned_data["file"]
        facts = {"actor": self.request.user, "now": clock.now()}
        return agreements.attach_scan(self.object, data=file.read(), filename=file.name, **facts)


class SignAgreement(Act):
    """登记签订."""

    title, submit_label, done_message = "登记签订", "登记签订", "已登记签订，目标自此生效。"
    form_class = SignForm

    def perform(self, form):
        """One service call."""
        return agreements.sign(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)


class ReviseAgreement(Act):
    """登记修订协议."""

    title, submit_label, done_message = "登记修订协议", "登记", "已登记修订协议（草拟），签订后替代原协议。"
    form_class = ReviseForm

    def get_initial(self):
        """A title to begin with."""
        return {"title": f"{self.object.title}（修订）"[:120]}

    def perform(self, form):
        """One service call."""
        return agreements.revise(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)

    def done_url(self, result):
        """The revising agreement."""
        return result.get_absolute_url()
