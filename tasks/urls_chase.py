"""Addresses of chasing: by hand, the record of reminders, and the list of whom to name."""

from django.urls import path

from tasks.views import chase

patterns = [
    path("chase/", chase.ChasePage.as_view(), name="chase"),
    path("chase/copied/", chase.Copied.as_view(), name="chase_copied"),
    path("reminders/", chase.ReminderList.as_view(), name="reminders"),
    path("periods/<int:pk>/names/", chase.NamesPage.as_view(), name="names"),
    path("names/<int:pk>/", chase.DecideName.as_view(), name="name_decide"),
]
