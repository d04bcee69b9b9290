"""政策文件: the documents, each in full, and entering a successor step by step."""

from collections import Counter

from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tasks import ledger
from tasks.duties import unknown
from tasks.filters.ledger import DocumentFilter
from tasks.forms.ledger import AreaForm, DocumentForm, DutiesForm, ParagraphsForm
from tasks.models import Paragraph, PolicyDocument, TaskArea
from tasks.parsing import DIVIDERS, closing_names
from tasks.services import enter_area, enter_document, enter_duties, enter_paragraphs
from tasks.tables.ledger import DocumentTable
from tasks.terms import state_on
from tasks.views.ledger import DatedMixin
from zhuzun import clock
from zhuzun.ui.guards import require
from zhuzun.ui.lists import ListPage
from zhuzun.ui.pages import FormPage, ObjectFormPage, ObjectPage


class DocumentList(ListPage):
    """The documents and their terms."""

    model = PolicyDocument
    permission = "tasks.view_ledger"
    table_class, filterset_class = DocumentTable, DocumentFilter
    title = "政策文件"
    unit = "份"
    empty_text = "尚未导入政策文件"
    empty_hint = "政策数据由系统管理员导入。"

    def get_breadcrumbs(self):
        """Below the ledger."""
        return [("主要任务", reverse("tasks:areas"))]

    def rows(self):
        """Each with its numbers of areas and measures."""
        return (
            super()
            .rows()
            .order_by("-term_from", "-pk")
            .annotate(
                area_count=Count("paragraphs__area", distinct=True),
                measure_count=Count("paragraphs__measures", distinct=True),
            )
        )

    def lines(self, rows):
        """Where the term of each stands today."""
        return [state_on(row, clock.today()) for row in rows]

    def main_action(self):
        """Entering the successor."""
        decision = self.request.user.decide("tasks.change_policy")
        return (decision, "登记接续文件", reverse("tasks:document_new"), "plus")


class DocumentPage(DatedMixin, ObjectPage):
    """One document in full: card, covering notice, every paragraph, areas, duties."""

    model = PolicyDocument
    lookup = "code"
    template_name = "tasks/document.html"

    @property
    def document(self):
        """The page's own."""
        return self.object

    def get_breadcrumbs(self):
        """Below the list."""
        return [("主要任务", reverse("tasks:areas")), ("政策文件", reverse("tasks:documents"))]

    def get_context_data(self, **kwargs):
        """The ledger of this document; what is left to enter where it is a successor."""
        read = ledger.read(self.object, self.day)
        duties = list(self.object.duties.select_related("paragraph"))
        numbers = Counter(duty.paragraph_id for duty in duties)
        return super().get_context_data(
            ledger=read,
            duties=duties,
            without_area=[(row, numbers[row.pk]) for row in read.paragraphs if not hasattr(row, "area")],
            with_duties=set(numbers),
            is_successor=self.object.predecessor_id is not None,
            **kwargs,
        )


class EnterDocument(FormPage):
    """登记接续文件, step 1: the head of the document."""

    permission = "tasks.change_policy"
    template_name = "tasks/document_form.html"
    form_class = DocumentForm
    title = "登记接续文件"
    submit_label = "保存并录入条文"
    done_message = "文件已登记，请继续录入条文。"

    def get_breadcrumbs(self):
        """Below the list."""
        return [("主要任务", reverse("tasks:areas")), ("政策文件", reverse("tasks:documents"))]

    def get_form(self, *args, **kwargs):
        """Any document may be the one that it continues."""
        documents = PolicyDocument.objects.visible_to(self.request.user)
        return super().get_form(*args, documents=documents, **kwargs)

    def get_initial(self):
        """The newest document is the one to be continued."""
        return {"predecessor": PolicyDocument.objects.visible_to(self.request.user).order_by("-term_from").first()}

    def perform(self, form):
        """One service call."""
        return enter_document(**form.cleaned_data, actor=self.request.user, now=clock.now())

    def done_url(self, result):
        """On to the paragraphs."""
        return reverse("tasks:paragraphs", args=[result.code])


