"""Addresses of the ground floor and across rooms."""

from tests.matrix.language import ACCOUNT, ANYBODY, button, form, page

ROWS = (
    page("home:start", ACCOUNT),
    page("home:search", ACCOUNT),
    page("home:trail", "see_voices", "voice", values={"step": "voice"}, is_hidden=True),
    page("home:trail", "see_themes", "theme", values={"step": "theme"}, is_hidden=True),
    page("home:trail", "see_insights", "insight", values={"step": "insight"}, is_hidden=True),
    page("home:trail", "see_actions", "action", values={"step": "action"}, is_hidden=True),
    page("home:work", ACCOUNT),
    page("home:audit", "see_audit"),
    page("home:audit_changes", "see_audit"),
    form(
        "home:audit_row",
        "see_audit",
        "row",
        values={"table": "engagement_engagement"},
        post_needs=("see_originals",),
        post={"reason": "Somebody asked what we changed"},
    ),
    page("home:audit_export", "see_audit", values={"list_name": "acts"}),
    page("home:audit_export", "see_audit", values={"list_name": "rows"}),
    page("home:about", ANYBODY, values={"page": "privacy"}),
    page("base:job", ACCOUNT, "job"),
    button("base:stop_job", ACCOUNT, "job to stop"),
    button("base:keep_view", ACCOUNT, post={"page": "home:start", "name": "Mine", "query": "q=x"}),
    button("base:drop_view", ACCOUNT, "view", post={"page": "home:start"}),
    form("base:language", ANYBODY, post={"language": "cy"}),
    page("base:brand_css", ANYBODY),
    page("base:look", ANYBODY, is_demo=True),
    page("base:look_public", ANYBODY, is_demo=True),
    page("base:look_print", ANYBODY, is_demo=True),
)
