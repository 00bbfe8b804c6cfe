"""Addresses of joint projects, of their public summaries, and of a partner's own side of them."""

from tests.matrix.language import ANYBODY, button, form, page

SEES, RUNS, OWN, SPEAKS = "see_relations", "run_projects", "see_own_organisation", "speak_for_organisation"

ROWS = (
    page("projects:list", SEES),
    page("projects:export", SEES, values={"kind": "csv"}),
    form("projects:new", RUNS),
    page("projects:project", SEES, "project"),
    form("projects:edit", RUNS, "project"),
    form("projects:paper", RUNS, "project"),
    form("projects:move", RUNS, "project", values={"to": "idea"}, post={"words": "Too early."}),
    form("projects:summary", RUNS, "project", post={"summary": "We make a diary."}),
    form("projects:aim", RUNS, "project", post={"words": "Another aim"}),
    button("projects:drop_aim", RUNS, "project"),
    button("projects:record_agreement", RUNS, "project"),
    form(
        "projects:contribution", RUNS, "project", post={"side": "ours", "kind": "time", "words": "Evenings"}
    ),
    form(
        "projects:measure", RUNS, "project", post={"outcome": "Fewer lost", "measure": "Count", "target": "0"}
    ),
    form("projects:result", RUNS, "project"),
    form("projects:meeting", RUNS, "project"),
    form("projects:links", RUNS, "project"),
    form("projects:evaluation", RUNS, "project", post={"aim": "Why"}),
    page("projects:evaluation_print", SEES, "project"),
    page("projects:evaluation_pdf", SEES, "project"),
    page("projects:published", ANYBODY),
    page("projects:public", ANYBODY, "public project"),
    page("ours:projects", OWN),
    page("ours:project", OWN, "own project"),
    button("ours:agree_aim", SPEAKS, "own project"),
)
