from django.urls import path

from zhuzun.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.OrganisationList.as_view(), name="list"),
    path("divisions/", views.DivisionList.as_view(), name="divisions"),
    path("partners/add/", views.RegisterPartner.as_view(), name="partner"),
    path("mine/contacts/", views.MyContacts.as_view(), name="my_contacts"),
    path("<str:code>/", views.OrganisationDetail.as_view(), name="detail"),
    path("<str:code>/rename/", views.RenameOrganisation.as_view(), name="rename"),
    path("<str:code>/close/", views.CloseOrganisation.as_view(), name="close"),
    path("<str:code>/contacts/", views.ContactList.as_view(), name="contacts"),
    path("<str:code>/contacts/add/", views.AddContact.as_view(), name="add_contact"),
    path("<str:code>/contacts/<int:pk>/end/", views.EndContact.as_view(), name="end_contact"),
    path("<str:code>/contacts/<int:pk>/correct/", views.CorrectContact.as_view(), name="correct_contact"),
]
