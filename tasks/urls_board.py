"""Addresses of the board, of periods, and of what the bureau changes of them."""

from django.urls import path

from tasks.views import board

patterns = [
    path("board/", board.BoardPage.as_view(), name="board"),
    path("reports/", board.ReportList.as_view(), name="reports"),
    path("reports/<int:pk>/move/", board.MoveOne.as_view(), name="report_move"),
    path("reports/<int:pk>/excuse/", board.Excuse.as_view(), name="report_excuse"),
    path("periods/<int:pk>/", board.PeriodPage.as_view(), name="period"),
    path("periods/<int:pk>/<int:form>/move/", board.MoveAll.as_view(), name="period_move"),
    path("periods/<int:pk>/<int:form>/add/", board.AddBody.as_view(), name="period_add"),
]