class EnterParagraphs(ObjectFormPage):
    """Step 2: the numbered paragraphs, pasted."""

    model = PolicyDocument
    lookup = "code"
    permission = "tasks.change_policy"
    template_name = "tasks/document_form.html"
    form_class = ParagraphsForm
    title = "录入条文"
    submit_label = "按序号切分并保存"
    done_message = "条文已保存，请逐条登记任务领域。"

    def get_breadcrumbs(self):
        """Below the document."""
        return [("政策文件", reverse("tasks:documents")), (str(self.object), self.done_url(None))]

    def get_initial(self):
        """What was entered before, so that it can be put right."""
        lines, part = [], ""
        for row in self.object.paragraphs.order_by("number"):
            lines += [row.part] if row.part and row.part != part else []
            lines.append(row.text)
            part = row.part
        return {"text": "\n".join(lines)}

    def perform(self, form):
        """One service call."""
        return enter_paragraphs(self.object, **form.cleaned_data, actor=self.request.user, now=clock.now())

    def done_url(self, result):
        """The document."""
        return reverse("tasks:document", args=[self.object.code])


class OneParagraph(ObjectFormPage):
    """Step 3 is done paragraph by paragraph."""

    model = Paragraph
    permission = "tasks.change_policy"
    template_name = "tasks/area_form.html"
    submit_label = "核对并保存"

    def guard(self):
        """The paragraph by its number in the document."""
        rows = self.visible().select_related("document__predecessor")
        self.object = get_object_or_404(rows, document__code=self.kwargs["code"], number=self.kwargs["number"])
        require(self.request.user, self.permission, self.object)

    def get_breadcrumbs(self):
        """Below the document."""
        document = self.object.document
        return [("政策文件", reverse("tasks:documents")), (str(document), self.done_url(None))]

    def told_of(self):
        """What is done with a paragraph stands in its document's history."""
        return self.object.document

    def done_url(self, result):
        """The document."""
        return reverse("tasks:document", args=[self.object.document.code])


class EnterArea(OneParagraph):
    """A paragraph as an area: its measures, its responsible units."""

    form_class = AreaForm
    done_message = "已登记任务领域、措施和责任单位。"

    def get_form(self, *args, **kwargs):
        """The names of the predecessor's areas are offered for use again."""
        names = TaskArea.objects.visible_to(self.request.user).filter(
            paragraph__document=self.object.document.predecessor
        )
        return super().get_form(*args, known_names=list(names.values_list("name", flat=True)), **kwargs)

    def get_initial(self):
        """The units in the closing bracket; the name of the area that was at this place before."""
        return {"names": "、".join(closing_names(self.object.text)), "name": self.former_name()}

    def former_name(self):
        """What the predecessor called the area under this heading."""
        rows = TaskArea.objects.visible_to(self.request.user).filter(
            paragraph__document=self.object.document.predecessor, paragraph__heading=self.object.heading
        )
        return rows.values_list("name", flat=True).first() or ""

    def perform(self, form):
        """One service call."""
        names = [name.strip() for name in DIVIDERS.split(form.cleaned_data["names"]) if name.strip()]
        facts = {"name": form.cleaned_data["name"], "measures": form.cleaned_data["measures"], "names": names}
        return enter_area(self.object, **facts, actor=self.request.user, now=clock.now())


class EnterDuties(OneParagraph):
    """The standing duties of a paragraph that is no area."""

    form_class = DutiesForm

    def get_title(self):
        """Says that it is about duties: the paragraph's other page makes it an area."""
        return f"登记保障职责：{self.object}"

    def get_initial(self):
        """What was entered before, so that it can be put right."""
        return {"duties": "\n".join(row.line for row in self.object.duties.order_by("position"))}

    def perform(self, form):
        """One service call; bearers that mean nobody are told, for they may be meant so (资金使用单位)."""
        rows = enter_duties(self.object, **form.cleaned_data, actor=self.request.user, now=clock.now())
        self.done_message = f"已登记 {len(rows)} 项保障职责。" if rows else "已撤销本条登记的保障职责。"
        if names := "、".join(f"“{name}”" for name in unknown(rows, clock.today())):
            self.done_message += f"{names}不在单位名录和分组中，不会列入任何单位的“我单位的职责”，请核对。"
        return rows
