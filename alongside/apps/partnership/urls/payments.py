"""Addresses of payments: asking, approving, paying, comparing with the ledger."""

from django.urls import path

from alongside.apps.partnership.views import payment_moves, payments, reconciling

app_name = "payments"
urlpatterns = [
    path("", payments.payments, name="list"),
    path("export/<str:kind>/", payments.export, name="export"),
    path("new/", payments.new, name="new"),
    path("approve/", payment_moves.approve_many, name="approve_many"),
    path("reconcile/", reconciling.reconcile, name="reconcile"),
    path("reconcile/<uuid:ledger_id>/", reconciling.ledger, name="ledger"),
    path("reconcile/<uuid:ledger_id>/columns/", reconciling.columns, name="ledger_columns"),
    path("reconcile/<uuid:ledger_id>/confirm/", reconciling.confirm, name="ledger_confirm"),
    path("reconcile/<uuid:ledger_id>/leave/", reconciling.leave, name="ledger_leave"),
    path("reconcile/<uuid:ledger_id>/rows/", reconciling.wrong_rows, name="ledger_rows"),
    path("<uuid:payment_id>/", payments.payment, name="payment"),
    path("<uuid:payment_id>/approve/", payment_moves.approve, name="approve"),
    path("<uuid:payment_id>/pay/", payment_moves.pay, name="pay"),
    path("<uuid:payment_id>/query/", payment_moves.query, name="query"),
    path("<uuid:payment_id>/answer/", payment_moves.answer, name="answer"),
    path("<uuid:payment_id>/cancel/", payment_moves.cancel, name="cancel"),
    path("<uuid:payment_id>/failed/", payment_moves.failed, name="failed"),
]
