"""Pairings below the county level (¶6, 11, 13, 14): list, add, replace; the two parties are chosen step by step."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property

from pairing import candidates, services
from pairing.filters import SubFilters
from pairing.forms import ReplaceSubForm, ScopeForm, SubForm
from pairing.kinds import PairingKind
from pairing.models import Pairing
from pairing.tables import SubTable
from pairing.views.base import PairingMixin
from zhuzun import clock
from zhuzun.ui.lists import ListPage
from zhuzun.ui.pages import FormPage, ObjectFormPage


class SubList(ListPage):
    """Every pairing below the county level that the person may see."""

    model = Pairing
    permission = "pairing.view_pairing"
    title, unit = "下级结对", "对"
    table_class, filterset_class = SubTable, SubFilters
    template_name = "pairing/sub_list.html"
    empty_text = "您可见的范围内还没有下级结对"
    empty_hint = "镇街、村（社区）、园区、医院、学校、企业等结对由各区、工作组或市乡村振兴局登记。"

    def rows(self):
        return super().rows().below_county().with_parties().with_shown_names(clock.today())

    def get_filterset(self):
        return self.filterset_class(self.request.GET, queryset=self.rows(), request=self.request, day=clock.today())

    def get_table_kwargs(self):
        return {"day": clock.today()}

    def get_breadcrumbs(self):
        return [("结对关系", reverse("pairing:table"))]

    def main_action(self):
        return (self.request.user.decide("pairing.edit_sub"), "新增下级结对", reverse("pairing:sub_add"), "plus")


class ChoosingMixin:
    """First step in the address bar (kind, county pairing, townships), second step the form with both parties.

    Sent, the form holds both. Sent by the first step's button it comes back with new choices and all that was typed.
    """

    template_name = "pairing/sub_form.html"
    kept = ("valid_from", "valid_to", "basis", "reason", "note")

    @cached_property
    def day(self):
        """Today: bodies and names are offered as at it."""
        return clock.today()

    @cached_property
    def scope(self):
        """The first step; unanswered at first."""
        offered = list(candidates.frames(self.request.user))
        return ScopeForm(self.scope_data(), offered=offered, day=self.day)

    @cached_property
    def answers(self):
        """The first step as it was sent, or as it stands in the address bar."""
        return self.request.POST if "frame" in self.request.POST else self.request.GET

    def scope_data(self):
        """What was answered."""
        return self.answers if "kind" in self.answers else None

    @cached_property
    def sides(self):
        """Both sides with what may be chosen, or nothing before the first step is answered."""
        if not self.scope.is_valid():
            return None
        answered = self.scope.cleaned_data
        return {
            name: candidates.side(
                name,
                answered["kind"],
                answered["frame"],
                self.day,
                town=answered[f"{name}_town"],
                text=answered[f"{name}_text"],
                chosen=answered[name] or self.former(name),
            )
            for name in candidates.SIDES
        }

    def former(self, name):
        """The code of the party before, when one takes another's place."""
        return ""

    def get_initial(self):
        """The body just registered or the party before, and what was typed before new choices were asked for."""
        answered = self.scope.cleaned_data if self.sides else {}
        parties = {name: answered.get(name) or self.former(name) for name in candidates.SIDES}
        typed = {name: self.request.POST[name] for name in self.kept if name in self.request.POST}
        return {"valid_from": self.day, **typed, **parties}

    def get_form(self, *args, **kwargs):
        return self.form_class(*args, sides=self.sides, day=self.day, initial=self.get_initial(), **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            scope=self.scope, sides=self.sides, day=self.day, register=self.register_addresses(), **kwargs
        )

    def register_addresses(self):
        """Where a body that is not in the list yet is registered, for each side; it leads back here."""
        if not self.sides or not self.request.user.decide("organisations.add_partner"):
            return {}
        base = reverse("organisations:partner")
        return {
            name: f"{base}?"
            + urlencode(
                {"kind": side.partner_kind, "place": side.home.code, "side": name, "next": self.here_without(name)}
            )
            for name, side in self.sides.items()
            if side.partner_kind
        }

    def here_without(self, name):
        """This address without the choice of one side, to which the new body is added."""
        kept = {field: self.answers[field] for field in self.scope.fields if field in self.answers and field != name}
        return f"{self.request.path}?{urlencode(kept)}"

    def post(self, request, *args, **kwargs):
        """Without a valid first step there is nothing to save yet, and none is saved where it was sent anew."""
        if self.sides is None or "choose" in request.POST:
            return self.get(request, *args, **kwargs)
        return super().post(request, *args, **kwargs)


class AddSub(ChoosingMixin, FormPage):
    """A new pairing below the county level."""

    permission = "pairing.edit_sub"
    form_class = SubForm
    title, submit_label, done_message = "新增下级结对", "新增", "已新增结对。"

    def get_breadcrumbs(self):
        return [("结对关系", reverse("pairing:table")), ("下级结对", reverse("pairing:sub_list"))]

    def perform(self, form):
        kind = self.scope.cleaned_data["kind"]
        return services.add_pairing(kind=kind, actor=self.request.user, now=clock.now(), **form.cleaned_data)

    def done_url(self, result):
        return result.get_absolute_url()


class ReplaceSub(PairingMixin, ChoosingMixin, ObjectFormPage):
    """What takes a pairing's place: other parties, or the same two under a new document."""

    permission, action = "pairing.view_pairing", "end_pairing"
    form_class = ReplaceSubForm
    submit_label, done_message = "接续", "已接续：原结对到前一天为止，新结对已建立。"

    def visible(self):
        return super().visible().exclude(kind__in=(PairingKind.CITY, PairingKind.COUNTY))

    def get_title(self):
        return f"接续结对：{self.name()}"

    def scope_data(self):
        """The kind stays; the county pairing is the one it lies in unless another is chosen."""
        data = self.answers.copy()
        data["kind"] = self.object.kind
        if "frame" not in data:
            frames = candidates.frames(self.request.user).filter(
                district=self.object.district_id, county=self.object.county_id
            )
            data["frame"] = next((frame.number for frame in frames.order_by("-valid_from")), "")
        return data

    def former(self, name):
        return getattr(self.object, name).code

    def perform(self, form):
        return services.replace_pairing(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)
