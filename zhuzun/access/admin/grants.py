"""All exceptional grants in one list, for the security administrator: who may do what beyond his scope, until when."""

from django import forms
from django.contrib import admin
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from zhuzun.access.admin.base import PortalAdmin
from zhuzun.access.admin.permissions import GrantedAdmin
from zhuzun.access.models import Grant
from zhuzun.access.services import end_grant
from zhuzun.accounts.models import User
from zhuzun.ui.guards import require


class FindForm(forms.Form):
    """On which record: by its 编号, because the security administrator does not read the business itself."""

    number = forms.CharField(label="编号", max_length=20, help_text="依据文件所列结对的编号，如 JD2021-0003。")


@admin.register(Grant)
class GrantAdmin(PortalAdmin):
    """Given on the page of the record (`…/permissions/`), found here by its 编号, and ended here by an earlier day."""

    list_display = ("person", "permission_name", "record", "valid_from", "valid_to", "document")
    list_filter = ("valid_to",)
    search_fields = ("user__name", "user__username", "document", "reason")
    list_select_related = ("user", "permission", "content_type")
    fields = ("person", "permission_name", "record", "valid_from", "valid_to", "document", "reason")
    readonly_fields = ("person", "permission_name", "record", "valid_from", "document", "reason")
    ordering = ("-valid_from", "-pk")

    @admin.display(description="被授权人", ordering="user__name")
    def person(self, obj):
        """By name; guardian's own label of the field is English."""
        return obj.user

    @admin.display(description="权限", ordering="permission__name")
    def permission_name(self, obj):
        """In Chinese."""
        return obj.permission.name

    @admin.display(description="记录")
    def record(self, obj):
        """What the grant is about."""
        return str(obj.content_object or "")

    def get_queryset(self, request):
        """With the records, a constant number of queries."""
        return super().get_queryset(request).prefetch_related("content_object")

    def add_view(self, request, form_url="", extra_context=None):
        """Which record it is about: the grant itself is given on the record's own page."""
        require(request.user, self.permission_of("add"))
        form = FindForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            if address := self._page_of(form.cleaned_data["number"]):
                return HttpResponseRedirect(address)
            form.add_error("number", "没有这个编号，请核对依据文件。")
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": "给予临时授权", "form": form}
        return render(request, "admin/portal/grant_find.html", context)

    def _page_of(self, number):
        """The page of the grants on the record with this 编号, among all records that may have grants."""
        for model, page in self.admin_site._registry.items():
            if isinstance(page, GrantedAdmin):
                obj = model._default_manager.filter(number=number.strip().upper()).first()
                if obj is not None:
                    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_permissions", args=[obj.pk])
        return None

    def change_row(self, obj, changes, *, reason, actor, now):
        """An earlier end, through the service."""
        return end_grant(obj, valid_to=changes["valid_to"], reason=reason, actor=actor, now=now)


@admin.register(User)
class PersonLookup(PortalAdmin):
    """People to choose from in the security administrator's forms; accounts are kept at `/accounts/people/`."""

    list_display = ("name", "username", "home")
    search_fields = ("name", "username", "home__names__short")
    fields = ("name", "username", "home")
    reason_on_change = False

    def has_module_permission(self, request):
        """Not in the index: the accounts have pages of their own."""
        return False

    def get_queryset(self, request):
        """With the names of the bodies: the number of queries does not grow with the rows."""
        return super().get_queryset(request).select_related("home").prefetch_related("home__names")

    def has_view_permission(self, request, obj=None):
        return self._may(request, "view", obj)

    def has_add_permission(self, request, *args):
        return False

    def has_change_permission(self, request, obj=None):
        return False
