"""How an admin page meets its reader: reasons on the 403 page, dates as offices write them, no side doors."""

from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget, RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import models

from zhuzun.access.policy import PERMISSIONS
from zhuzun.ui.forms import DayField

READ_ONLY = "这类记录在后台只供查看。"


class PlainFields:
    """Mix into admin pages and inlines: dates with the calendar of the admin; no adding of a body on the way."""

    formfield_overrides = {models.DateField: {"form_class": DayField, "widget": AdminDateWidget}}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """A reference is searched for; what it points at has a page of its own."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            widget = field.widget
            widget.can_add_related = widget.can_change_related = widget.can_delete_related = False
            widget.can_view_related = False
        return field


class Named(str):
    """A record as a page's head names it; templates still find its key for links."""

    def __new__(cls, text, record):
        """The words, with the record's key and page."""
        self = super().__new__(cls, text)
        self.pk, self.get_absolute_url = record.pk, getattr(record, "get_absolute_url", None)
        return self


def yes_no(field, description):
    """A column that says 是 or 否; Django's own is a picture called True or False."""

    @admin.display(description=description, ordering=field)
    def column(self, obj):
        return "是" if getattr(obj, field) else "否"

    return column


class Explained:
    """Mix into admin pages: who may not open a page reads why, and who may."""

    show_facets = admin.ShowFacets.NEVER

    def name_of(self, obj) -> str:
        """How heads and breadcrumbs name a record; an admin page of a third party's model says it in Chinese."""
        return str(obj)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """The form, headed with the record's name."""
        if obj is not None and obj.pk:
            context |= {"subtitle": self.name_of(obj), "original": Named(self.name_of(obj), obj)}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def changelist_view(self, request, extra_context=None):
        """The list."""
        self._explain(request, "view", self.has_view_permission(request))
        return super().changelist_view(request, extra_context)

    def add_view(self, request, form_url="", extra_context=None):
        """The form of a new row."""
        self._explain(request, "add", self.has_add_permission(request))
        return super().add_view(request, form_url, extra_context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The form of a row: to be read, or to be changed."""
        self._explain(request, "view", self.has_view_permission(request))
        if request.method == "POST":
            self._explain(request, "change", self.has_change_permission(request))
        return super().change_view(request, object_id, form_url, extra_context)

    def _explain(self, request, act, allowed):
        if not allowed:
            name = self.permission_of(act)
            reason = request.user.decide(name).reason if name in PERMISSIONS else ""
            raise PermissionDenied(reason or READ_ONLY)
