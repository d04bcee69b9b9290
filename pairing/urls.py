from django.urls import path

from pairing.views import actions, agreements, contacts, coverage, detail, sub, table

app_name = "pairing"
urlpatterns = [
    path("", table.AnnexTable.as_view(), name="table"),
    path("add/", actions.AddCountyPairing.as_view(), name="add"),
    path("contacts/", contacts.ContactDirectory.as_view(), name="contacts"),
    path("coverage/", coverage.CoverageTable.as_view(), name="coverage"),
    path("coverage/<code:code>/<slug:place>/", coverage.CoveragePlaces.as_view(), name="coverage_places"),
    path("sub/", sub.SubList.as_view(), name="sub_list"),
    path("sub/add/", sub.AddSub.as_view(), name="sub_add"),
    path("sub/<slug:number>/replace/", sub.ReplaceSub.as_view(), name="replace_sub"),
    path("agreements/", agreements.AgreementList.as_view(), name="agreements"),
    path("agreements/new/", agreements.AddAgreement.as_view(), name="agreement_add"),
    path("agreements/<int:pk>/", agreements.AgreementPage.as_view(), name="agreement"),
    path("agreements/<int:pk>/scan/", agreements.AttachScan.as_view(), name="agreement_scan"),
    path("agreements/<int:pk>/sign/", agreements.SignAgreement.as_view(), name="agreement_sign"),
    path("agreements/<int:pk>/revise/", agreements.ReviseAgreement.as_view(), name="agreement_revise"),
    path("<slug:number>/", detail.PairingDetail.as_view(), name="detail"),
    path("<slug:number>/end/", actions.EndPairing.as_view(), name="end"),
    path("<slug:number>/replace/", actions.ReplaceCountyPairing.as_view(), name="replace"),
    path("<slug:number>/correct/", actions.CorrectPairing.as_view(), name="correct"),
]
