"""Field values over time (simple-history), with their differences; going back is not offered."""

from simple_history.admin import SimpleHistoryAdmin

from zhuzun.access.admin.base import PortalAdmin


class HistoryAdmin(PortalAdmin, SimpleHistoryAdmin):
    """For models that keep their history: what was changed, from what to what, by whom and why."""

    object_history_template = "admin/portal/history.html"
    object_history_list_template = "admin/portal/history_list.html"
    history_list_per_page = 50

    def get_urls(self):
        """Without simple-history's page of one version: a POST to it would bring the old values back."""
        back = f"{self.opts.app_label}_{self.opts.model_name}_simple_history"
        return [url for url in super().get_urls() if url.name != back]

    def history_view(self, request, object_id, extra_context=None):
        """The versions with their differences, and the sentences of the trail."""
        self._explain(request, "view", self.has_view_permission(request))
        return SimpleHistoryAdmin.history_view(self, request, object_id, extra_context)

    def save_model(self, request, obj, form, change):
        """Through the service; the version names the person whom the request names."""
        PortalAdmin.save_model(self, request, obj, form, change)

    def revert_disabled(self, request, obj=None):
        """Old values are corrected by a new change with a reason."""
        return True
