"""The portal's addresses with an admin site of the tests' own: the base class, tried without any room's page."""

from django.contrib import admin
from django.urls import path

from pairing.models import Pairing
from zhuzun import urls as portal
from zhuzun.access.admin import GrantedAdmin, HistoryAdmin, PortalInline
from zhuzun.access.admin.grants import GrantAdmin, PersonLookup
from zhuzun.access.models import Grant
from zhuzun.access.site import PortalAdminSite
from zhuzun.accounts.models import User
from zhuzun.errors import DomainError
from zhuzun.organisations.models import Division, Organisation, OrganisationName

site = PortalAdminSite()


class NameInline(PortalInline):
    model = OrganisationName


class OrganisationPage(HistoryAdmin):
    list_display = ("code", "kind")
    search_fields = ("code",)
    fields = ("code", "kind", "parent", "division", "note", "valid_from", "valid_to")
    inlines = [NameInline]

    def change_row(self, obj, changes, *, reason, actor, now):
        if changes.get("note") == "拒绝":
            raise DomainError("说明不能为“拒绝”。", "note")
        return super().change_row(obj, changes, reason=reason, actor=actor, now=now)


class DivisionPage(HistoryAdmin):
    search_fields = ("code",)


class PairingPage(GrantedAdmin, HistoryAdmin):
    list_display = ("number", "kind")
    fields = ("basis", "note")


site.register(Organisation, OrganisationPage)
site.register(Division, DivisionPage)
site.register(Pairing, PairingPage)
site.register(Grant, GrantAdmin)
site.register(User, PersonLookup)
site.register(OrganisationName, admin.ModelAdmin)  # not built on the base: stays out

urlpatterns = [path("admin/", site.urls), *(one for one in portal.urlpatterns if str(one.pattern) != "admin/")]
