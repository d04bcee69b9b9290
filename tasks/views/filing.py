"""Filling in a report: cells and texts as one types (or as a plain form), zeroes, carried figures, sections, files."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tasks.forms.filing import AssignForm, EvidenceForm, changes_from
from tasks.grid import build
from tasks.kinds import SectionKind
from tasks.models import ProgressReport
from tasks.panels.filing import counts
from tasks.services import evidence, filing
from tasks.views.report import ReportPage
from zhuzun import clock
from zhuzun.documents import viewers
from zhuzun.documents.forms import WithdrawForm
from zhuzun.errors import DomainError, Refused
from zhuzun.ui.formats import moment
from zhuzun.ui.guards import require
from zhuzun.ui.pages import ActionMixin, ConfirmPage, ObjectPage
from zhuzun.ui.params import whole_from

FILL = "tasks.fill_report"


def behalf(request) -> bool:
    """Whether somebody enters for the body (代录)."""
    return "1" in (request.POST.get("behalf"), request.GET.get("behalf"))


def address(report, request) -> str:
    """Back to the report, in the same way of working."""
    return report.get_absolute_url() + ("?behalf=1" if behalf(request) else "")


def wants_json(request) -> bool:
    """Whether the page's script asks, and not a person's browser."""
    return request.headers.get("Accept") == "application/json"


class Filling:
    """For pages of whoever may fill in the report, or enter for its body."""

    def guard(self):
        """404 for what he may not see, 403 with the reason for what he may not fill in."""
        super().guard()
        require(self.request.user, "tasks.enter_for" if behalf(self.request) else FILL, self.object)


class AsOneTypes(ReportPage):
    """What is saved as one types answers the script with JSON; without scripts it is a form and a page."""

    http_method_names = ("post",)
    permission = "tasks.view_report"

    def dispatch(self, request, *args, **kwargs):
        """The script learns that the session is over; a form is led to the sign-in page."""
        if wants_json(request) and not request.user.is_authenticated:
            return JsonResponse({"message": "登录已超时"}, status=401)
        return super().dispatch(request, *args, **kwargs)

    def refused(self, error):
        """Why nothing was saved."""
        if wants_json(self.request):
            return JsonResponse({"message": error.message}, status=403 if isinstance(error, Refused) else 409)
        if isinstance(error, Refused):
            raise PermissionDenied(error.message) from error
        messages.error(self.request, error.message)
        return HttpResponseRedirect(address(self.object, self.request))


class Cells(AsOneTypes):
    """The grid."""

    def post(self, request, *args, **kwargs):
        """Save what was touched."""
        now = clock.now()
        facts = {"actor": request.user, "now": now, "behalf": behalf(request)}
        try:
            outcomes = filing.save_cells(self.object, changes_from(request.POST), **facts)
        except DomainError as error:
            return self.refused(error)
        if wants_json(request):
            return JsonResponse(answer(self.object, outcomes, now))
        return self.as_page(outcomes, now)

    def as_page(self, outcomes, now):
        """Back to the report, or the report with what could not be saved still in its cells."""
        saved = sum(outcome.kind == filing.SAVED for outcome in outcomes)
        bad = [outcome for outcome in outcomes if not outcome.kept]
        if not bad:
            messages.success(self.request, f"已保存 {saved} 项（{moment(now)}）。" if saved else "没有改动。")
            return HttpResponseRedirect(address(self.object, self.request))
        messages.error(self.request, f"有 {len(bad)} 项没有保存，原因见各格；已保存 {saved} 项。")
        self.request.filing_outcomes = outcomes
        return self.render_to_response(self.get_context_data())


def answer(report, outcomes, now) -> dict:
    """What the script shows: each cell's fate and its new facts, sums, what is missing, findings."""
    kinds = {outcome.change.entry: outcome for outcome in outcomes}
    grid, numbers = build(report), counts(report)
    findings = [{"entry": one.entry, "tone": tone, "text": one.text} for tone, one in numbers["findings"]]
    return {
        "at": moment(now)[-5:],
        "cells": [_cell(cell, kinds.get(cell.entry.pk)) for cell in grid.cells()],
        "strangers": [outcome.message for outcome in outcomes if outcome.entry is None],
        "totals": {row.key: row.total for block in grid.blocks for row in block.rows},
        "missing": numbers["missing"],
        "lacking": numbers["lacking"],
        "fills": {"zeroes": len(filing.zeroes(report)), "carried": len(filing.carried(report))},
        "findings": findings,
        "state": report.get_state_display(),
    }


