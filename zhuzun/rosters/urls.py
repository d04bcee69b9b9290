from django.urls import path

from zhuzun.rosters import views

app_name = "rosters"
urlpatterns = [
    path("", views.Upload.as_view(), name="upload"),
    path("template/", views.Template.as_view(), name="template"),
    path("<uuid:pk>/", views.Preview.as_view(), name="preview"),
    path("<uuid:pk>/discard/", views.Discard.as_view(), name="discard"),
]
