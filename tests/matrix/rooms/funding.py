"""Addresses of funding: requests and what comes of them, independence, and a group's own side of it."""

from datetime import date
from uuid import UUID

from tests.matrix.language import ANYBODY, button, form, page

SEES, KEEPS, REVIEWS, DECIDES = "see_funding", "keep_relations", "review_funding", "decide_funding"
OWN, SPEAKS, WRITES = "see_own_organisation", "speak_for_organisation", "write_agreements"
KEY = str(UUID(int=7))


def _day(name: str, on: date) -> dict[str, int]:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


ASKED = {
    "title": "A phone line", "purpose": "We ring people.", "benefit": "People alone.", "amount": "1,200",
    **_day("starts_on", date(2030, 1, 1)), **_day("ends_on", date(2030, 6, 1)),
}  # fmt: skip
NOTED = {**ASKED, "kind": "grant", "gift": "money", "why": "It costs less."}
CRITERIA = {"intro": "We fund.", "criteria": "Own: Yours.", "warn_from_percent": 20, "source": "House"}
FUNDER = {"name": "Town council", "year": 2025, "source": "Accounts"}
DECIDED = {"decision": "decline", "reason": "It has begun.", "free": "on"}

ROWS = (
    page("funding:list", SEES),
    page("funding:export", SEES, values={"kind": "csv"}),
    page("funding:export", SEES, values={"kind": "xlsx"}),
    form("funding:new", KEEPS),
    page("funding:criteria", ANYBODY),
    page("funding:edition", ANYBODY, values={"number": 1}),
    form("funding:publish_criteria", KEEPS, post={**CRITERIA, **_day("valid_from", date(2099, 1, 1))}),
    page("funding:independence", SEES),
    page("funding:export_independence", SEES, values={"kind": "csv"}),
    form("funding:group", SEES, "organisation", post_needs=(KEEPS,), post=FUNDER),
    page("funding:export_group", SEES, "organisation", values={"kind": "csv"}),
    button("funding:remove_funder", KEEPS, "other funder"),
    page("funding:request", SEES, "funding"),
    form("funding:change", KEEPS, "funding", post=NOTED),
    form("funding:withdraw", KEEPS, "funding", post={"words": "They found it."}),
    button("funding:begin_review", REVIEWS, "funding"),
    form("funding:review", REVIEWS, "funding", post={"ties": "no", "words": ""}),
    form("funding:hands_off", KEEPS, "funding"),
    button("funding:to_decision", REVIEWS, "funding"),
    form("funding:decide", DECIDES, "funding", post=DECIDED),
    form("funding:agreement", WRITES, "funding"),
    button("funding:draft_agreement", WRITES, "funding"),
    form("funding:payment", "ask_for_payments", "funding"),
    button("funding:begin", KEEPS, "funding"),
    button("funding:remind", KEEPS, "funding"),
    form("funding:report", KEEPS, "funding"),
    form("funding:close", KEEPS, "funding", post={"words": "They have ended."}),
    page("ours:funding", OWN),
    form("ours:new_funding", SPEAKS, post={**ASKED, "what": "grant", "request_key": KEY}),
    form("ours:funders", OWN, post=FUNDER),
    button("ours:remove_funder", SPEAKS, "other funder"),
    form("ours:funding_request", OWN, "funding", post={"agrees": "no", "words": "You chose the speaker."}),
    form("ours:withdraw_funding", SPEAKS, "funding", post={"words": "We found it."}),
    form("ours:report", SPEAKS, "funding"),
)
