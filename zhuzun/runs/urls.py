"""Addresses below /runs/."""

from django.urls import path

from zhuzun.runs import views

app_name = "runs"
urlpatterns = [path("", views.RunList.as_view(), name="runs")]
