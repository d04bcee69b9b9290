from django.urls import path

from pairing.views import actions, contacts, coverage, detail, sub, table

app_name = "pairing"
urlpatterns = [
    path("", table.AnnexTable.as_view(), name="table"),
    path("add/", actions.AddCountyPairing.as_view(), name="add"),
    path("contacts/", contacts.ContactDirectory.as_view(), name="contacts"),
    path("coverage/", coverage.CoverageTable.as_view(), name="coverage"),
    path("coverage/<str:code>/<slug:place>/", coverage.CoveragePlaces.as_view(), name="coverage_places"),
    path("sub/", sub.SubList.as_view(), name="sub_list"),
    path("sub/add/", sub.AddSub.as_view(), name="sub_add"),
    path("sub/<str:number>/replace/", sub.ReplaceSub.as_view(), name="replace_sub"),
    path("<str:number>/", detail.PairingDetail.as_view(), name="detail"),
    path("<str:number>/end/", actions.EndPairing.as_view(), name="end"),
    path("<str:number>/replace/", actions.ReplaceCountyPairing.as_view(), name="replace"),
    path("<str:number>/correct/", actions.CorrectPairing.as_view(), name="correct"),
]
