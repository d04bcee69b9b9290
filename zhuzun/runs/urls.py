"""Addresses below /runs/."""

from django.urls import path

from zhuzun.runs.views import own, records

app_name = "runs"
urlpatterns = [
    path("", records.RunList.as_view(), name="runs"),
    path("jobs/", own.JobList.as_view(), name="jobs"),
    path("jobs/<uuid:pk>/", own.JobPage.as_view(), name="job"),
    path("jobs/<uuid:pk>/file/", own.JobFile.as_view(), name="job_file"),
    path("jobs/<uuid:pk>/again/", own.JobAgain.as_view(), name="job_again"),
]
