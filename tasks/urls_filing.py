"""Addresses of filling in a report."""

from django.urls import path

from tasks.views import filing, opening_figures, report_files

REPORT = "reports/<int:pk>/"
SECTION = f"{REPORT}sections/<int:section>/"
patterns = [
    path(f"{REPORT}cells/", filing.Cells.as_view(), name="report_cells"),
    path(f"{REPORT}zero/", filing.ZeroAll.as_view(), name="report_zero"),
    path(f"{REPORT}carry/", filing.CarryOver.as_view(), name="report_carry"),
    path(f"{SECTION}text/", filing.SaveText.as_view(), name="section_text"),
    path(f"{SECTION}assign/", filing.Assign.as_view(), name="section_assign"),
    path(f"{SECTION}tick/", filing.Tick.as_view(), name="section_tick"),
    path(f"{SECTION}unlock/", filing.Unlock.as_view(), name="section_unlock"),
    path(f"{REPORT}evidence/", filing.AddEvidence.as_view(), name="report_evidence"),
    path(f"{REPORT}print/", report_files.Print.as_view(), name="report_print"),
    path(f"{REPORT}form.xlsx", report_files.Form.as_view(), name="report_form"),
    path(f"{REPORT}upload/", report_files.Upload.as_view(), name="report_upload"),
    path(f"{REPORT}upload/<uuid:key>/", report_files.Preview.as_view(), name="report_preview"),
    path("opening-figures/", opening_figures.OpeningFigureList.as_view(), name="opening_figures"),
    path("opening-figures/template/", opening_figures.Template.as_view(), name="opening_template"),
    path("opening-figures/upload/", opening_figures.Upload.as_view(), name="opening_upload"),
    path("opening-figures/upload/<uuid:pk>/", opening_figures.Preview.as_view(), name="opening_preview"),
    path("opening-figures/upload/<uuid:pk>/discard/", opening_figures.Discard.as_view(), name="opening_discard"),
    path("evidence/<uuid:pk>/withdraw/", filing.WithdrawEvidence.as_view(), name="evidence_withdraw"),
]
