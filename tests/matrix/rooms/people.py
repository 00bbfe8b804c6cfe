"""Addresses of the people room."""

from tests.matrix.language import ACCOUNT, ANYBODY, button, form, page

INVITED = {"name": "Somebody", "email": "new@example.org", "roles": "patient_partner"}
INVITERS = ("invite_partners", "manage_people")
SIGNING_IN = {"login": "nobody@example.org", "password": "wrong"}

ROWS = (
    form("people:login", ANYBODY, post=SIGNING_IN),
    form("account_login", ANYBODY, post=SIGNING_IN),
    button("people:passkey_login", ANYBODY),
    form("people:second_step", ANYBODY),
    form("mfa_authenticate", ANYBODY),
    form("people:forgotten", ANYBODY, post={"email": "nobody@example.org"}),
    form("people:new_password", ANYBODY, "reset"),
    form("people:invitation", ANYBODY, "invitation"),
    button("people:demo_login", ANYBODY, "person", is_demo=True),
    button("people:logout", ANYBODY),
    form("people:ask_again", ACCOUNT),
    page("people:account", ACCOUNT),
    form("people:sessions", ACCOUNT),
    form("people:password", ACCOUNT),
    page("people:set_up", ACCOUNT),
    form("people:add_app", ACCOUNT),
    form("people:remove_app", ACCOUNT),
    form("people:add_passkey", ACCOUNT),
    form("people:passkey", ACCOUNT, "passkey", post={"name": "The old telephone"}),
    page("people:codes", ACCOUNT),
    button("people:change_codes", ACCOUNT, post={"kept": "yes"}),
    page("people:people", "manage_people"),
    form("people:person", "manage_people", "person", post={"give": "analyst"}),
    page("people:invitations", ACCOUNT, any_of=INVITERS),
    form("people:invite", ACCOUNT, any_of=INVITERS, post=INVITED),
    button("people:invitation_action", ACCOUNT, "sent invitation", any_of=INVITERS),
    page("people:roles", ACCOUNT),
)
