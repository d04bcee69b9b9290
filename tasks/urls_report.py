"""Addresses of progress reports."""

from django.urls import path

from tasks.views import report

patterns = [
    path("reports/<int:pk>/", report.ReportPage.as_view(), name="report"),
]
