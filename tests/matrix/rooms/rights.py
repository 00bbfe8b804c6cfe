"""Addresses of people's rights over their data, of what is deleted when its time is over, and of concerns."""

from tests.matrix.language import ABSENT, ACCOUNT, ANYBODY, READERS, button, form, page
from tests.matrix.world import NOBODY_ID

HANDLES, CONFIRMS, SEES, TRIAGES = (
    "handle_data_requests",
    "confirm_deletions",
    "see_concerns",
    "triage_concerns",
)
NOTHING_THERE = {(reader, "own"): ABSENT for reader in READERS}
ASKED = {"kind": "access", "words": "Please tell me.", "name": "Ann", "email": "ann@example.org"}
RAISED = {"kind": "safeguarding", "urgency": "today", "words": "A visitor was shouting at her."}

ROWS = (
    page("people:your_data", ANYBODY),
    form("people:your_data_ask", ANYBODY, post=ASKED),
    page("people:your_data_sent", ANYBODY),
    form("people:your_answer", ANYBODY, post={"code": "ABCD-EFGH", "secret": "wrong"}),
    button("people:your_answer_open", ANYBODY, values={"shape": "page"}),
    form("people:held", ACCOUNT, post={"kind": "access", "words": "Please tell me."}),
    # Nobody in the made-up world has been answered yet; tests of requests open answers of one's own and of others.
    button(
        "people:own_answer", ACCOUNT, values={"shape": "page", "request_id": NOBODY_ID}, answers=NOTHING_THERE
    ),
    page("people:requests", HANDLES),
    form("people:new_request", HANDLES),
    page("people:requests_report", HANDLES),
    page("people:request", HANDLES, "request"),
    form("people:request_step", HANDLES, "request", values={"move": "note"}, post={"note": "Rang them."}),
    form("people:request_find", HANDLES, "request"),
    form("people:request_records", HANDLES, "request"),
    form("people:request_review", HANDLES, "record"),
    button("people:request_make", HANDLES, "request"),
    button("people:request_secret", HANDLES, "request"),
    form("people:request_correct", HANDLES, "request"),
    form("people:request_stop", HANDLES, "request"),
    form("people:request_erase", ("erase_people", HANDLES), "request", is_tried=True),
    page("engagement:deletions", CONFIRMS),
    button("engagement:deletions_look", CONFIRMS),
    form("engagement:deletion", CONFIRMS, "deletion"),
    form("engagement:keep_until", "run_engagements", "engagement"),
    page("concerns:list", SEES),
    page("concerns:export", TRIAGES),
    page("concerns:report", SEES),
    page("concerns:report_csv", SEES),
    page("concerns:report_print", SEES),
    page("concerns:rules", SEES),
    form("concerns:raise", "raise_concerns", post=RAISED),
    page("concerns:raised", ACCOUNT),
    page("concerns:raised_one", ACCOUNT, "raised"),
    form("concerns:cannot_wait", ANYBODY, post=RAISED),
    page("concerns:cannot_wait_sent", ANYBODY),
    page("concerns:detail", SEES, "concern"),
    button("concerns:take", TRIAGES, "concern"),
    button("concerns:hand_back", TRIAGES, "concern"),
    form("concerns:decide", TRIAGES, "concern"),
    form("concerns:forward", TRIAGES, "concern"),
    form("concerns:close", TRIAGES, "concern"),
    form("concerns:reopen", TRIAGES, "concern"),
    button("concerns:contact", TRIAGES, "concern"),
    page("concerns:sheet", TRIAGES, "concern"),
)