def _cell(cell, outcome) -> dict:
    return {
        "entry": cell.entry.pk,
        "kind": outcome.kind if outcome else "",
        "message": outcome.message if outcome else "",
        "seen": cell.seen,
        "typed": cell.typed,
        "reason": cell.reason,
        "note": cell.note,
        "sign": cell.sign,
        "quiet": cell.quiet,
        "findings": [f"{tone}：{text}" for tone, text in cell.findings],
    }


class SectionMixin:
    """For pages about one section of a report."""

    kind = ""

    def guard(self):
        """The section of a report that he may see."""
        super().guard()
        rows = self.object.sections.select_related("report", "narrative")
        rows = rows.filter(kind=self.kind) if self.kind else rows
        self.section = get_object_or_404(rows, pk=self.kwargs["section"])


class SaveText(SectionMixin, AsOneTypes):
    """A narrative section."""

    kind = SectionKind.NARRATIVE

    def post(self, request, *args, **kwargs):
        """Save its text."""
        now, posted = clock.now(), request.POST
        fields = {name: posted[name] for name in filing.TEXT_FIELDS if name in posted}
        fields["nothing"] = posted.get("nothing") == "1"
        version = whole_from(posted, "version", -1)
        facts = {"actor": request.user, "now": now, "behalf": behalf(request)}
        try:
            text = filing.save_text(self.section, fields, version=version, **facts)
        except DomainError as error:
            return self.refused(error)
        if wants_json(request):
            return JsonResponse({"at": moment(now)[-5:], "version": text.version})
        messages.success(request, f"“{self.section}”已保存（{moment(now)}）。")
        return HttpResponseRedirect(address(self.object, request))

    def refused(self, error):
        """Without scripts the text comes back with the reason, so that nothing is lost."""
        if wants_json(self.request) or isinstance(error, Refused):
            return super().refused(error)
        messages.error(self.request, error.message)
        self.request.filing_typed = {self.section.pk: self.request.POST}
        return self.render_to_response(self.get_context_data())


class ReportAct(Filling, ConfirmPage):
    """A question about a report that leads back to it."""

    model = ProgressReport
    permission = "tasks.view_report"
    danger = False

    def get_breadcrumbs(self):
        """Below the report."""
        return [(str(self.object), address(self.object, self.request))]

    def done_url(self, result):
        """Back to the report."""
        return address(self.object, self.request)

    def facts(self) -> dict:
        """Who, when, and whether for another."""
        return {"actor": self.request.user, "now": clock.now(), "behalf": behalf(self.request)}


class FillIn(ReportAct):
    """Many empty cells by one act, after they were shown."""

    template_name = "tasks/report_fill_in.html"
    nothing = "没有需要填入的数据。"

    def get(self, request, *args, **kwargs):
        """The cells, or back to the report where there are none."""
        if not type(self).choose(self.object):
            messages.info(request, self.nothing)
            return HttpResponseRedirect(self.done_url(None))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """The cells, and how many they are."""
        chosen = type(self).choose(self.object)
        lines = [(entry, filing.written(value, entry.item)) for entry, value in chosen]
        return super().get_context_data(lines=lines, behalf=behalf(self.request), **kwargs)

    def perform(self, form):
        """Only where the number is the one that was shown."""
        seen = whole_from(self.request.POST, "count", -1)
        return type(self).act(self.object, seen=seen, **self.facts())


class ZeroAll(FillIn):
    """确认为零."""

    title, submit_label, done_message = "未填数据确认为零", "确认为零", "已确认为零。"
    question = "下列未填的数据，本期确实没有发生吗？"
    consequences = ["本年累计数保持上期数不变，本期为 0；期末数上期不为零的不在其内，请沿用或逐项填写。"]
    nothing = "没有可确认为零的数据：都已填写，或上期期末数不为零，须沿用或逐项填写。"
    choose, act = staticmethod(filing.zeroes), staticmethod(filing.zero_all)


