from django.urls import path

from zhuzun.periods import views

app_name = "periods"
urlpatterns = [
    path("calendar/", views.CalendarPage.as_view(), name="calendar"),
    path("calendar/day/", views.SetDay.as_view(), name="set_day"),
    path("calendar/day/<int:pk>/clear/", views.ClearDay.as_view(), name="clear_day"),
    path("calendar/<int:year>/enter/", views.EnterYear.as_view(), name="enter_year"),
    path("calendar/changed/", views.Changed.as_view(), name="changed"),
]
