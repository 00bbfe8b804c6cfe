"""Addresses of disclosure, of a partner's own side of it, and of the public register."""

from tests.matrix.language import ANYBODY, button, form, page

SEES, PREPARES, APPROVES = "see_disclosures", "prepare_disclosures", "approve_disclosures"
OWN, SPEAKS = "see_own_organisation", "speak_for_organisation"
YEAR = {"year": 2025}
CORRECTION = {"is_withdrawn": "on", "reason": "Paid back."}

ROWS = (
    page("disclosures:list", SEES),
    button("disclosures:begin", PREPARES, post={"year": "2026"}),
    page("disclosures:declaration", SEES),
    page("disclosures:declaration_export", SEES, values={"ending": "csv"}),
    page("disclosures:disclosure", SEES, "disclosure"),
    page("disclosures:rows", SEES, "disclosure"),
    page("disclosures:export", SEES, "disclosure", values={"kind": "csv"}),
    form("disclosures:people", SEES, "disclosure", post_needs=(APPROVES,)),
    button("disclosures:take", SEES, "disclosure", values={"press": "verify"}),
    form("disclosures:send_back", APPROVES, "disclosure", post={"words": "Name the affiliate."}),
    form("disclosures:method", SEES, "disclosure", post_needs=(PREPARES,)),
    page("disclosures:checks", SEES, "disclosure"),
    form("disclosures:check", SEES, "check", post_needs=(PREPARES,), post={"words": "The bank says so."}),
    form("disclosures:add", PREPARES, "disclosure"),
    form("disclosures:correct", PREPARES, "disclosure row", post=CORRECTION),
    form("disclosures:decide", SEES, "correction", post_needs=(APPROVES,)),
    page("ours:disclosures", OWN),
    form("ours:disclosure", OWN, "our disclosure", post_needs=(SPEAKS,), post={"answer": "right"}),
    page("ours:declaration", OWN),
    page("ours:declaration_export", OWN, values={"ending": "csv"}),
    page("register:years", ANYBODY),
    page("register:schema", ANYBODY),
    page("register:schema_file", ANYBODY),
    page("register:organisation", ANYBODY),
    page("register:year", ANYBODY, values=YEAR),
    page("register:people", ANYBODY, values=YEAR),
    page("register:method", ANYBODY, values=YEAR),
    page("register:corrections", ANYBODY, values=YEAR),
    page("register:csv", ANYBODY, values=YEAR),
    page("register:people_csv", ANYBODY, values=YEAR),
    page("register:json", ANYBODY, values=YEAR),
    page("register:giving", ANYBODY, values=YEAR),
    page("register:pdf", ANYBODY, values=YEAR),
)
