"""All exceptional grants in one list, for the security administrator: who may do what beyond his scope, until when."""

from django.contrib import admin

from zhuzun.access.admin.base import PortalAdmin
from zhuzun.access.models import Grant
from zhuzun.access.services import end_grant
from zhuzun.accounts.models import User


@admin.register(Grant)
class GrantAdmin(PortalAdmin):
    """Grants are given on the page of the record (`…/permissions/`) and ended here, by an earlier last day."""

    list_display = ("user", "permission_name", "record", "valid_from", "valid_to", "document")
    list_filter = ("valid_to",)
    search_fields = ("user__name", "user__username", "document", "reason")
    list_select_related = ("user", "permission", "content_type")
    fields = ("user", "permission_name", "record", "valid_from", "valid_to", "document", "reason")
    readonly_fields = ("user", "permission_name", "record", "valid_from", "document", "reason")
    ordering = ("-valid_from", "-pk")

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

    def has_add_permission(self, request, *args):
        """Not here: on the record's own page."""
        return False

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
