from django.urls import path

from zhuzun.documents.views import Download

app_name = "documents"
urlpatterns = [path("<uuid:pk>/", Download.as_view(), name="download")]
