"""What is done to one pairing: end, replace, correct; and a new row of the annex."""

from django.urls import reverse

from pairing import services
from pairing.forms import CorrectForm, CountyForm, EndForm, ReplaceCountyForm
from pairing.kinds import PairingKind
from pairing.models import Pairing
from pairing.parties import Directory
from pairing.views.base import PairingMixin
from zhuzun import clock
from zhuzun.ui.pages import ConfirmPage, FormPage, ObjectFormPage


class AddCountyPairing(FormPage):
    """A new row of the annex, by a document."""

    permission = "pairing.add_pairing"
    title, submit_label, done_message = "新增区县结对", "新增", "已新增区县结对。"

    def get_form(self, *args, **kwargs):
        return CountyForm(*args, day=clock.today(), initial={"valid_from": clock.today()}, **kwargs)

    def get_breadcrumbs(self):
        return [("结对关系", reverse("pairing:table"))]

    def perform(self, form):
        return services.add_pairing(
            kind=PairingKind.COUNTY, actor=self.request.user, now=clock.now(), **form.cleaned_data
        )

    def done_url(self, result):
        return result.get_absolute_url()


class EndPairing(PairingMixin, ConfirmPage):
    """The last day of a pairing; it stays on record."""

    permission, action = "pairing.view_pairing", "end_pairing"
    submit_label, done_message = "终止", "已填写终止日期，记录保留。"
    form_class = EndForm

    def get_title(self):
        return f"终止结对：{self.name()}"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "question": f"确定终止{self.name()}的{self.object.get_kind_display()}吗？",
            "consequences": self.consequences_of(),
        }

    def consequences_of(self):
        """What follows, with the number of pairings below that lose their frame."""
        lines = [
            "终止后不再计入结对数和覆盖情况，记录和历史保留。",
            "如由其他单位接续，请用“接续”，两条记录会互相关联。",
        ]
        if self.object.kind == PairingKind.COUNTY:
            below = Pairing.objects.below_county().on(self.day)
            number = below.filter(district=self.object.district_id, county=self.object.county_id).count()
            lines.append(f"该区县结对下现有 {number} 对下级结对，不会自动终止，请在“下级结对”中逐一终止或接续。")
        return lines

    def get_initial(self):
        return {"valid_to": self.day}

    def perform(self, form):
        return services.end_pairing(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)


class ReplaceCountyPairing(PairingMixin, ObjectFormPage):
    """Another district for a county (or the same two under a new document), from a day on."""

    permission, action = "pairing.view_pairing", "end_pairing"
    submit_label, done_message = "接续", "已接续：原结对到前一天为止，新结对已建立。"

    def visible(self):
        return super().visible().filter(kind=PairingKind.COUNTY)

    def get_title(self):
        return f"接续结对：{self.name()}"

    def get_form(self, *args, **kwargs):
        pair = {"east": self.object.east.code, "west": self.object.west.code, "valid_from": self.day}
        return ReplaceCountyForm(*args, day=self.day, initial=pair, **kwargs)

    def perform(self, form):
        return services.replace_pairing(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)


class CorrectPairing(PairingMixin, ObjectFormPage):
    """What was typed wrongly, put right with a reason."""

    permission, action = "pairing.view_pairing", "change_pairing"
    submit_label, done_message = "更正", "已更正。"
    FIELDS = services.CORRECTABLE

    def get_title(self):
        return f"更正结对：{self.name()}"

    def get_form(self, *args, **kwargs):
        first = {name: getattr(self.object, name) for name in self.FIELDS}
        return CorrectForm(*args, pairing=self.object, directory=Directory(self.day), initial=first, **kwargs)

    def perform(self, form):
        typed = {name: form.cleaned_data[name] for name in self.FIELDS}
        changes = {name: value for name, value in typed.items() if value != getattr(self.object, name)}
        return services.correct_pairing(
            self.object,
            changes=changes,
            reason=form.cleaned_data["reason"],
            actor=self.request.user,
            now=clock.now(),
        )
