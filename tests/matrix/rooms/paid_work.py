"""Addresses of paid work: the team's side, and a person's own."""

from tests.matrix.language import ACCOUNT, Row, button, form, page

SEES, OFFERS, ASKS, RATES = "see_payments", "offer_paid_work", "ask_for_payments", "change_rate_cards"
OWN = ("take_paid_work", "speak_for_organisation")
NEED = {
    "title": "Read a leaflet", "what": "Two people", "why": "So that it is clear", "criteria": "Lives with it",
    "selector": "Ruth", "most_people": "2",
}  # fmt: skip


def own(row: Row) -> Row:
    """Return a row for whoever is offered work."""
    return Row(**{**vars(row), "any_of": OWN})


ROWS = (
    page("services:list", SEES),
    page("services:export", SEES, values={"kind": "csv"}),
    page("services:needs", SEES),
    form("services:new_need", OFFERS, post=NEED),
    page("services:need", SEES, "service"),
    form("services:change_need", OFFERS, "service", post=NEED),
    Row("services:approve_need", (ACCOUNT,), "service", ("POST",), any_of=(OFFERS, "certify_agreements")),
    form("services:close_need", OFFERS, "service", post={"words": "Used"}),
    form("services:new_offer", OFFERS, "service"),
    page("services:offer", SEES, "offer"),
    button("services:draft_agreement", OFFERS, "offer"),
    form("services:use_agreement", OFFERS, "offer"),
    button("services:start", OFFERS, "offer"),
    form("services:finish", OFFERS, "offer"),
    form("services:withdraw", OFFERS, "offer", post={"words": "It was dropped"}),
    form("services:give", ASKS, "offer"),
    form("services:check_claim", ASKS, "claim", post={"outcome": "right"}),
    page("services:rate_cards", SEES),
    form("services:new_rate_card", RATES),
    button("services:add_shipped", RATES),
    form("services:end_rate_card", RATES, "card"),
    own(page("work:list", ACCOUNT)),
    own(page("work:payments", ACCOUNT)),
    own(page("work:offer", ACCOUNT, "own work")),
    own(page("work:notice", ACCOUNT, "own work")),
    own(form("work:choose", ACCOUNT, "own work", post={"choice": "all"})),
    own(form("work:decline", ACCOUNT, "own work")),
    own(form("work:claim", ACCOUNT, "own work")),
    own(button("work:send_claim", ACCOUNT, "own work")),
    own(button("work:drop_expense", ACCOUNT, "expense")),
)
