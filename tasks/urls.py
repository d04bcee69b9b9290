"""Addresses below /tasks/."""

from django.urls import path

from tasks import (
    urls_board,
    urls_chain,
    urls_chase,
    urls_checks,
    urls_closing,
    urls_filing,
    urls_papers,
    urls_plans,
    urls_report,
)
from tasks.views import documents, indicators, ledger, responsibility

app_name = "tasks"
MEASURE = "areas/<slug:code>/<str:number>/"
urlpatterns = [
    path("areas/", ledger.AreasPage.as_view(), name="areas"),
    path("areas/<slug:code>/", ledger.AreaPage.as_view(), name="area"),
    path(MEASURE, ledger.MeasurePage.as_view(), name="measure"),
    path(f"{MEASURE}set/", responsibility.SetResponsibility.as_view(), name="responsibility_set"),
    path(f"{MEASURE}<int:pk>/end/", responsibility.EndResponsibility.as_view(), name="responsibility_end"),
    path("measures/", ledger.MeasureList.as_view(), name="measures"),
    path("matrix/", ledger.MatrixPage.as_view(), name="matrix"),
    path("mine/", ledger.MinePage.as_view(), name="mine"),
    path("indicators/", indicators.IndicatorList.as_view(), name="indicators"),
    path("indicators/<str:code>/", indicators.IndicatorDetail.as_view(), name="indicator"),
    path("documents/", documents.DocumentList.as_view(), name="documents"),
    path("documents/new/", documents.EnterDocument.as_view(), name="document_new"),
    path("documents/<slug:code>/", documents.DocumentPage.as_view(), name="document"),
    path("documents/<slug:code>/paragraphs/", documents.EnterParagraphs.as_view(), name="paragraphs"),
    path("documents/<slug:code>/paragraphs/<int:number>/", documents.EnterArea.as_view(), name="area_new"),
    path("documents/<slug:code>/paragraphs/<int:number>/duties/", documents.EnterDuties.as_view(), name="duties_enter"),
    *urls_board.patterns,
    *urls_checks.patterns,
    *urls_filing.patterns,
    *urls_plans.patterns,
    *urls_closing.patterns,
    *urls_papers.patterns,
    *urls_chase.patterns,
    *urls_report.patterns,
    *urls_chain.patterns,
]
