from django.urls import path, register_converter

from zhuzun.organisations import views


class CodeConverter:
    """A body's code in an address: anything a database can look up."""

    regex = r"[^/\x00-\x1f]{1,40}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(CodeConverter, "code")

app_name = "organisations"
urlpatterns = [
    path("", views.OrganisationList.as_view(), name="list"),
    path("divisions/", views.DivisionList.as_view(), name="divisions"),
    path("partners/add/", views.RegisterPartner.as_view(), name="partner"),
    path("mine/contacts/", views.MyContacts.as_view(), name="my_contacts"),
    path("<code:code>/", views.OrganisationDetail.as_view(), name="detail"),
    path("<code:code>/rename/", views.RenameOrganisation.as_view(), name="rename"),
    path("<code:code>/close/", views.CloseOrganisation.as_view(), name="close"),
    path("<code:code>/contacts/", views.ContactList.as_view(), name="contacts"),
    path("<code:code>/contacts/add/", views.AddContact.as_view(), name="add_contact"),
    path("<code:code>/contacts/<int:pk>/end/", views.EndContact.as_view(), name="end_contact"),
    path("<code:code>/contacts/<int:pk>/correct/", views.CorrectContact.as_view(), name="correct_contact"),
]
