"""Addresses of relationships with partners, and of a partner's own side of them."""

from tests.matrix.language import ACCOUNT, button, form, page

SEES, KEEPS, MANAGES, OWN = "see_relations", "keep_relations", "manage_partners", "see_own_organisation"
NAMES = ("see_partners", "see_relations", "manage_partners")
DAY = {"_day": "3", "_month": "6", "_year": "2026"}
HELD = {f"happened_on{part}": value for part, value in DAY.items()}
GROUP = {"is_public": "on", "name": "Hearts together", "kind": "patient_group"}
HEARD = {"words": "A number to ring.", "strength": "first", **{f"heard_on{p}": v for p, v in DAY.items()}}
INCOME = {"amount": "1,200", "source": "Annual return", **{f"year_ends_on{p}": v for p, v in DAY.items()}}

ROWS = (
    page("relations:list", ACCOUNT, any_of=NAMES),
    page("relations:export", (SEES, "export_rows"), values={"ending": "csv"}),
    form("relations:new", MANAGES, post=GROUP),
    page("relations:organisation", SEES, "organisation"),
    form("relations:change", MANAGES, "organisation", post={**GROUP, "name": "Hearts apart"}),
    form(
        "relations:identifiers", MANAGES, "organisation", post={"scheme_1": "GB-CHC", "number_1": "1090095"}
    ),
    form("relations:incomes", MANAGES, "organisation", post=INCOME),
    button("relations:drop_income", MANAGES, "organisation", values={"year_ends_on": "2025-03-31"}),
    button("relations:assure", MANAGES, "organisation"),
    form("relations:keep", KEEPS, "organisation", post={"contact_every_days": "60"}),
    form("relations:end", KEEPS, "organisation", post={"words": "They closed."}),
    button("relations:reopen", KEEPS, "organisation"),
    form("relations:later", KEEPS, "organisation"),
    form("relations:new_note", KEEPS, "organisation", post={"title": "A call", "kind": "call", **HELD}),
    form("relations:new_promise", KEEPS, "organisation"),
    form("relations:new_priority", KEEPS, "organisation", post=HEARD),
    page("relations:note", SEES, "interaction"),
    form("relations:change_note", KEEPS, "interaction", post={"title": "A call", "kind": "call", **HELD}),
    button("relations:share_note", KEEPS, "interaction"),
    page("relations:priority", SEES, "priority"),
    form("relations:move_priority", KEEPS, "priority", values={"to": "checked_back"}, post={"words": ""}),
    page("ours:notes", OWN),
    form("ours:note", OWN, "shared note", post={"answer": "confirmed", "words": "", "version": "1"}),
    page("ours:promises", OWN),
)