class CarryOver(FillIn):
    """沿用上期期末数."""

    title, submit_label, done_message = "沿用上期期末数", "沿用", "已沿用上期期末数。"
    question = "下列期末数与上期相同吗？"
    consequences = ["只填入尚未填写的期末数，填入后仍可修改。"]
    nothing = "没有可沿用的期末数：都已填写，或上期没有数。"
    choose, act = staticmethod(filing.carried), staticmethod(filing.carry_over)


class Assign(SectionMixin, ActionMixin, ObjectPage):
    """A section handed to a colleague."""

    model, permission = ProgressReport, FILL
    title, submit_label, done_message = "分工", "保存", "已保存分工。"

    def get_breadcrumbs(self):
        """Below the report."""
        return [(str(self.object), self.object.get_absolute_url())]

    def get_initial(self):
        """As it stands."""
        return {"person": self.section.assignee_id, "until": self.section.assigned_until}

    def get_form(self, *args, **kwargs):
        """With the colleagues to choose from."""
        people = filing.colleagues(self.object, now=clock.now())
        return AssignForm(*args, initial=self.get_initial(), colleagues=people, **kwargs)

    def perform(self, form):
        """Hand it over."""
        return filing.assign(self.section, actor=self.request.user, now=clock.now(), **form.cleaned_data)

    def done_url(self, result):
        """Back to the report."""
        return self.object.get_absolute_url()

    def get_context_data(self, **kwargs):
        """Named after the section."""
        return super().get_context_data(**kwargs) | {"title": f"分工：{self.section}"}


class SectionAct(SectionMixin, ObjectPage):
    """A button at a section."""

    model, permission = ProgressReport, FILL
    http_method_names = ("post",)

    def post(self, request, *args, **kwargs):
        """Do it, and back to the report."""
        try:
            self.perform()
        except DomainError as error:
            messages.error(request, error.message)
        return HttpResponseRedirect(self.object.get_absolute_url())


class Tick(SectionAct):
    """已填好, or not."""

    def perform(self):
        """As the button says."""
        done = self.request.POST.get("done") == "1"
        return filing.tick(self.section, done=done, actor=self.request.user, now=clock.now())


class Unlock(SectionAct):
    """Open a section that was not sent back."""

    def perform(self):
        """Open it."""
        return filing.unlock(self.section, actor=self.request.user, now=clock.now())


class AddEvidence(Filling, ActionMixin, ObjectPage):
    """佐证材料."""

    model, permission = ProgressReport, "tasks.view_report"
    title, submit_label, done_message = "上传佐证材料", "上传", "已上传。"
    form_class = EvidenceForm

    def get_breadcrumbs(self):
        """Below the report."""
        return [(str(self.object), address(self.object, self.request))]

    def perform(self, form):
        """Hang it there."""
        file = form.cleaned_data["file"]
        facts = {"actor": self.request.user, "now": clock.now(), "behalf": behalf(self.request)}
        return evidence.add_evidence(self.object, file.read(), file.name, note=form.cleaned_data["note"], **facts)

    def done_url(self, result):
        """Back to the report."""
        return address(self.object, self.request)


class WithdrawEvidence(ConfirmPage):
    """A file taken down."""

    title, submit_label, done_message = "撤下佐证材料", "撤下", "已撤下。"
    permission = None
    form_class = WithdrawForm

    def guard(self):
        """The file of a report that he may fill in."""
        self.object = viewers.find(self.request.user, self.kwargs["pk"])
        if self.object is None or not isinstance(self.object.subject, ProgressReport):
            raise Http404
        require(self.request.user, FILL, self.object.subject)

    @property
    def question(self):
        """Which one."""
        return f"撤下“{self.object}”吗？"

    def get_breadcrumbs(self):
        """Below the report."""
        return [(str(self.object.subject), self.object.subject.get_absolute_url())]

    def perform(self, form):
        """Take it down."""
        return evidence.withdraw_evidence(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)

    def done_url(self, result):
        """Back to the report."""
        return reverse("tasks:report", args=[self.object.object_id])
