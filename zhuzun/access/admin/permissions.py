"""guardian's page of one record's grants, as the office needs it: with from, to, document and reason, and in the trail.

Whoever may see the record's page or all grants sees the list; only who holds `access.add_grant` may give one.
"""

from django import forms
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminDateWidget, AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from guardian.admin import GuardedModelAdminMixin
from guardian.forms import UserObjectPermissionsForm

from zhuzun import clock
from zhuzun.access.admin.base import PortalAdmin
from zhuzun.access.models import Grant
from zhuzun.access.scopes import grantable
from zhuzun.access.services import give_grant
from zhuzun.accounts.models import User
from zhuzun.errors import DomainError
from zhuzun.ui.forms import DayField


class ChooseForm(forms.Form):
    """To whom a grant shall be given."""

    def __init__(self, *args, site, **kwargs):
        super().__init__(*args, **kwargs)
        widget = AutocompleteSelect(Grant._meta.get_field("user"), site)
        self.fields["user"] = forms.ModelChoiceField(
            User.objects.active_on(clock.today()), label="被授权人", widget=widget
        )


class GrantForm(UserObjectPermissionsForm):
    """guardian's form for one person and one record, with what a grant needs; grants are ended, not unticked."""

    valid_from = DayField(label="起始日期", widget=AdminDateWidget)
    valid_to = DayField(label="截止日期", help_text="最后一天，含当日；到期自动失效。", widget=AdminDateWidget)
    document = forms.CharField(label="依据文件", max_length=120)
    reason = forms.CharField(label="授权理由", max_length=200)

    field_order = ("permissions", "valid_from", "valid_to", "document", "reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)  # guardian adds its field last

    def get_obj_perms_field_choices(self):
        """What a grant may give on such a record."""
        named = dict(self.obj._meta.permissions)
        return [(codename, named[codename]) for codename in grantable(type(self.obj))]

    def get_obj_perms_field_initial(self):
        """Nothing ticked: the list above says what is given already."""
        return []

    def get_obj_perms_field_label(self):
        return "权限"

    def get_obj_perms_field_widget(self):
        return forms.CheckboxSelectMultiple

    def are_obj_perms_required(self):
        return True

    def give(self, *, actor, now):
        """One grant for each permission ticked, through the service."""
        data = dict(self.cleaned_data)
        for codename in data.pop("permissions"):
            give_grant(self.user, codename, self.obj, actor=actor, now=now, **data)


class GrantedAdmin(GuardedModelAdminMixin, PortalAdmin):
    """For anchors (Pairing, later Project): the page of their grants at `…/permissions/`."""

    change_form_template = "admin/portal/anchor_change_form.html"
    obj_perms_manage_template = "admin/portal/grants.html"
    obj_perms_manage_user_template = "admin/portal/grant_form.html"

    def get_urls(self):
        """Without guardian's pages for groups, which the portal does not use."""
        unused = f"{self.opts.app_label}_{self.opts.model_name}_permissions_manage_group"
        return [url for url in super().get_urls() if url.name != unused]

    def _anchor(self, request, key):
        """The record: one that he may see, or any for whoever keeps the grants."""
        if request.user.decide("access.view_grant").allowed:
            rows = self.model._default_manager
        else:
            rows = self.get_queryset(request)
            if not self.has_change_permission(request):
                raise PermissionDenied(request.user.decide("access.view_grant").reason)
        try:
            return get_object_or_404(rows, pk=unquote(key))
        except ValueError:
            raise Http404 from None

    def obj_perms_manage_view(self, request, object_pk):
        """The grants on one record, and the choice of a person for another."""
        obj = self._anchor(request, object_pk)
        giving = request.user.decide("access.add_grant")
        form = ChooseForm(request.POST or None, site=self.admin_site)
        if request.method == "POST" and giving.allowed and form.is_valid():
            return HttpResponseRedirect(self._address("permissions_manage_user", obj.pk, form.cleaned_data["user"].pk))
        grants = Grant.objects.filter(object_pk=str(obj.pk), permission__content_type__model=self.opts.model_name)
        context = {
            **self.get_obj_perms_base_context(request, obj),
            "title": f"临时授权：{obj}",
            "grants": grants.select_related("user__home", "permission").order_by("-valid_from", "-pk"),
            "today": clock.today(),
            "giving": giving,
            "form": form,
            "media": self.media + form.media,
        }
        return render(request, self.obj_perms_manage_template, context)

    def obj_perms_manage_user_view(self, request, object_pk, user_id):
        """Give one person a grant on one record."""
        giving = request.user.decide("access.add_grant")
        if not giving.allowed:
            raise PermissionDenied(giving.reason)
        obj = self._anchor(request, object_pk)
        person = get_object_or_404(User.objects.active_on(clock.today()), pk=user_id)
        form = GrantForm(person, obj, request.POST or None)
        if request.method == "POST" and form.is_valid() and self._give(request, form):
            self.message_user(request, f"已给予{person}临时授权。")
            return HttpResponseRedirect(self._address("permissions", obj.pk))
        context = {
            **self.get_obj_perms_base_context(request, obj),
            "title": f"给予临时授权：{person}",
            "person": person,
            "form": form,
        }
        return render(request, self.obj_perms_manage_user_template, context)

    def _give(self, request, form):
        try:
            form.give(actor=request.user, now=clock.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
            return False
        return True

    def _address(self, name, *args):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)
