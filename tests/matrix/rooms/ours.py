"""Addresses of a partner's own side that every kind of shared record goes through."""

from tests.matrix.language import form, page

OWN = "see_own_organisation"
ASKED = {"about": "organisation", "words": "Our website has moved."}

ROWS = (
    page("ours:start", OWN),
    page("ours:organisation", OWN),
    form("ours:ask", "speak_for_organisation", post=ASKED),
    page("ours:records", OWN),
    page("ours:kind", OWN, values={"record": "contacts"}),
    page("ours:export", OWN),
)
