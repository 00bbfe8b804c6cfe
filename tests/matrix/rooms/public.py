"""Addresses for people without an account. What stands behind a private link needs the link, whoever asks."""

from tests.matrix.language import ANYBODY, button, form, page

ROWS = (
    form("say:welcome", ANYBODY, "page"),
    form("say:agree", ANYBODY, "page"),
    form("say:question", ANYBODY, "page", values={"position": 1}),
    form("say:facts", ANYBODY, "page"),
    form("say:contact", ANYBODY, "page"),
    form("say:check", ANYBODY, "page"),
    form("say:sent", ANYBODY, "page"),
    form("say:take_back", ANYBODY, "page", post={"code": "ABCD-EFGH"}),
    page("told:what_changed", ANYBODY),
    page("told:change", ANYBODY, "story"),
    page("told:link", ANYBODY, values={"token": "any"}),
    button("told:link", ANYBODY, "link"),
    form("told:stop_by_link", ANYBODY, values={"token": "any"}),
    page("told:words", ANYBODY),
    button("told:ask_code", ANYBODY),
    form("told:own_words", ANYBODY),
    button("told:reply", ANYBODY, "visit", says_so=True, post={"words": "Thank you for telling me."}),
    button("told:help", ANYBODY, "visit", says_so=True, post={"answer": "yes", "words": ""}),
    button("told:stop", ANYBODY),
    button("told:consents", ANYBODY),
    button("told:leave", ANYBODY),
)
