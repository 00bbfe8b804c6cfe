"""Pages across rooms: start page, search, what changed, the trail."""
