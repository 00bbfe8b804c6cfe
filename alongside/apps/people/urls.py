"""Addresses of the people room."""

from django.urls import path

from alongside.apps.people.views import accounts, partners, people

app_name = "people"
urlpatterns = [
    path("sign-in/", accounts.SignIn.as_view(), name="login"),
    path("sign-in/demo/<uuid:person_id>/", accounts.sign_in_to_demo, name="demo_login"),
    path("sign-out/", accounts.sign_out, name="logout"),
    path("password/", accounts.ChangePassword.as_view(), name="password"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new_person, name="new_person"),
    path("people/<uuid:person_id>/", people.person, name="person"),
    path("roles/", people.roles, name="roles"),
    path("partners/", partners.partners, name="partners"),
]
