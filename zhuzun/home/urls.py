from django.urls import path

from zhuzun.home import views

app_name = "home"
urlpatterns = [
    path("", views.workbench, name="workbench"),
    path("healthz", views.healthz, name="healthz"),
]
