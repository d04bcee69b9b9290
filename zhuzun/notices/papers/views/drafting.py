"""Drafting: a new paper, its head, its text, its recipients, 会签, files."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from zhuzun import clock
from zhuzun.documents.papers.text import plain_text
from zhuzun.errors import DomainError
from zhuzun.notices.papers import addressing, blocks, composing, editing, forms, rows
from zhuzun.notices.papers.comparing import compared
from zhuzun.notices.papers.kinds import Part
from zhuzun.notices.papers.models import Paper, PaperCosigner
from zhuzun.notices.papers.rounds import lines_of
from zhuzun.notices.papers.services import drafting
from zhuzun.notices.papers.views.lists import crumbs
from zhuzun.organisations.kinds import DEPARTMENT_KINDS, MUNICIPAL_KINDS, OrganisationKind
from zhuzun.organisations.models import Organisation
from zhuzun.ui.guards import require
from zhuzun.ui.pages import FormPage, ObjectFormPage
from zhuzun.ui.params import keys_from

DRAFT = "notices.draft_paper"
K = OrganisationKind
# Whom a paper may be addressed to, as the chooser groups them.
ADDRESSEES = (
    ("上级机关和两市", (K.PROVINCE_BODY, K.CITY, K.LEADING_GROUP)),
    ("各区（功能区）", (K.DISTRICT,)),
    ("区直部门", (K.DISTRICT_DEPARTMENT,)),
    ("市直单位", MUNICIPAL_KINDS),
    ("驻遵义工作组", (K.WORKING_GROUP, K.COUNTY_TEAM)),
    ("遵义市各县（市）", (K.COUNTY,)),
    ("遵义市、县部门", (K.CITY_DEPARTMENT, K.COUNTY_DEPARTMENT)),
)
BY_HAND = "第 {} 段的开头像是自己写的序号：如果是标题，请把类型改为相应的标题，序号由系统编排。"
COSIGNING = (*MUNICIPAL_KINDS, K.LEADING_GROUP, K.DISTRICT, *DEPARTMENT_KINDS[:1])


class NewPaper(FormPage):
    """A new draft: kind, identity, title; the text comes next."""

    permission = DRAFT
    title, submit_label, done_message = "拟稿", "开始拟稿", "已建立草稿，请填写正文和主送机关。"
    form_class = forms.NewPaperForm

    def get_breadcrumbs(self):
        """Below the list."""
        return crumbs()

    def perform(self, form):
        """One service call."""
        return drafting.draft(actor=self.request.user, now=clock.now(), **form.cleaned_data)

    def done_url(self, result):
        """The text."""
        return reverse("notices:paper_text", args=[result.pk])


class DraftPage(ObjectFormPage):
    """A form about a draft that one may see."""

    model, permission = Paper, DRAFT

    def visible(self):
        """The list's own rule first (404), then who drafts (403)."""
        return super().visible().for_page()

    def get(self, request, *args, **kwargs):
        """The form; of a paper that is no draft any more the paper, with the reason, before anything is typed."""
        if why := drafting.closed(self.object):
            messages.warning(request, why)
            return HttpResponseRedirect(self.object.get_absolute_url())
        return self.opened()

    def opened(self):
        """The form as it is first shown."""
        return self.render_to_response(self.get_context_data(form=self.get_form()))

    def get_breadcrumbs(self):
        """Back to the paper."""
        return crumbs(self.object)

    def done_url(self, result):
        """Back to the paper."""
        return self.object.get_absolute_url()


class PaperHead(DraftPage):
    """公文要素: kind, identity, title and what stands round the text."""

    title, done_message = "公文要素", "已保存公文要素。"
    form_class = forms.HeadForm

    def get_initial(self):
        """As it stands."""
        paper = self.object
        plain = {name: getattr(paper, name) for name in drafting.HEAD}
        return {**plain, "kind": paper.kind, "identity": paper.identity, "enclosures": "\n".join(paper.enclosures)}

    def perform(self, form):
        """One service call."""
        return drafting.change_head(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)


