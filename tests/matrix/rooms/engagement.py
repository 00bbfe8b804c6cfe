"""Addresses of the engagement room."""

from tests.matrix.language import button, form, page

TERMS = {
    "kind": "survey", "title": "Waiting rooms", "purpose": "What waiting is like", "starts_on_0": "1",
    "starts_on_1": "5", "starts_on_2": "2026", "run_by": "Ada", "told_participants": "We read everything.",
}  # fmt: skip
MEMBER = {"name": "Ann Other", "joined_on_0": "1", "joined_on_1": "5", "joined_on_2": "2026"}
RUNS, BRINGS, READS, REVIEWS = "run_engagements", "bring_in_voices", "see_voices", "review_redactions"

ROWS = (
    page("engagement:list", "see_engagements"),
    form("engagement:before_new", RUNS),
    form("engagement:new", RUNS, post=TERMS),
    page("engagement:members", "see_members"),
    page("engagement:members_export", ("export_rows", "see_members"), values={"ending": "csv"}),
    page("engagement:members_export", ("export_rows", "see_members"), values={"ending": "xlsx"}),
    form("engagement:new_member", "see_members", post=MEMBER),
    form("engagement:member", "see_members", "member", post=MEMBER),
    form("engagement:leave_member", "see_members", "member"),
    button("engagement:return_member", "see_members", "member"),
    page("engagement:import", BRINGS, "import"),
    form("engagement:import_columns", BRINGS, "import"),
    form("engagement:import_speakers", BRINGS, "import"),
    page("engagement:import_wrong", BRINGS, "import"),
    button("engagement:import_confirm", BRINGS, "import"),
    button("engagement:import_leave", BRINGS, "import"),
    button("engagement:import_take_out", BRINGS, "import"),
    page("engagement:voice", READS, "voice"),
    page("engagement:redactions", REVIEWS),
    form("engagement:staff_names", REVIEWS, post={"names": "Sister Okonedo"}),
    button("engagement:end_staff_name", REVIEWS, "staff name"),
    button("engagement:redaction_keys", REVIEWS),
    form("engagement:confirm_redactions", REVIEWS, values={"kind": "phone"}),
    page("engagement:redaction", REVIEWS, "redaction"),
    button("engagement:open_original", "see_originals", "redaction"),
    button("engagement:decide_redaction", REVIEWS, "redaction", post={"decision": "confirm_all"}),
    button("engagement:add_redaction", REVIEWS, "redaction", post={"words": "Ring", "kind": "other"}),
    page("engagement:detail", "see_engagements", "engagement"),
    form("engagement:change", RUNS, "engagement", post=TERMS),
    button("engagement:close", RUNS, "engagement"),
    button("engagement:reopen", RUNS, "engagement"),
    form("engagement:invite", RUNS, "engagement"),
    button("engagement:end_invite", RUNS, "engagement"),
    page("engagement:voices", READS, "engagement"),
    page("engagement:voices_export", ("export_rows", READS), "engagement", values={"ending": "csv"}),
    page("engagement:voices_export", ("export_rows", READS), "engagement", values={"ending": "xlsx"}),
    form("engagement:type", (BRINGS, READS), "engagement"),
    form("engagement:upload", BRINGS, "engagement"),
    page("engagement:form", RUNS, "engagement"),
    form("engagement:form_change", RUNS, "engagement"),
    page("engagement:poster", RUNS, "engagement"),
    page("engagement:code", RUNS, "engagement"),
)
