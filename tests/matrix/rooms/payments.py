"""Addresses of payments, of finance's ledger, and of what a group received."""

from uuid import uuid4

from tests.matrix.language import ACCOUNT, button, form, page

SEES, ASKS, APPROVES, PAYS = "see_payments", "ask_for_payments", "approve_payments", "pay"
OWN = "see_own_organisation"
WORDS = {"words": "Which half of the grant is this?"}
PAID = {"paid_on_day": "20", "paid_on_month": "11", "paid_on_year": "2026", "finance_reference": "F-1"}

ROWS = (
    page("payments:list", SEES),
    page("payments:export", SEES, values={"kind": "csv"}),
    page("payments:export", SEES, values={"kind": "xlsx"}),
    form("payments:new", ASKS),
    button("payments:approve_many", APPROVES, post={"ids": [str(uuid4())]}),
    page("payments:payment", SEES, "payment"),
    button("payments:approve", APPROVES, "payment"),
    form("payments:pay", PAYS, "payment", post=PAID),
    form("payments:query", ACCOUNT, "payment", any_of=(APPROVES, PAYS), post=WORDS),
    form("payments:answer", ASKS, "payment", post=WORDS),
    form("payments:cancel", ACCOUNT, "payment", any_of=(ASKS, APPROVES), post=WORDS),
    form("payments:failed", PAYS, "payment", post=WORDS),
    form("payments:reconcile", PAYS),
    page("payments:ledger", PAYS, "ledger"),
    form("payments:ledger_columns", PAYS, "ledger"),
    button("payments:ledger_confirm", PAYS, "ledger"),
    button("payments:ledger_leave", PAYS, "ledger"),
    page("payments:ledger_rows", PAYS, "ledger"),
    page("ours:payments", OWN),
    page("ours:payments_export", OWN, values={"kind": "csv"}),
)
