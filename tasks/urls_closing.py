"""Addresses of compiled figures, and of what closes a period."""

from django.urls import path

from tasks.views import closing

PERIOD = "periods/<int:pk>/"
patterns = [
    path(f"{PERIOD}figures/", closing.FiguresPage.as_view(), name="figures"),
    path(f"{PERIOD}figures/<str:code>/", closing.FigurePage.as_view(), name="figure"),
    path(f"{PERIOD}step/<slug:step>/", closing.PeriodStep.as_view(), name="period_step"),
    path(f"{PERIOD}sent-up/", closing.SendUp.as_view(), name="period_sent_up"),
]
