"""Addresses of the people room."""

from tests.matrix.language import ACCOUNT, ANYBODY, button, form, page

ADDED = {"name": "Somebody", "email": "new@example.org", "roles": "owner", "password": "three words together"}

ROWS = (
    form("people:login", ANYBODY, post={"username": "nobody@example.org", "password": "wrong"}),
    button("people:demo_login", ANYBODY, "person", is_demo=True),
    button("people:logout", ANYBODY),
    form("people:password", ACCOUNT),
    page("people:people", "manage_people"),
    form("people:new_person", "manage_people", post=ADDED),
    form("people:person", "manage_people", "person", post={"give": "analyst"}),
    page("people:roles", ACCOUNT),
    form(
        "people:partners",
        ACCOUNT,
        any_of=("see_partners", "manage_partners"),
        post_needs=("manage_partners",),
        post={"name": "Hearts together", "kind": "patient_group"},
    ),
)
