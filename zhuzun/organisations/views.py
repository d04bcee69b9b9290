"""Pages of bodies and divisions. Bodies are no secret within the portal; their contacts' telephones are."""

from urllib.parse import urlencode

from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme

from zhuzun import clock
from zhuzun.organisations import sections, services
from zhuzun.organisations.filters import DivisionFilters, OrganisationFilters
from zhuzun.organisations.forms import (
    CloseForm,
    ContactForm,
    CorrectContactForm,
    EndContactForm,
    PartnerForm,
    RenameForm,
)
from zhuzun.organisations.kinds import DEPARTMENT_KINDS, ContactRole, OrganisationKind
from zhuzun.organisations.models import Division, Organisation
from zhuzun.organisations.tables import DivisionTable, OrganisationTable
from zhuzun.ui import badges
from zhuzun.ui.guards import require
from zhuzun.ui.lists import ListPage
from zhuzun.ui.pages import DetailPage, FormPage, ObjectFormPage

LOWER_PLACES = (OrganisationKind.TOWN, OrganisationKind.VILLAGE)


class OrganisationList(ListPage):
    """Bodies; townships and villages come when a kind or a name is asked for, there are 1,700 of them."""

    model = Organisation
    permission = "organisations.view_organisation"
    title, unit = "单位", "个"
    table_class, filterset_class = OrganisationTable, OrganisationFilters
    template_name = "organisations/organisation_list.html"
    empty_text, empty_hint = "没有单位", "政策数据尚未导入，请联系系统管理员。"

    def rows(self):
        """Bodies with their names as at today."""
        rows = super().rows().named(clock.today()).with_names().prefetch_related("relations")
        asked = self.request.GET
        return rows if asked.get("kind") or asked.get("text") else rows.exclude(kind__in=LOWER_PLACES)

    def get_filterset(self):
        return self.filterset_class(self.request.GET, queryset=self.rows(), request=self.request, day=clock.today())

    def get_table_kwargs(self):
        return {"day": clock.today()}

    def main_action(self):
        decision = self.request.user.decide("organisations.add_partner")
        return (decision, "登记结对单位", reverse("organisations:partner"), "plus")


class DivisionList(ListPage):
    """Divisions: the districts and counties with their counts, unless another level is asked for."""

    model = Division
    permission = "organisations.view_division"
    title, unit = "行政区划", "个"
    table_class, filterset_class = DivisionTable, DivisionFilters
    template_name = "organisations/division_list.html"
    empty_text, empty_hint = "没有区划", "政策数据尚未导入，请联系系统管理员。"

    def rows(self):
        rows = super().rows().select_related("parent").with_counts()
        asked = self.request.GET
        wanted = any(asked.get(name) for name in ("text", "level", "parent", "offered"))
        return rows if wanted else rows.filter(level="county")

    def get_breadcrumbs(self):
        return [("单位", reverse("organisations:list"))]


class BodyMixin:
    """A page about one body, found by its code."""

    model, lookup = Organisation, "code"

    def visible(self):
        return super().visible().with_names().prefetch_related("relations", "aliases")

    @cached_property
    def day(self):
        """Today: names and relations are shown as at it."""
        return clock.today()

    def get_breadcrumbs(self):
        return [("单位", reverse("organisations:list")), *self.above()]

    def above(self):
        """The body itself, above the pages about it."""
        return [(self.object.name_on(self.day), reverse("organisations:detail", args=[self.object.code]))]

    def done_url(self, result):
        return reverse("organisations:detail", args=[self.object.code])


class OrganisationDetail(BodyMixin, DetailPage):
    """One body: names over time, relation, parent and children, contacts, and what upper apps say about it."""

    permission = "organisations.view_organisation"
    template_name = "organisations/organisation_detail.html"

    def above(self):
        return []

    def get_title(self):
        return self.object.full_name_on(self.day)

    def get_context_data(self, **kwargs):
        body, user = self.object, self.request.user
        may_see = user.decide("organisations.view_contact", body)
        return super().get_context_data(
            facts=self.facts(),
            day=self.day,
            state=badges.badge("现行", "good") if body.holds_on(self.day) else badges.badge("已撤销", "ended"),
            children=children_by_kind(body, self.day),
            contact_decision=may_see,
            contacts=contacts_by_role(body, self.day) if may_see else [],
            owed=owed_parts(body, self.day),
            sections=sections.for_body(body, user, self.day),
            **kwargs,
        )

    def facts(self):
        """The band on top."""
        body = self.object
        relation = next((row for row in body.relations.all() if row.holds_on(self.day)), None)
        return [
            ("简称", body.name_on(self.day)),
            ("类别", body.get_kind_display()),
            ("所在区划", body.division or ""),
            ("上级单位", body.parent.name_on(self.day) if body.parent else ""),
            ("与市乡村振兴局的关系", relation.get_relation_display() if relation else ""),
            *([("承接单位", body.successor)] if body.successor_id else []),
        ]


def children_by_kind(body, day):
    """(kind's code, label, number) of the bodies directly below: 250 townships and villages are no list for a page."""
    rows = body.children.on(day).order_by().values("kind").annotate(number=Count("pk"))
    counted = {row["kind"]: row["number"] for row in rows}
    return [(kind.value, kind.label, counted[kind]) for kind in OrganisationKind if kind in counted]


