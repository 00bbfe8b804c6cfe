"""Addresses of the people room."""

from django.urls import path

from alongside.apps.people.views import account, factors, invitations, partners, people, sign_in

app_name = "people"
urlpatterns = [
    path("sign-in/", sign_in.SignIn.as_view(), name="login"),
    path("sign-in/passkey/", sign_in.SignInWithPasskey.as_view(), name="passkey_login"),
    path("sign-in/second/", sign_in.SecondStep.as_view(), name="second_step"),
    path("sign-in/again/", sign_in.AskAgain.as_view(), name="ask_again"),
    path("sign-in/forgotten/", account.forgotten, name="forgotten"),
    path("sign-in/forgotten/<uuid:person_id>/<str:token>/", account.new_password, name="new_password"),
    path("sign-in/demo/<uuid:person_id>/", sign_in.sign_in_to_demo, name="demo_login"),
    path("sign-out/", sign_in.sign_out, name="logout"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("you/", account.account, name="account"),
    path("you/password/", account.password, name="password"),
    path("you/sessions/", account.sessions, name="sessions"),
    path("you/second-step/", factors.set_up, name="set_up"),
    path("you/app/", factors.add_app, name="add_app"),
    path("you/app/remove/", factors.remove_app, name="remove_app"),
    path("you/passkeys/add/", factors.add_passkey, name="add_passkey"),
    path("you/passkeys/<int:passkey_id>/", factors.passkey, name="passkey"),
    path("you/codes/", factors.codes, name="codes"),
    path("you/codes/change/", factors.change_codes, name="change_codes"),
    path("people/", people.people, name="people"),
    path("people/<uuid:person_id>/", people.person, name="person"),
    path("people/invitations/", invitations.invitations, name="invitations"),
    path("people/invitations/new/", invitations.new_invitation, name="invite"),
    path("people/invitations/<uuid:invitation_id>/", invitations.invitation_action, name="invitation_action"),
    path("roles/", people.roles, name="roles"),
    path("partners/", partners.partners, name="partners"),
]