class PaperText(DraftPage):
    """The block editor: rows that are typed, moved and taken out, a paste cut into blocks; saved on 保存."""

    title, submit_label, done_message = "正文", "保存正文", "已保存正文。"
    template_name = "notices/papers/text.html"

    def opened(self):
        """The text as it stands, with one empty row to type into."""
        return self.drawn(self.stored())

    def stored(self):
        """The rows of the text as it is saved."""
        return [*map(blocks.row_of, blocks.read(self.object.blocks)), rows.Row()]

    def post(self, request, *args, **kwargs):
        """Save, or show the rows after a button: nothing is lost on the way."""
        typed, gone, faults = self.stored(), editing.gone_of(request.POST), {}
        try:
            typed = editing.rows_of(request.POST)
            if press := request.POST.get("press", ""):
                return self.pressed(press, typed, gone)
            editing.check_count(typed)
            if faults := editing.faults(typed):
                raise DomainError("正文没有保存，请修改下列各处。")
            self.carry_out(editing.typed(typed))
        except DomainError as error:
            return self.drawn(typed, gone=gone, fault=error.message, faults=faults, unsaved=True)
        return self.saved(typed)

    def pressed(self, press, typed, gone):
        """The rows after one of the buttons."""
        if press == "back":
            typed, focus, gone = editing.put_back(typed, gone)
        else:
            gone = [*gone, *editing.taken_out(typed, press)][-editing.MOST_GONE :]
            closing = {one.words for one in map(blocks.row_of, composing.compose(self.object.kind).blocks)}
            typed, focus = editing.apply(typed, press, self.request.POST.get("pasted", ""), closing)
        return self.drawn(typed or [rows.Row()], focus=focus, gone=gone, unsaved=True)

    def perform(self, form):
        """One service call; `form` are the blocks."""
        return drafting.write(self.object, blocks=form, actor=self.request.user, now=clock.now())

    def saved(self, typed):
        """On to the editor, to the paper, or to its pages as they are set."""
        messages.success(self.request, self.done_message)
        if by_hand := editing.numbered_by_hand(typed):
            messages.info(self.request, BY_HAND.format("、".join(map(str, by_hand))))
        if "look" in self.request.POST:
            return HttpResponseRedirect(reverse("notices:paper_pdf", args=[self.object.pk]))
        return HttpResponseRedirect(
            self.object.get_absolute_url() if "close" in self.request.POST else self.request.path
        )

    def drawn(self, lines, focus=None, gone=(), fault="", faults=None, unsaved=False):
        """The page with these rows, each with what is wrong in it; a paste that could not be cut stays in its field."""
        faults = faults or {}
        numbers = editing.numbers_of(lines)
        shown = {
            "rows": [(row, faults.get(place, ""), numbers[place]) for place, row in enumerate(lines)],
            "faults": faults,
            "gone": gone,
            "kinds": rows.KINDS,
            "focus": focus,
            "fault": fault,
            "theirs": self.theirs(lines),
            "unsaved": unsaved,
            "pasted": self.request.POST.get("pasted", "") if fault else "",
        }
        return self.render_to_response(self.get_context_data(form=self.get_form(), **shown))

    def theirs(self, lines):
        """Where somebody else wrote meanwhile: what is different between his text, as it is saved, and this one."""
        if not self.was_told:
            return []
        return compared(lines_of(self.object.blocks), plain_text(editing.typed(lines)).splitlines())


