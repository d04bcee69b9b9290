"""核对: the sheets of a county, the sheet itself, disputes and what the bureau decides."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tasks import checking
from tasks.filters.checks import CheckFilters, DisputeFilters
from tasks.forms.checks import CheckForm, ConfirmAllForm, SettleForm
from tasks.models import CheckSheet, FigureCheck
from tasks.services import checks
from tasks.tables.checks import CheckTable, DisputeTable
from zhuzun import clock
from zhuzun.audit.wording import history_of
from zhuzun.documents.forms import AttachmentForm, WithdrawForm
from zhuzun.documents.models import Attachment
from zhuzun.errors import DomainError
from zhuzun.ui.formats import long_day
from zhuzun.ui.lists import ListPage
from zhuzun.ui.pages import ActionMixin, ObjectPage

LIST, DISPUTES = ("数据核对", "tasks:checks"), ("异议裁定", "tasks:disputes")


class CheckList(ListPage):
    """The sheets one may see: a county its own, those that wait for it first."""

    model, permission = CheckSheet, "tasks.view_check"
    title, unit = "数据核对", "份"
    table_class, filterset_class = CheckTable, CheckFilters
    empty_text = "没有需要核对的数据"
    empty_hint = "填报单位报送后，需要县（市）核对的数据会列在这里。"

    def rows(self):
        """With names and how many lines are spoken of."""
        return super().rows().for_list().with_frozen().with_counts()

    def get_table_kwargs(self):
        """The names of today."""
        return {"day": clock.today()}


class SheetPage(ObjectPage):
    """A page about one sheet."""

    model, permission = CheckSheet, "tasks.view_check"

    def visible(self):
        """With the bodies' names."""
        return super().visible().for_list()

    def get_breadcrumbs(self):
        """Below the list."""
        return [(LIST[0], reverse(LIST[1]))]

    def require_way(self):
        """403 with the reason for whoever only reads."""
        way = checking.way_of(self.object, self.request.user)
        if not way.open:
            raise PermissionDenied(way.reason)


class CheckPage(SheetPage):
    """The sheet: every figure with what it stood at before, and what the county says of it."""

    template_name = "tasks/check_detail.html"

    def get(self, request, *args, **kwargs):
        """The sheet as it stands."""
        lines = checking.lines_of(self.object)
        return self.render_to_response(self.get_context_data(form=CheckForm(lines=lines), lines=lines))

    def post(self, request, *args, **kwargs):
        """Keep what was said, all or none; what was typed stays on the page."""
        self.require_way()
        lines = checking.lines_of(self.object)
        form = CheckForm(request.POST, lines=lines)
        if form.is_valid():
            try:
                checks.answer(self.object, form.answers, actor=request.user, now=clock.now())
            except DomainError as error:
                form.refuse(error)
            else:
                messages.success(request, "核对结果已保存。")
                return HttpResponseRedirect(self.object.get_absolute_url())
        return self.render_to_response(self.get_context_data(form=form, lines=lines))

    def get_context_data(self, *, form, lines, **kwargs):
        """What may be done now, and the facts."""
        sheet, user = self.object, self.request.user
        way, barred = checking.way_of(sheet, user), checking.barred(sheet)
        fields = form.rows() if way.open and not barred else {}
        return super().get_context_data(
            form=form,
            rows=[(line, fields.get(line.check.pk)) for line in lines],
            facts=self.facts(lines),
            way=way,
            barred=barred if way.open else "",
            may_save=bool(fields) and (way.own or checks.has_signed_sheet(sheet)),
            waiting=sum(line.waits for line in lines),
            history=history_of(sheet),
            **kwargs,
        )

    def facts(self, lines):
        """Who asks whom, until when, and how far it is; silence is said as it is."""
        sheet, day = self.object, clock.today()
        states = [line.check.get_state_display() for line in lines]
        found = "，".join(f"{word} {states.count(word)} 项" for word in dict.fromkeys(states))
        return [
            ("填报单位", sheet.report.filer.name_on(day)),
            ("核对单位", sheet.county.name_on(day)),
            ("核对时间", f"请于{long_day(sheet.due_on)}前核对"),
            ("核对情况", found),
            *([("标记", "代录（附签章件）")] if sheet.on_behalf else []),
        ]


class SheetAction(ActionMixin, SheetPage):
    """Something a person does to one sheet, in one of the two ways of answering.

    Whoever comes second is told by the versions of the lines: the page's own mark of a record would hold the sheet's
    row before its report's.
    """

    def guard(self):
        """Whoever may answer on it."""
        super().guard()
        self.require_way()

    def get_breadcrumbs(self):
        """Below the sheet."""
        return [*super().get_breadcrumbs(), (str(self.object), self.object.get_absolute_url())]

    def done_url(self, result):
        """Back to the sheet."""
        return self.object.get_absolute_url()


