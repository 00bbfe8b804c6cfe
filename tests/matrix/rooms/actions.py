"""Addresses of the actions room."""

from tests.matrix.language import button, form, page

SEES, WORKS, TELLS = "see_actions", "work_on_actions", "tell_people"
STORY = {"title": "A shuttle", "heard": "Getting there is hard.", "did": "We run a shuttle."}
MESSAGE = {"message": "You told us that getting here is hard.", "thanks": "Thank you for telling us."}

ROWS = (
    page("actions:list", SEES),
    page("actions:export", (SEES, "export_rows"), values={"kind": "csv"}),
    page("actions:export", (SEES, "export_rows"), values={"kind": "xlsx"}),
    form("actions:new", "start_actions"),
    page("actions:digest", TELLS),
    button("actions:send_digest", TELLS),
    page("actions:action", SEES, "action"),
    form("actions:change", WORKS, "action"),
    form("actions:move", WORKS, "action", values={"to": "in_progress"}),
    button("actions:note", WORKS, "action", post={"words": "Spoke with the transport team."}),
    form("actions:close", WORKS, "action"),
    form("actions:write_round", TELLS, "action", post=MESSAGE),
    form("actions:story", TELLS, "action", post=STORY),
    button("actions:publish", TELLS, "action"),
    button("actions:unpublish", TELLS, "action"),
    page("actions:poster", TELLS, "action"),
    page("actions:round", TELLS, "round"),
    form("actions:change_round", TELLS, "round", post=MESSAGE),
    button("actions:take_back_round", TELLS, "round"),
    button("actions:send_round", TELLS, "round"),
    form("actions:channel", TELLS, "round"),
    page("actions:people", TELLS, "round"),
    form("actions:person", TELLS, "round", post={"channel": "phone", "note": ""}),
    form("actions:bounce", TELLS, "telling"),
    button("actions:again", TELLS, "telling"),
    button("actions:take_back_telling", TELLS, "telling"),
)
