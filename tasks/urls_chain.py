"""Addresses of what people do to reports, and of the lists of what waits."""

from django.urls import path, register_converter

from tasks.acts import ACTS
from tasks.views import chain, waiting


class ActConverter:
    """One of the acts of tasks/acts.py."""

    regex = "|".join(ACTS)

    def to_python(self, value):
        """As it stands in the address."""
        return value

    def to_url(self, value):
        """As it stands in the table."""
        return value


register_converter(ActConverter, "act")

patterns = [
    path("reports/<int:pk>/<act:act>/", chain.ActPage.as_view(), name="report_act"),
    path("reports/<int:pk>/return/", chain.ReturnPage.as_view(), name="report_return"),
    path("reports/<int:pk>/sheet/", chain.SheetPage.as_view(), name="report_sheet"),
    path("reports/sheets/<uuid:sheet>/withdraw/", chain.WithdrawSheet.as_view(), name="sheet_withdraw"),
    path("reports/<int:pk>/opinion/<slug:county>/", chain.OpinionPage.as_view(), name="report_opinion"),
    path("reports/<int:pk>/extend/", chain.ExtendPage.as_view(), name="report_extend"),
    path("extensions/", waiting.ExtensionList.as_view(), name="extensions"),
    path("extensions/<int:asked>/", chain.DecideExtension.as_view(), name="extension"),
    path("review/", waiting.ReviewPage.as_view(), name="review"),
    path("opinions/", waiting.OpinionsPage.as_view(), name="opinions"),
    path("signing/", waiting.SigningPage.as_view(), name="signing"),
]
