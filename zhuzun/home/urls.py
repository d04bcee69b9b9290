"""The workbench and the health check."""

from django.urls import path

from zhuzun.home import views

app_name = "home"
urlpatterns = [
    path("", views.Workbench.as_view(), name="workbench"),
    path("healthz", views.healthz, name="healthz"),
]
