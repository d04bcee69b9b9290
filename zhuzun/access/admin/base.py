"""THE base class for admin pages.

Every question goes to the policy table by name (`app.view_model`, `app.add_model`, `app.change_model`), with the
record. Nothing is deleted. Saving goes through `add_row` and `change_row`, which a room overrides to call its service;
what the service refuses stands on the form, beside its field. Every act is announced for the trail; Django's
own log of the admin is not kept beside it.
"""

from django import forms
from django.contrib import admin
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, OneToOneField

from zhuzun import clock
from zhuzun.access.admin.face import Explained, PlainFields
from zhuzun.access.scopes import ScopedQuerySet
from zhuzun.dated import integrity_message
from zhuzun.errors import DomainError
from zhuzun.happenings import announce
from zhuzun.ui import conflicts
from zhuzun.ui.forms import ReasonField

REASON, SEEN = "change_reason", conflicts.FIELD


class ReasonForm(forms.ModelForm):
    """A change in the admin is a correction, and a correction has a reason."""

    change_reason = ReasonField(label="更正原因", max_length=100)
    seen = forms.CharField(label="", required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial[SEEN] = conflicts.version_of(self.instance)


class AskPolicy:
    """Answers Django's questions from the policy table; `permission_of(act)` gives the name that is asked."""

    asks_policy = True

    def permission_of(self, act: str) -> str:
        """The declared name of `view`, `add` or `change` for this model."""
        return f"{self.opts.app_label}.{act}_{self.opts.model_name}"

    def _may(self, request, act, obj=None):
        return request.user.decide(self.permission_of(act), obj).allowed

    def has_view_permission(self, request, obj=None):
        return self._may(request, "view", obj) or self._may(request, "change", obj)

    def has_add_permission(self, request, *args):
        return self._may(request, "add")

    def has_change_permission(self, request, obj=None):
        return self._may(request, "change", obj)

    def has_delete_permission(self, request, obj=None):
        """Records are not deleted: they end, or are corrected."""
        return False


class PortalInline(AskPolicy, PlainFields, admin.TabularInline):
    """Rows of a record (names, memberships …): whoever may change the record may change them."""

    extra = 0
    show_change_link = False

    def permission_of(self, act):
        """The record's own permission; adding a row is changing the record."""
        owner = self.parent_model._meta
        return f"{owner.app_label}.{'change' if act == 'add' else act}_{owner.model_name}"

    def get_autocomplete_fields(self, request):
        """Every reference is searched for, never chosen from a long select."""
        return _references(self, self.autocomplete_fields)


class PortalAdmin(AskPolicy, Explained, PlainFields, admin.ModelAdmin):
    """Base of every admin page of the portal."""

    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    actions = None
    view_on_site = False
    reason_on_change = True  # a change asks for its reason
    object_history_template = "admin/portal/trail.html"

    def has_module_permission(self, request):
        """In the index for whoever may see the list."""
        return self.has_view_permission(request)

    def get_queryset(self, request):
        """The rows one may see."""
        rows = super().get_queryset(request)
        return rows.visible_to(request.user, self.permission_of("view")) if isinstance(rows, ScopedQuerySet) else rows

    def get_autocomplete_fields(self, request):
        """Every reference is searched for, never chosen from a long select."""
        return _references(self, self.autocomplete_fields)

    # --- the form, with its reason -----------------------------------------------------------------------------------
    def _asks_reason(self, request, obj):
        return self.reason_on_change and obj is not None and self.has_change_permission(request, obj)

    def get_fieldsets(self, request, obj=None):
        """The model's fields, and the reason of a change below them."""
        shown = [
            (title, {**options, "fields": [name for name in options["fields"] if name not in (REASON, SEEN)]})
            for title, options in super().get_fieldsets(request, obj)
        ]
        return [*shown, ("更正", {"fields": [REASON, SEEN]})] if self._asks_reason(request, obj) else shown

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form; with the reason where it changes something, and with what the service refused the first time."""
        if self._asks_reason(request, obj) and not issubclass(self.form, ReasonForm):
            kwargs["form"] = type("ReasonedForm", (ReasonForm, self.form), {})
        form = super().get_form(request, obj, change=change, **kwargs)
        return _refusing(form, request.refused) if hasattr(request, "refused") else form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form; what a service or the database refuses comes back on it, with all that was typed."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except DomainError as error:
            request.refused = error
        except IntegrityError as error:
            request.refused = DomainError(integrity_message(error))
        return super().changeform_view(request, object_id, form_url, extra_context)

    # --- saving, through the service ---------------------------------------------------------------------------------
    def save_model(self, request, obj, form, change):
        """Hand the act to `add_row` or `change_row`; the row they saved is the one Django goes on with."""
        now = clock.now()
        if change:
            changes = {name: form.cleaned_data[name] for name in form.changed_data if name not in (REASON, SEEN)}
            kept = self.model._base_manager.get(pk=obj.pk)
            conflicts.refuse_changed(kept, form.cleaned_data.get(SEEN, ""), user=request.user)
            reason = form.cleaned_data.get(REASON, "")
            saved = self.change_row(kept, changes, reason=reason, actor=request.user, now=now) if changes else kept
        else:
            saved = self.add_row(obj, actor=request.user, now=now)
        obj.__dict__.update(saved.__dict__)

    def add_row(self, obj, *, actor, now):
        """Save a new row and announce it; a room with a service overrides this and gives back the row it saved."""
        obj._change_reason = "新增"
        obj.save()
        announce("record.add", actor=actor, now=now, obj=obj)
        return obj

    def change_row(self, obj, changes, *, reason, actor, now):
        """Set `changes` (field → value) on the stored row; a room with a service overrides this."""
        detail = {name: [_text(getattr(obj, name)), _text(value)] for name, value in changes.items()}
        for name, value in changes.items():
            if not self.model._meta.get_field(name).many_to_many:
                setattr(obj, name, value)
        obj._change_reason = reason
        obj.save()
        announce("record.change", actor=actor, now=now, obj=obj, reason=reason, detail=detail)
        return obj

    def save_formset(self, request, form, formset, change):
        """The rows of an inline: saved and announced one by one, for the record they belong to."""
        now, reason = clock.now(), form.cleaned_data.get(REASON, "")
        with transaction.atomic():
            formset.save()
            for row in formset.new_objects:
                announce("record.add", actor=request.user, now=now, obj=form.instance, reason=reason, detail=_row(row))
            for row, names in formset.changed_objects:
                before = next(one.initial for one in formset.forms if one.instance.pk == row.pk)
                detail = {_label(row, name): [_text(before.get(name)), _text(getattr(row, name))] for name in names}
                announce("record.change", actor=request.user, now=now, obj=form.instance, reason=reason, detail=detail)

    def log_addition(self, request, obj, message):
        """Nothing: the trail has it."""

    log_change = log_addition

    def history_view(self, request, object_id, extra_context=None):
        """The record's history as sentences from the trail."""
        self._explain(request, "view", self.has_view_permission(request))
        obj = self.get_object(request, object_id)
        name = self.name_of(obj) if obj else ""
        context = {"object": obj, "title": f"变更记录：{name}", "object_name": name, **(extra_context or {})}
        return super().history_view(request, object_id, context)


def _references(model_admin, named):
    """The reference fields whose model has an admin page that can be searched."""
    fields = [
        field.name
        for field in model_admin.model._meta.get_fields()
        if isinstance(field, ForeignKey | OneToOneField) and _searchable(model_admin.admin_site, field.related_model)
    ]
    return tuple(dict.fromkeys([*named, *fields]))


def _searchable(site, model):
    return site.is_registered(model) and bool(site.get_model_admin(model).search_fields)


def _refusing(form_class, error):
    """The form, made to say what was refused."""

    class Refusing(form_class):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            if SEEN in self.initial and self.is_bound:  # what was told is known when it is sent again
                self.data = self.data.copy()
                self.data[SEEN] = self.initial[SEEN]

        def clean(self):
            cleaned = super().clean()
            self.add_error(error.field if error.field in self.fields else None, error.message)
            return cleaned

    return Refusing


def _label(row, name):
    return f"{row._meta.verbose_name}·{row._meta.get_field(name).verbose_name}"


def _row(row):
    """A new inline row as detail: «单位名称: 横琴粤澳深度合作区»."""
    return {str(row._meta.verbose_name): str(row)}


def _text(value):
    return "" if value is None else str(value)
