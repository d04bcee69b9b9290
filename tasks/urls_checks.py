"""Addresses of the county's check and of disputes."""

from django.urls import path

from tasks.views import checks

patterns = [
    path("checks/", checks.CheckList.as_view(), name="checks"),
    path("checks/<int:pk>/", checks.CheckPage.as_view(), name="check"),
    path("checks/<int:pk>/all/", checks.ConfirmAll.as_view(), name="check_all"),
    path("checks/<int:pk>/sheet/", checks.AttachSheet.as_view(), name="check_sheet"),
    path("checks/sheets/<uuid:sheet>/withdraw/", checks.WithdrawSheet.as_view(), name="check_sheet_withdraw"),
    path("disputes/", checks.DisputeList.as_view(), name="disputes"),
    path("disputes/<int:pk>/", checks.SettlePage.as_view(), name="dispute"),
]
