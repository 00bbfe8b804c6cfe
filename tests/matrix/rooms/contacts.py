"""Addresses of contacts at partners: lists, duplicates, what partners ask to be changed."""

from tests.matrix.language import button, form, page

SEES, KEEPS = "see_relations", "keep_relations"
TWO = {"what": "contact"}

ROWS = (
    page("contacts:list", SEES),
    page("contacts:export", KEEPS, values={"kind": "csv"}),
    page("contacts:export", KEEPS, values={"kind": "xlsx"}),
    page("contacts:vcard", KEEPS),
    page("contacts:card", KEEPS, "contact"),
    page("contacts:contact", SEES, "contact"),
    form("contacts:new", KEEPS, "organisation", post={"name": "Somebody new"}),
    form("contacts:edit", KEEPS, "contact", post={"name": "Somebody else"}),
    form("contacts:end", KEEPS, "contact"),
    button("contacts:take_up", KEEPS, "contact"),
    form("contacts:import", KEEPS),
    page("contacts:import_show", KEEPS, "list"),
    form("contacts:import_columns", KEEPS, "list"),
    button("contacts:import_unknown", KEEPS, "list"),
    button("contacts:import_confirm", KEEPS, "list"),
    button("contacts:import_leave", KEEPS, "list"),
    button("contacts:import_take_out", KEEPS, "list"),
    page("contacts:import_wrong", KEEPS, "list"),
    page("contacts:duplicates", KEEPS),
    button("contacts:look", KEEPS),
    button("contacts:apart", KEEPS, "proposal"),
    form("contacts:merge", KEEPS, "two contacts", values=TWO),
    page("contacts:merges", KEEPS),
    button("contacts:undo_merge", KEEPS, "merge"),
    page("contacts:changes", SEES),
    form("contacts:change", SEES, "change", post_needs=(KEEPS,)),
)
