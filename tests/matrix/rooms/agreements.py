"""Addresses of the agreements room, and of a partner's own agreements."""

from tests.matrix.language import ACCOUNT, button, form, page

SEES, WRITES, CERTIFIES = "see_agreements", "write_agreements", "certify_agreements"
SIGNERS = (WRITES, CERTIFIES)
READERS = (SEES, "change_rule_sets")
BOOK = {"name": "abpi-2024", "edition": 1}
RULE = {"rule": "no-medicine-in-the-name"}
OURS, WORK = "see_own_organisation", "take_paid_work"
SAID = {"about": "", "words": "Is this right?"}

ROWS = (
    page("agreements:list", SEES),
    page("agreements:export", SEES, values={"kind": "csv"}),
    page("agreements:export", SEES, values={"kind": "xlsx"}),
    form("agreements:new", WRITES),
    page("agreements:rule_sets", ACCOUNT, any_of=READERS),
    page("agreements:rule_set", ACCOUNT, any_of=READERS, values=BOOK),
    page("agreements:rule_set_file", ACCOUNT, any_of=READERS, values=BOOK),
    form("agreements:new_edition", "change_rule_sets"),
    button("agreements:answer", WRITES, "comment", post={"words": "Yes, it is."}),
    page("agreements:agreement", SEES, "agreement"),
    page("agreements:print", SEES, "agreement"),
    page("agreements:pdf", SEES, "agreement"),
    form("agreements:edit", (SEES, WRITES), "agreement"),
    form("agreements:certify", (SEES, CERTIFIES), "agreement"),
    form("agreements:sign", SEES, "agreement", any_of=SIGNERS),
    form("agreements:move", (SEES, WRITES), "agreement", values={"to": "partner_review"}),
    button("agreements:comment", SEES, "agreement", any_of=SIGNERS, post=SAID),
    button(
        "agreements:answer_finding", (SEES, WRITES), "agreement", values=RULE, post={"words": "It is a name."}
    ),
    form("engagement:papers", "run_engagements", "engagement", post={"why": "Members give their time."}),
    button("engagement:give_paper", "run_engagements", "engagement"),
    button("engagement:withdraw_need", "run_engagements", "engagement", post={"why": "Nobody is paid."}),
    *(
        row
        for room, needs, of in (("ours", OURS, "shared agreement"), ("work", WORK, "own agreement"))
        for row in (
            page(f"{room}:agreements", needs),
            page(f"{room}:agreement", needs, of),
            button(f"{room}:agreement_comment", needs, of, post=SAID),
            button(f"{room}:agreement_agree", needs, of),
            form(f"{room}:agreement_sign", needs, of),
            page(f"{room}:agreement_pdf", needs, of),
        )
    ),
)
