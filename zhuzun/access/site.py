"""The admin site `/admin/`: for bureau officers and the 三员 only, as the policy table says."""

from django.contrib.admin import AdminSite


class PortalAdminSite(AdminSite):
    """Chinese titles; entry by the permission `admin.enter`."""

    site_title = "珠遵协作后台"
    site_header = "珠海—遵义东西部协作 后台管理"
    index_title = "后台管理"
    enable_nav_sidebar = True

    def has_permission(self, request):
        return request.user.is_authenticated and request.user.has_perm("admin.enter")
