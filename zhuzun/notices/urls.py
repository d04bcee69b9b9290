from django.urls import path

from zhuzun.notices import views
from zhuzun.notices.incoming import urls as incoming
from zhuzun.notices.papers import urls as papers

app_name = "notices"
urlpatterns = [
    path("inbox/", views.Inbox.as_view(), name="inbox"),
    path("inbox/read/", views.ReadAll.as_view(), name="read_all"),
    path("inbox/<int:pk>/", views.MessagePage.as_view(), name="message"),
    *incoming.urlpatterns,
    *papers.urlpatterns,
]
