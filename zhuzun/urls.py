"""Every address of the portal; each app keeps its own below it."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("accounts/roster/", include("zhuzun.rosters.urls")),
    path("accounts/", include("zhuzun.accounts.urls")),
    path("organisations/", include("zhuzun.organisations.urls")),
    path("audit/", include("zhuzun.audit.urls")),
    path("documents/papers/", include("zhuzun.notices.papers.urls_documents")),
    path("documents/", include("zhuzun.documents.urls")),
    path("notices/", include("zhuzun.notices.urls")),
    path("periods/", include("zhuzun.periods.urls")),
    path("runs/", include("zhuzun.runs.urls")),
    path("pairing/", include("pairing.urls")),
    path("tasks/", include("tasks.urls")),
    path("admin/", admin.site.urls),
    path("", include("zhuzun.home.urls")),
]

handler400 = "zhuzun.ui.faults.bad_request"
handler500 = "zhuzun.ui.faults.server_error"
