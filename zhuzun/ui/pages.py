"""Bases of the pages beside lists: one object, a form that does one thing, a question before something is done.

A page of an object fetches it through `visible_to(user)` (another scope's object is 404), asks for its permission with
the object (403 with the reason), and calls one service; what the service refuses stands on the form.
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from zhuzun.errors import DomainError
from zhuzun.ui import conflicts
from zhuzun.ui.forms import Form
from zhuzun.ui.guards import Guarded, require


class Page(Guarded, TemplateView):
    """A page with a title and the way to it: `breadcrumbs` is a list of (word, address), nearest last."""

    title = ""

    def get_title(self) -> str:
        """The page's heading, also the browser's."""
        return self.title

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        """The pages above this one."""
        return []

    def get_context_data(self, **kwargs):
        """`title` and `breadcrumbs` for base.html."""
        return super().get_context_data(title=self.get_title(), breadcrumbs=self.get_breadcrumbs(), **kwargs)


class ObjectPage(Page):
    """A page about one object of `model` that the person may see."""

    model = None
    lookup = "pk"

    def guard(self):
        """404 for what he may not see, 403 with the reason for what he may not do."""
        self.object = get_object_or_404(self.visible(), **{self.lookup: self.kwargs[self.lookup]})
        if self.permission is not None:
            require(self.request.user, self.permission, self.object)

    def visible(self):
        """The rows among which the object is looked for."""
        return self.model._default_manager.visible_to(self.request.user)

    def get_title(self):
        """The object's own name, unless the page has another title."""
        return self.title or str(self.object)

    def get_context_data(self, **kwargs):
        """`object` for the template."""
        return super().get_context_data(object=self.object, **kwargs)


class DetailPage(ObjectPage):
    """One object: a summary band, sections, the history as sentences on the right."""

    template_name = "generic/detail.html"


class ActionMixin:
    """A form that does one thing through one service call; a reader comes back to `done_url()`."""

    template_name = "generic/form.html"
    form_class = Form
    submit_label = "保存"
    done_message = "已保存。"

    def get_initial(self) -> dict:
        """What stands in the form at first."""
        return {}

    def get_form(self, *args, **kwargs) -> Form:
        """The form; a subclass may hand it what it needs to know."""
        return self.form_class(*args, initial=self.get_initial(), **kwargs)

    def perform(self, form: Form):
        """Call the one service; a DomainError it raises is shown on the form."""
        raise NotImplementedError

    def carry_out(self, form: Form):
        """Do it, and give back what `perform` gave."""
        return self.perform(form)

    def done_url(self, result) -> str:
        """Where to go when it is done; `result` is what `perform` gave back."""
        raise NotImplementedError

    def get(self, request, *args, **kwargs):
        """The empty form."""
        return self.render_to_response(self.get_context_data(form=self.get_form()))

    def post(self, request, *args, **kwargs):
        """Do it, or show what is wrong, with everything that was typed."""
        form = self.get_form(request.POST, request.FILES)
        if form.is_valid():
            try:
                result = self.carry_out(form)
            except DomainError as error:
                form.refuse(error)
            else:
                messages.success(request, self.done_message)
                return HttpResponseRedirect(self.done_url(result))
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs):
        """`submit_label` and the way back for the template."""
        return super().get_context_data(submit_label=self.submit_label, cancel_url=self.cancel_url(), **kwargs)

    def cancel_url(self) -> str:
        """Where 取消 leads: the nearest page above."""
        crumbs = self.get_breadcrumbs()
        return crumbs[-1][1] if crumbs else "/"


class Watched:
    """For a form about one object: whoever comes second is told what the first did, instead of undoing it."""

    was_told = False  # in this answer

    def watched(self):
        """The record whose state the form shows."""
        return self.object

    def told_of(self):
        """The record in whose history the other's act stands."""
        return self.object

    def carry_out(self, form):
        """Only on the record as it was shown; what a service changed before it refused is taken back here too."""
        row = self.watched()
        try:
            with transaction.atomic():
                self.refuse_changed(row)
                return super().carry_out(form)
        except DomainError:
            row.refresh_from_db()  # else the next try would be taken for a change by another
            raise

    def refuse_changed(self, row):
        """Hold it; refuse where it is no longer what the form showed."""
        seen = self.request.POST.get(conflicts.FIELD, "")
        try:
            conflicts.refuse_changed(row, seen, user=self.request.user, told_of=self.told_of())
        except DomainError:
            self.was_told = True
            raise

    def get_context_data(self, **kwargs):
        """`seen` for the form: drawn again for another fault it is still about the record as it was first shown."""
        posted = "" if self.was_told else self.request.POST.get(conflicts.FIELD, "")
        return super().get_context_data(seen=posted or conflicts.version_of(self.watched()), **kwargs)


class FormPage(ActionMixin, Page):
    """A form that makes something new."""


class ObjectFormPage(Watched, ActionMixin, ObjectPage):
    """A form that changes one object."""


class ConfirmPage(Watched, ActionMixin, ObjectPage):
    """A question before something is done to one object: `question` and `consequences` say what will happen."""

    template_name = "generic/confirm.html"
    submit_label = "确定"
    question = ""
    consequences: list[str] = []
    danger = True

    def get_context_data(self, **kwargs):
        """What will be done, and what follows from it."""
        return super().get_context_data(
            question=self.question, consequences=self.consequences, danger=self.danger, **kwargs
        )
