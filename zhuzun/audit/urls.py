from django.urls import path

from zhuzun.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.EventList.as_view(), name="events"),
    path("<int:pk>/", views.EventDetail.as_view(), name="event"),
]