class Recipients(DraftPage):
    """主送 and 抄送: every body that may be addressed, with the rule beside it; a group in one go."""

    title, submit_label, done_message = "主送、抄送", "保存", "已保存主送、抄送。"
    template_name = "notices/papers/recipients.html"
    form_class = forms.RecipientsForm

    def get_form(self, *args, **kwargs):
        """What is ticked is read row by row; the form holds the group."""
        if args:
            main, copies = self.ticked()
            group = self.request.POST.get("group") if "add" in self.request.POST else ""
            args = ({"main": main, "copies": copies, "group": group},)
        return self.form_class(*args, **kwargs)

    def ticked(self):
        """The keys of the bodies ticked as 主送, and as 抄送."""
        ticks = {name.removeprefix("to-"): value for name, value in self.request.POST.items() if name.startswith("to-")}
        return tuple(keys_from(key for key, value in ticks.items() if value == part) for part in Part)

    def perform(self, form):
        """One service call, and a second for the group."""
        facts = {"actor": self.request.user, "now": clock.now()}
        main, copies = (list(form.cleaned_data[name].order_by("position")) for name in ("main", "copies"))
        paper = drafting.address(self.object, main=main, copies=copies, **facts)
        if group := form.cleaned_data["group"]:
            paper = drafting.add_group(paper, group=group, **facts)
        return paper

    def done_url(self, result):
        """Stay here after adding a group, to see what became of it."""
        return self.request.path if "add" in self.request.POST else super().done_url(result)

    def get_context_data(self, **kwargs):
        """The groups of bodies, each with what the rules say of it as 主送 and as 抄送."""
        return super().get_context_data(groups=self.groups(), **kwargs)

    def groups(self):
        """[(word, [(body, name, chosen, main ruling, copy ruling)])]."""
        paper, day = self.object, clock.today()
        if self.request.method == "POST":
            main, copies = self.ticked()
            chosen = dict.fromkeys(copies, Part.COPY) | dict.fromkeys(main, Part.MAIN)
        else:
            chosen = {row.organisation_id: row.part for row in paper.recipients.all()}
        kinds = [kind for _, group in ADDRESSEES for kind in group]
        rows = addressing.with_relations(
            Organisation.objects.visible_to(self.request.user).on(day).filter(kind__in=kinds)
        ).order_by("position")
        judged = [
            self.row(body, chosen.get(body.pk, ""), day) for body in rows if body.pk != paper.identity.organisation_id
        ]
        return [(word, [row for row in judged if row["body"].kind in group]) for word, group in ADDRESSEES]

    def row(self, body, chosen, day):
        """One body."""
        paper = self.object
        main, copy = (addressing.judge(paper.identity, paper.spec, body, part, day) for part in Part)
        return {"body": body, "name": body.name_on(day), "chosen": chosen, "main": main, "copy": copy}


class Cosigners(DraftPage):
    """会签: which bodies."""

    title, done_message = "会签单位", "已保存会签单位。"
    form_class = forms.CosignersForm

    def get_form(self, *args, **kwargs):
        """The bodies of the city."""
        rows = Organisation.objects.visible_to(self.request.user).on(clock.today()).filter(kind__in=COSIGNING)
        bodies = rows.exclude(pk=self.object.identity.organisation_id).prefetch_related("names").order_by("position")
        return self.form_class(*args, initial=self.get_initial(), bodies=bodies, **kwargs)

    def get_initial(self):
        """Those that are asked."""
        return {"bodies": [row.organisation_id for row in self.object.cosigners.all()]}

    def perform(self, form):
        """One service call."""
        bodies = list(form.cleaned_data["bodies"])
        return drafting.ask_cosigners(self.object, bodies=bodies, actor=self.request.user, now=clock.now())


class Cosign(ObjectFormPage):
    """登记会签: who signed for the body, when, with what opinion."""

    model, permission = PaperCosigner, DRAFT
    form_class = forms.CosignForm
    submit_label, done_message = "登记", "已登记会签。"

    def guard(self):
        """A paper that one may see."""
        rows = PaperCosigner.objects.visible_to(self.request.user).select_related("paper", "organisation")
        self.object = get_object_or_404(rows, pk=self.kwargs["pk"])
        require(self.request.user, self.permission, self.object.paper)

    def get_title(self):
        """Whose."""
        return f"登记会签：{self.object.organisation}"

    def told_of(self):
        """The paper's history tells."""
        return self.object.paper

    def get_breadcrumbs(self):
        """Back to the paper."""
        return crumbs(self.object.paper)

    def get_initial(self):
        """As it stands."""
        one = self.object
        return {"name": one.name, "on": one.on or clock.today(), "opinion": one.opinion}

    def perform(self, form):
        """One service call."""
        return drafting.enter_cosign(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)

    def done_url(self, result):
        """Back to the paper."""
        return self.object.paper.get_absolute_url()


class Enclose(DraftPage):
    """A file that goes out with the paper."""

    title, submit_label, done_message = "添加公文附件", "上传", "已上传附件。"
    form_class = forms.EncloseForm

    def perform(self, form):
        """One service call."""
        file = form.cleaned_data["file"]
        facts = {"data": file.read(), "filename": file.name, "note": form.cleaned_data["note"]}
        return drafting.enclose(self.object, actor=self.request.user, now=clock.now(), **facts)
