"""The admin site `/admin/`: for bureau officers and the 三员 only, as the policy table says."""

from functools import wraps

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.i18n import JavaScriptCatalog

from zhuzun.ui.guards import require

ENTER = "admin.enter"
ORDER = ("pairing", "tasks", "organisations", "access", "runs")
LENT = {"django_celery_beat": "runs"}  # a third party's rows stand among our own


class Suggestions(AutocompleteJsonView):
    """What a search field offers: a body with the places above it, where its admin page says how."""

    def process_request(self, request):
        """Whose page it is; who may not see those records reads so."""
        try:
            term, *rest = super().process_request(request)
        except PermissionDenied as refused:
            raise PermissionDenied(str(refused) or "您不能查找这类记录。") from None
        return term.replace("\0", ""), *rest  # PostgreSQL takes no NUL

    def serialize_result(self, obj, to_field_name):
        label = getattr(self.model_admin, "autocomplete_label", str)
        return {**super().serialize_result(obj, to_field_name), "text": label(obj)}


class ScriptWords(JavaScriptCatalog):
    """The catalogue for scripts, with the project's own `locale/` last, so that it wins."""

    def get_paths(self, packages):
        """Where the catalogues lie."""
        return [*super().get_paths(packages), *map(str, settings.LOCALE_PATHS)]


class PortalAdminSite(AdminSite):
    """Chinese titles; entry by the permission `admin.enter`; signing in and passwords have the portal's own pages."""

    site_title = "珠遵协作后台"
    site_header = "珠海—遵义东西部协作 后台管理"
    index_title = "后台管理"
    site_url = "/"
    empty_value_display = "—"

    def register(self, model_or_iterable, admin_class=None, **options):
        """Only pages built on PortalAdmin: others ask for permissions that the policy table does not know."""
        if getattr(admin_class, "asks_policy", False):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request):
        return request.user.is_authenticated and request.user.has_perm(ENTER)

    def admin_view(self, view, cacheable=False):
        """Sign-in first; whoever may not enter reads why on the 403 page."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def guarded(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            require(request.user, ENTER)
            return inner(request, *args, **kwargs)

        return guarded

    def login(self, request, extra_context=None):
        """The portal's sign-in page."""
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def password_change(self, request, extra_context=None):
        """The portal's own page."""
        return HttpResponseRedirect(reverse("accounts:password_change"))

    def i18n_javascript(self, request, extra_context=None):
        """Django's words for its scripts, and over them our own: its calendar heads the days M T W."""
        return ScriptWords.as_view(packages=["django.contrib.admin"])(request)

    def autocomplete_view(self, request):
        """Suggestions with labels that tell one village from another."""
        return Suggestions.as_view(admin_site=self)(request)

    def get_app_list(self, request, app_label=None):
        """The rooms in the office's order; what a third party keeps for a room stands in it."""
        rooms = {room["app_label"]: room for room in super().get_app_list(request, app_label)}
        for lent, ours in LENT.items():
            if lent in rooms and ours in rooms:
                rooms[ours]["models"] += rooms.pop(lent)["models"]
        rank = {label: place for place, label in enumerate(ORDER)}
        return sorted(rooms.values(), key=lambda room: rank.get(room["app_label"], len(rank)))
