"""Addresses of consents and of what helps people to take part."""

from tests.matrix.language import ABSENT, ACCOUNT, ANYBODY, READERS, button, form, page
from tests.matrix.world import NOBODY_ID

SEES, RUNS, ARRANGES = "see_consents", "run_engagements", "see_access_needs"
NEED = {
    "kind": "step_free", "words": "Near the door", "strength": "must", "visible_to": "team", "since_on_0": "1",
    "since_on_1": "5", "since_on_2": "2026", "review_on_0": "1", "review_on_1": "5", "review_on_2": "2099",
}  # fmt: skip

ROWS = (
    page("consents:overview", SEES),
    page("consents:engagement", SEES, "engagement"),
    form("consents:record", RUNS, "engagement"),
    button("consents:use_newest", RUNS, "engagement"),
    page("consents:texts", SEES),
    page("consents:text", SEES, values={"key": "have_your_say"}),
    form("consents:new_version", (RUNS, SEES), values={"key": "have_your_say"}),
    form("consents:member", "see_members", "member"),
    page("consents:yours", ACCOUNT),
    button("consents:end_yours", ACCOUNT),
    page("consents:yours_ended", ACCOUNT, values={"agreement_id": NOBODY_ID}),
    page("own:consents", ANYBODY),
    button("own:end", ANYBODY),
    page("own:ended", ANYBODY, answers={(reader, "own"): ABSENT for reader in READERS}),
    page("needs:mine", ACCOUNT),
    form("needs:add", ACCOUNT, post=NEED),
    page("needs:need", ACCOUNT, "need"),
    form("needs:change", ACCOUNT, "need", post=NEED),
    button("needs:still", ACCOUNT, "need"),
    button("needs:end", ACCOUNT, "need"),
    form("needs:log", ARRANGES, "need"),
    page("needs:unmet", ARRANGES),
    button("needs:settle", ARRANGES, "occasion"),
    page("needs:member", (ARRANGES, "see_members"), "member"),
    form("needs:add_for_member", (ARRANGES, "see_members"), "member", post=NEED),
    page("needs:engagement", ARRANGES, "engagement"),
    page("needs:print", ARRANGES, "engagement"),
)