def contacts_by_role(body, day):
    """(part, those in it on `day`, former ones) for 分管领导 and 联络员."""
    rows = list(body.contacts.order_by("-valid_from", "pk"))
    return [
        (
            role,
            [row for row in rows if row.role == role and row.holds_on(day)],
            [row for row in rows if row.role == role and not row.holds_on(day)],
        )
        for role in ContactRole
    ]


def owed_parts(body, day):
    """The parts that nobody holds although the body owes somebody."""
    found = Organisation.objects.lacking_contacts(day).filter(pk=body.pk).first()
    if found is None:
        return []
    lacking = {ContactRole.LEADER: found.lacks_leader, ContactRole.LIAISON: found.lacks_liaison}
    return [role for role, lacks in lacking.items() if lacks]


class RenameOrganisation(BodyMixin, ObjectFormPage):
    permission = "organisations.change_organisation"
    title, submit_label, done_message = "单位更名", "更名", "已更名，此前日期的表格仍用原名称。"
    form_class = RenameForm

    def perform(self, form):
        return services.rename_organisation(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)


class CloseOrganisation(BodyMixin, ObjectFormPage):
    permission = "organisations.change_organisation"
    title, submit_label, done_message = "撤销单位", "撤销", "已填写截止日期，历史记录保留。"

    def get_form(self, *args, **kwargs):
        return CloseForm(*args, day=self.day, **kwargs)

    def perform(self, form):
        return services.close_organisation(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)


class RegisterPartner(FormPage):
    """A partner body is registered on the way to its pairing, and leads back there."""

    permission = "organisations.add_partner"
    title, submit_label, done_message = "登记结对单位", "登记", "已登记。"

    def get_form(self, *args, **kwargs):
        asked = self.request.GET
        first = {"kind": asked.get("kind", ""), "place": asked.get("place", "")}
        return PartnerForm(*args, initial=first, day=clock.today(), **kwargs)

    def get_breadcrumbs(self):
        back = self.way_back()
        return [("单位", reverse("organisations:list")), *([("新增结对", back)] if back else [])]

    def way_back(self):
        """The address inside the portal from which one came, or nothing."""
        address = self.request.GET.get("next", "")
        inside = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
        return address if inside else ""

    def perform(self, form):
        return services.register_partner(actor=self.request.user, now=clock.now(), **form.cleaned_data)

    def done_url(self, result):
        back, side = self.way_back(), self.request.GET.get("side", "")
        if back and side in ("east", "west"):
            return f"{back}{'&' if '?' in back else '?'}{urlencode({side: result.code})}"
        return back or reverse("organisations:detail", args=[result.code])


class ContactList(BodyMixin, DetailPage):
    """Contacts of one body, now and before, kept up by itself (¶14)."""

    permission = "organisations.view_contact"
    template_name = "organisations/contact_list.html"

    def get_title(self):
        return f"{self.object.name_on(self.day)}联系人"

    def get_context_data(self, **kwargs):
        contacts = contacts_by_role(self.object, self.day)
        return super().get_context_data(
            day=self.day,
            contacts=contacts,
            any_former=any(former for _, _, former in contacts),
            owed=owed_parts(self.object, self.day),
            **kwargs,
        )


class ContactMixin(BodyMixin):
    """A form about a contact of one body."""

    permission = "organisations.edit_contact"

    def get_breadcrumbs(self):
        return [*super().get_breadcrumbs(), ("联系人", self.done_url(None))]

    def done_url(self, result):
        return reverse("organisations:contacts", args=[self.object.code])

    @cached_property
    def contact(self):
        """The contact of this body; another body's is not found here."""
        return get_object_or_404(self.object.contacts, pk=self.kwargs["pk"])


class AddContact(ContactMixin, ObjectFormPage):
    title, submit_label, done_message = "登记联系人", "登记", "已登记联系人。"
    form_class = ContactForm

    def get_initial(self):
        role = self.request.GET.get("role", "")
        return {"role": role if role in ContactRole.values else ContactRole.LIAISON, "valid_from": self.day}

    def perform(self, form):
        return services.add_contact(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)


class OneContact(ContactMixin, ObjectFormPage):
    """A form about one contact; his acts stand in the history of his body."""

    def watched(self):
        return self.contact


class EndContact(OneContact):
    submit_label, done_message = "停用", "已填写截止日期。"
    form_class = EndContactForm

    def get_title(self):
        return f"停用联系人：{self.contact}"

    def get_initial(self):
        return {"valid_to": self.day}

    def perform(self, form):
        return services.end_contact(self.contact, actor=self.request.user, now=clock.now(), **form.cleaned_data)


class CorrectContact(OneContact):
    submit_label, done_message = "更正", "已更正。"
    form_class = CorrectContactForm

    def get_title(self):
        return f"更正联系人：{self.contact}"

    def get_initial(self):
        return {name: getattr(self.contact, name) for name in services.CORRECTABLE}

    def perform(self, form):
        changes = {name: form.cleaned_data[name] for name in services.CORRECTABLE}
        return services.correct_contact(
            self.contact,
            changes=changes,
            reason=form.cleaned_data["reason"],
            actor=self.request.user,
            now=clock.now(),
        )


class MyContacts(ContactList):
    """The contacts of the body for which the person acts: the district itself for its department's officer."""

    permission = "organisations.edit_contact"

    def guard(self):
        require(self.request.user, self.permission)
        body = self.request.user.acting.organisation
        mine = body.parent if body.kind in DEPARTMENT_KINDS else body
        self.object = self.visible().get(pk=mine.pk)
        require(self.request.user, self.permission, self.object)
