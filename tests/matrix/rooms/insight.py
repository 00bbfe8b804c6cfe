"""Addresses of the insight room."""

from tests.matrix.language import ACCOUNT, button, form, page

SEES, WRITES, FINDS = "see_themes", "write_insights", "find_themes"
DECIDES = (SEES, "decide_themes")

ROWS = (
    page("insight:start", SEES),
    page("insight:engagement", SEES, "engagement"),
    form("insight:find_themes", FINDS, "engagement"),
    page("insight:review", SEES, "engagement"),
    button("insight:decide", DECIDES, "engagement"),
    page("insight:review_voices", SEES, "engagement"),
    button("insight:switch_keys", ACCOUNT),
    page("insight:themes", SEES),
    page("insight:export_themes", (SEES, "export_rows"), values={"ending": "csv"}),
    page("insight:export_themes", (SEES, "export_rows"), values={"ending": "xlsx"}),
    page("insight:theme", SEES, "theme"),
    button("insight:describe_theme", DECIDES, "theme", post={"description": "What it is about"}),
    button("insight:disagree_theme", (SEES, "record_dissent"), "theme", post={"reason": "I see it otherwise"}),
    button("insight:take_back_dissent", ACCOUNT, "dissent"),
    page("insight:insights", "see_insights"),
    page("insight:export_insights", ("see_insights", "export_rows"), values={"ending": "csv"}),
    page("insight:export_insights", ("see_insights", "export_rows"), values={"ending": "xlsx"}),
    page("insight:export_evidence", ("see_insights", "export_rows"), values={"ending": "csv"}),
    page("insight:export_evidence", ("see_insights", "export_rows"), values={"ending": "xlsx"}),
    form("insight:write_insight", WRITES),
    page("insight:insight", "see_insights", "insight"),
    form("insight:change_insight", WRITES, "insight"),
    button("insight:looked_again", WRITES, "insight"),
    button("insight:decide_insight", "see_insights", "insight", values={"decision": "stand"},
           any_of=("stand_behind_insights", "confirm_insights")),
    button("insight:decide_insight", "see_insights", "insight", values={"decision": "step-back"}),
    button("insight:decide_insight", "stand_behind_insights", "insight", values={"decision": "retire"},
           post={"reason": "It no longer holds"}),
    button("insight:decide_insight", "stand_behind_insights", "insight", values={"decision": "bring-back"}),
    button("insight:decide_insight", ("see_insights", "record_dissent"), "insight",
           values={"decision": "disagree"}, post={"reason": "I see it otherwise"}),
    button("insight:confirm_insight", ("see_insights", "confirm_insights"), "insight", post={"answer": "yes"}),
    page("insight:choose_evidence", WRITES, "insight"),
    form("insight:add_figure", WRITES, "insight"),
    form("insight:add_quote", WRITES, "insight"),
    button("insight:remove_evidence", WRITES, "evidence"),
    page("insight:report", "see_insights", "insight"),
    page("insight:report_pdf", "see_insights", "insight"),
)  # fmt: skip
