"""Addresses of events: planning them, and coming to them with or without an account."""

from tests.matrix.language import ABSENT, ACCOUNT, ANYBODY, PUBLIC, button, form, page

SEES, RUNS, OWN = "see_events", "run_events", "see_own_organisation"
DAY = {"day_day": "3", "day_month": "12", "day_year": "2027"}
PLAN = {
    "title": "A morning together", "neutral_title": "Partnership day", "kind": "own", "purpose": "To learn.",
    "starts": "10:00", "ends": "12:00", "place": "online", "capacity": "9", "carer_places": "0",
    "visibility": "public", **DAY,
}  # fmt: skip

ROWS = (
    page("events:list", SEES),
    page("events:export", SEES, values={"kind": "csv"}),
    form("events:new", RUNS, post=PLAN),
    page("events:event", SEES, "event"),
    form("events:edit", RUNS, "event", post={**PLAN, "reason": "Another day"}),
    form("events:agenda", RUNS, "event"),
    button("events:drop_item", RUNS, "event"),
    form("events:costs", RUNS, "event", post={"category": "food", "words": "Lunch", "per_head": "12.50"}),
    button("events:drop_cost", RUNS, "event"),
    form("events:paper", RUNS, "event"),
    form("events:move", RUNS, "event", values={"to": "cancelled"}, post={"words": "Nobody could come."}),
    form("events:report", RUNS, "event"),
    page("events:registrations", RUNS, "event"),
    page("events:export_registrations", RUNS, "event", values={"kind": "csv"}),
    form("events:add_registration", RUNS, "event"),
    button("events:mark", RUNS, "event", values={"to": "cancel"}),
    page("attend:list", ANYBODY),
    page("attend:event", ANYBODY, "event"),
    page("attend:data", ANYBODY, "event"),
    page("attend:file", ANYBODY, "event"),
    form("attend:register", ANYBODY, "event"),
    page("attend:registered", ANYBODY, "event"),
    form("attend:place", ANYBODY),
    button("attend:give_back", ANYBODY, "place", answers={(PUBLIC, "own"): ABSENT}),
    button("attend:accept", ANYBODY, "place", answers={(PUBLIC, "own"): ABSENT}),
    page("attend:feed", ANYBODY),
    page("attend:calendar", ACCOUNT),
    button("attend:make_feed", ACCOUNT),
    button("attend:stop_feed", ACCOUNT),
    page("attend:own_feed", ANYBODY, "calendar"),
    page("ours:events", OWN),
)
