"""Addresses of the people room."""

from django.urls import path

from alongside.apps.people import views

app_name = "people"
urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="login"),
    path("sign-in/demo/<uuid:person_id>/", views.sign_in_to_demo, name="demo_login"),
    path("sign-out/", views.sign_out, name="logout"),
    path("password/", views.ChangePassword.as_view(), name="password"),
    path("people/", views.people, name="people"),
    path("people/new/", views.new_person, name="new_person"),
    path("people/<uuid:person_id>/", views.person, name="person"),
    path("roles/", views.roles, name="roles"),
    path("partners/", views.partners, name="partners"),
]
