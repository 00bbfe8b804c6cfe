"""Addresses of published grants."""

from tests.matrix.language import button, form, page

SEES, KEEPS = "see_relations", "keep_relations"

ROWS = (
    page("giving:list", SEES),
    page("giving:export", SEES, values={"kind": "csv"}),
    page("giving:export", SEES, values={"kind": "xlsx"}),
    form("giving:import", KEEPS),
    button("giving:match", KEEPS),
    page("giving:file", SEES, "published"),
    page("giving:file_wrong", SEES, "published"),
    form("giving:grant", SEES, "published", post_needs=(KEEPS,), post={"year": "2026"}),
)