class ConfirmAll(SheetAction):
    """全部核对无误, after showing how many."""

    title, submit_label, done_message = "全部核对无误", "全部核对无误", "已全部核对无误。"
    template_name = "tasks/check_all.html"
    form_class = ConfirmAllForm

    def get_initial(self):
        """Exactly the lines that are shown."""
        return {"mark": checking.mark_of(checking.waiting(self.object))}

    def perform(self, form):
        """One service call."""
        mark = form.cleaned_data["mark"]
        return checks.confirm_all(self.object, mark=mark, actor=self.request.user, now=clock.now())

    def get_context_data(self, *, form, **kwargs):
        """What waits; after a refusal the page shows what is true now and asks about that."""
        fresh = self.form_class(initial=self.get_initial())
        waiting = [line for line in checking.lines_of(self.object) if line.waits]
        return super().get_context_data(
            form=fresh, refused=[*form.non_field_errors(), *form["mark"].errors], waiting=waiting, **kwargs
        )


class AttachSheet(SheetAction):
    """The county's signed and sealed sheet, before its answers are entered."""

    title, submit_label, done_message = "上传签章件", "上传", "签章件已上传。"
    form_class = AttachmentForm

    def perform(self, form):
        """One service call."""
        file = form.cleaned_data["file"]
        facts = {"actor": self.request.user, "now": clock.now()}
        return checks.attach_sheet(self.object, data=file.read(), filename=file.name, **facts)


class WithdrawSheet(SheetAction):
    """A wrong scan taken down."""

    title, submit_label, done_message = "撤下签章件", "撤下", "已撤下。"
    form_class = WithdrawForm

    def guard(self):
        """The sheet on which the file hangs."""
        self.attachment = get_object_or_404(Attachment, pk=self.kwargs["sheet"])
        sheets = {str(row.pk): row for row in self.visible() if row.pk == self.attachment_sheet()}
        self.kwargs["pk"] = next(iter(sheets), 0)
        super().guard()

    def attachment_sheet(self):
        """The key of its sheet; 0 where it hangs elsewhere."""
        on_sheet = self.attachment.object_type.model_class() is CheckSheet
        return int(self.attachment.object_id) if on_sheet else 0

    def perform(self, form):
        """One service call."""
        facts = {"reason": form.cleaned_data["reason"], "actor": self.request.user, "now": clock.now()}
        return checks.withdraw_sheet(self.object, self.attachment, **facts)


# --- disputes ---------------------------------------------------------------------------------------------------------
def _loaded(rows):
    return rows.select_related(
        "entry__item", "entry__period", "sheet__county", "sheet__report__filer", "by", "settled_by"
    ).prefetch_related("sheet__county__names", "sheet__report__filer__names")


class DisputeList(ListPage):
    """Figures that a county disputes, for the bureau."""

    permission = "tasks.settle_dispute"
    title, unit = "异议裁定", "项"
    table_class, filterset_class = DisputeTable, DisputeFilters
    empty_text = "没有有异议的数据"
    empty_hint = "县（市）对填报数据有异议时列在这里；裁定前不计入汇总。"

    def rows(self):
        """The waiting ones first."""
        return _loaded(checking.disputes(self.request.user)).order_by("state", "-at")

    def get_table_kwargs(self):
        """The names of today."""
        return {"day": clock.today()}


class SettlePage(ActionMixin, ObjectPage):
    """裁定: both figures, the reason, the working group's opinion, and the bureau's decision."""

    model, permission = FigureCheck, None  # asked with the sheet, see guard
    title, submit_label, done_message = "裁定异议", "裁定", "已裁定，双方可在核对单上看到。"
    template_name = "tasks/dispute.html"

    def guard(self):
        """A dispute on a sheet that the person sees, for whoever settles."""
        super().guard()
        decision = self.request.user.decide(checks.SETTLE, self.object.sheet)
        if not decision.allowed:
            raise PermissionDenied(decision.reason)
        self.line = next(line for line in checking.lines_of(self.object.sheet) if line.check.pk == self.object.pk)

    def visible(self):
        """Disputed lines, settled or not."""
        return _loaded(checking.disputes(self.request.user))

    def get_breadcrumbs(self):
        """Below the list."""
        return [(DISPUTES[0], reverse(DISPUTES[1]))]

    def get_initial(self):
        """The version that is shown."""
        return {"version": self.object.version}

    def get_form(self, *args, **kwargs):
        """The form knows both figures."""
        return SettleForm(*args, line=self.line, initial=self.get_initial())

    def perform(self, form):
        """One service call."""
        said = {name: form.cleaned_data[name] for name in ("value", "reason", "version")}
        return checks.settle(self.object, actor=self.request.user, now=clock.now(), **said)

    def done_url(self, result):
        """Back to the list of what waits."""
        return f"{reverse('tasks:disputes')}?state=waiting"

    def get_context_data(self, **kwargs):
        """Both sides, and the group's words on this county."""
        sheet = self.object.sheet
        opinions = sheet.report.opinions.filter(county=sheet.county).select_related("by", "round")
        return super().get_context_data(
            line=self.line,
            sheet=sheet,
            opinions=opinions,
            why_not=checks.why_not_settle(self.object, actor=self.request.user),
            **kwargs,
        )
