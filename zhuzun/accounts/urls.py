from django.contrib.auth.views import LogoutView
from django.urls import path

from zhuzun.accounts.views import people, roles, signin

app_name = "accounts"
urlpatterns = [
    path("login/", signin.SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password/", signin.ChangePassword.as_view(), name="password_change"),
    path("identity/", signin.ChooseIdentity.as_view(), name="identity"),
    path("people/", people.PeoplePage.as_view(), name="people"),
    path("people/new/", people.OpenAccount.as_view(), name="open"),
    path("people/slips/", people.ReissueSlips.as_view(), name="reissue"),
    path("people/<int:pk>/", people.PersonPage.as_view(), name="person"),
    path("people/<int:pk>/correct/", people.CorrectAccount.as_view(), name="correct"),
    path("people/<int:pk>/reset/", people.ResetPassword.as_view(), name="reset"),
    path("people/<int:pk>/end/", people.EndAccount.as_view(), name="end"),
    path("people/<int:pk>/reopen/", people.ReopenAccount.as_view(), name="reopen"),
    path("people/<int:pk>/roles/new/", roles.GiveRole.as_view(), name="role_give"),
    path("roles/<int:pk>/correct/", roles.CorrectRole.as_view(), name="role_correct"),
    path("roles/<int:pk>/end/", roles.EndRole.as_view(), name="role_end"),
]
