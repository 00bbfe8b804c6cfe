"""Addresses of the people room."""

from django.urls import path

from alongside.apps.people.views import accounts, partners, people, request_work, requests, your_data

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
    path("your-data/", your_data.welcome, name="your_data"),
    path("your-data/ask/", your_data.ask, name="your_data_ask"),
    path("your-data/sent/", your_data.sent, name="your_data_sent"),
    path("your-data/answer/", your_data.answer, name="your_answer"),
    path("your-data/answer/<slug:shape>/", your_data.open_as, name="your_answer_open"),
    path("your-data/mine/", your_data.mine, name="held"),
    path("your-data/mine/<uuid:request_id>/<slug:shape>/", your_data.open_own, name="own_answer"),
    path("data-requests/", requests.queue, name="requests"),
    path("data-requests/new/", requests.new, name="new_request"),
    path("data-requests/report/", requests.report, name="requests_report"),
    path("data-requests/<uuid:request_id>/", requests.show, name="request"),
    path("data-requests/<uuid:request_id>/step/<slug:move>/", requests.step, name="request_step"),
    path("data-requests/<uuid:request_id>/find/", request_work.find, name="request_find"),
    path("data-requests/<uuid:request_id>/records/", request_work.records, name="request_records"),
    path(
        "data-requests/<uuid:request_id>/records/<uuid:record_id>/",
        request_work.review,
        name="request_review",
    ),
    path("data-requests/<uuid:request_id>/make/", request_work.make, name="request_make"),
    path("data-requests/<uuid:request_id>/password/", request_work.new_secret, name="request_secret"),
    path("data-requests/<uuid:request_id>/correct/", request_work.correct, name="request_correct"),
    path("data-requests/<uuid:request_id>/stop/", request_work.stop_uses, name="request_stop"),
    path("data-requests/<uuid:request_id>/erase/", request_work.erase, name="request_erase"),
    path("partners/", partners.partners, name="partners"),
]
