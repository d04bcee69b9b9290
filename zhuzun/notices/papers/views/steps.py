"""The steps of a paper: one page with the form that the step wants."""

from django.http import Http404
from django.urls import reverse

from zhuzun import clock
from zhuzun.notices.papers import cautions, forms
from zhuzun.notices.papers.kinds import Part
from zhuzun.notices.papers.models import Paper
from zhuzun.notices.papers.services import chain, serving
from zhuzun.notices.papers.views.lists import crumbs
from zhuzun.notices.papers.workflow import PAPER
from zhuzun.ui.pages import ObjectFormPage
from zhuzun.workflow import pages


def _end(name):
    return lambda paper, **facts: chain.end(paper, name, **facts)


# step → (form, service); steps that are not named take a word and nothing else
TAKE = {
    "submit": (forms.StepForm, chain.submit),
    "recall": (forms.StepForm, chain.recall),
    "check": (forms.StepForm, chain.check),
    "cosigned": (forms.StepForm, chain.cosigned),
    "sign": (forms.StepForm, chain.sign),
    "sign_outside": (forms.OutsideForm, chain.sign_outside),
    **dict.fromkeys(chain.RETURNS.values(), (forms.ReasonedForm, chain.give_back)),
    "review": (forms.StepForm, chain.review),
    "number": (forms.NumberForm, chain.number),
    "print": (forms.PrintForm, chain.mark_printed),
    "issue": (forms.StepForm, serving.issue),
    "file": (forms.FileForm, chain.file_away),
    "discard": (forms.ReasonedForm, chain.void),
    "void": (forms.ReasonedForm, chain.void),
    "revoke": (forms.EndForm, _end("revoke")),
    "repeal": (forms.EndForm, _end("repeal")),
}
FOLLOWS = {
    "submit": ["送科室负责人核稿；核稿前可以撤回修改。"],
    "sign": ["成文日期为今天；签发后由文秘复核、编号、印发。"],
    "sign_outside": ["成文日期为签发日期；签批件扫描件留存，收文单位看不到。"],
    "number": ["编号后不再更改；作废的号留存，不再使用。"],
    "print": ["印发日期印在版记上。"],
    "issue": ["送达主送、抄送各单位，在其收件箱中通知签收；没有账号的单位请随后登记线下送达。"],
    "discard": ["草稿作废后不能恢复，记录保留。"],
    "void": ["已编的号留存并注明作废，不再使用。"],
    "revoke": ["自始无效；通知所有收文单位，公文页面注明“已撤销”。"],
    "repeal": ["自今天起失效；通知所有收文单位，公文页面注明“已废止”。"],
}
MOST_NAMED = 8  # in the question before a step
MINDED = ("submit", "check", "cosigned", "sign", "sign_outside", "review")  # before which the cautions are read
DANGER = ("discard", "void", "revoke", "repeal")


class StepPage(pages.StepPage):
    """One step, by whoever may take it with this paper."""

    model, permission, workflow = Paper, "notices.view_paper", PAPER

    def visible(self):
        """With what the page shows."""
        return super().visible().for_page()

    def guard(self):
        """What has a page: of the two ways on from 核稿 only one."""
        if self.kwargs["step"] not in TAKE:
            raise Http404
        super().guard()

    @property
    def submit_label(self):
        """核稿 is one act, whether 会签 follows or not."""
        return "核稿同意" if self.step.name == "check" else self.step.label

    @property
    def done_message(self):
        """That it is done; of a number, which."""
        number = self.object.numbers.standing().first() if self.step.name == "number" else None
        return f"已登记编号：{number}。" if number else f"已办理：{self.submit_label}。"

    @property
    def danger(self):
        """The acts that end a paper."""
        return self.step.name in DANGER

    @property
    def question(self):
        """What it is about."""
        return f"{self.object.kind_label}《{self.object}》，主送：{self.to_whom() or '（未填）'}。"

    def to_whom(self):
        """As it is printed; of many bodies the first."""
        names = self.object.named(Part.MAIN)
        if self.object.addressed or len(names) <= MOST_NAMED:
            return self.object.addressed_to
        return f"{'、'.join(names[:MOST_NAMED])}等 {len(names)} 个单位"

    @property
    def consequences(self):
        """What follows, what is to be minded, and what hinders."""
        decision = PAPER.why_not(self.object, self._step_name(), actor=self.request.user, now=clock.now())
        hindrance = [] if decision.allowed else [f"目前不能办理：{decision.reason}"]
        minded = cautions.of(self.object, self._cosigners()) if self.step.name in MINDED else []
        return [*FOLLOWS.get(self.step.name, []), *minded, *hindrance]

    def _cosigners(self):
        return self.object.cosigners.select_related("organisation").prefetch_related("organisation__names")

    def _step_name(self):
        return "check_cosign" if self.step.name == "check" and self.object.waiting_cosigners() else self.step.name

    def get_breadcrumbs(self):
        """Back to the paper."""
        return crumbs(self.object)

    def get_initial(self):
        """Days that are likely."""
        today, paper = clock.today(), self.object
        series = paper.identity.series_of(paper.spec)
        return {
            "on": today,
            "signed_on": today,
            "checked_on": paper.checked_on or today,
            "checker_name": paper.checker_name,
            "year": (paper.signed_on or today).year,
            "word": series.word if series else "",
        }

    def get_form(self, *args, **kwargs):
        """The step's own form."""
        form, _ = TAKE[self.step.name]
        if form is forms.NumberForm:
            kwargs["series"] = self.object.identity.series_of(self.object.spec)
        if form is forms.OutsideForm:
            kwargs["signers"] = self.object.identity.signers
        if form is forms.EndForm:
            kwargs["papers"] = forms.others(self.request.user, self.object)
        return form(*args, initial=self.get_initial(), **kwargs)

    def perform(self, form):
        """One service call."""
        facts = dict(form.cleaned_data)
        if file := facts.pop("file", None):
            facts |= {"data": file.read(), "filename": file.name}
        _, take = TAKE[self.step.name]
        return take(self.object, actor=self.request.user, now=clock.now(), **facts)


class SealedScan(ObjectFormPage):
    """The scan of the sealed paper: what is served."""

    model, permission = Paper, "notices.handle_paper"
    title = "上传用印扫描件"
    form_class = forms.SealedForm
    submit_label, done_message = "上传", "已上传用印件。"

    def visible(self):
        """Whatever the clerk sees."""
        return Paper.objects.visible_to(self.request.user)

    def get_breadcrumbs(self):
        """Back to the paper."""
        return crumbs(self.object)

    def perform(self, form):
        """One service call."""
        file = form.cleaned_data["file"]
        facts = {"data": file.read(), "filename": file.name, "actor": self.request.user, "now": clock.now()}
        return chain.file_sealed(self.object, **facts)

    def done_url(self, result):
        """Back to the paper."""
        return reverse("notices:paper", args=[self.object.pk])
