"""Addresses of compiled figures, of what closes a period, of corrections, and of targets."""

from django.urls import path

from tasks.views import closing, corrections, targets

PERIOD = "periods/<int:pk>/"
patterns = [
    path("periods/", closing.PeriodList.as_view(), name="periods"),
    path(f"{PERIOD}figures/", closing.FiguresPage.as_view(), name="figures"),
    path(f"{PERIOD}figures/<str:code>/", closing.FigurePage.as_view(), name="figure"),
    path(f"{PERIOD}step/<slug:step>/", closing.PeriodStep.as_view(), name="period_step"),
    path(f"{PERIOD}sent-up/", closing.SendUp.as_view(), name="period_sent_up"),
    path("corrections/", corrections.CorrectionList.as_view(), name="corrections"),
    path("corrections/new/<int:pk>/", corrections.AskCorrection.as_view(), name="correction_ask"),
    path("corrections/<int:pk>/", corrections.CorrectionPage.as_view(), name="correction"),
    path("corrections/<int:pk>/<slug:step>/", corrections.CorrectionStep.as_view(), name="correction_step"),
    path("targets/", targets.TargetsPage.as_view(), name="targets"),
    path("targets/of/<str:code>/", targets.TargetPage.as_view(), name="target"),
    path("targets/<int:pk>/", targets.ChooseIndicator.as_view(), name="agreement_targets"),
    path("targets/<int:pk>/<str:code>/", targets.SetTargets.as_view(), name="target_set"),
]
