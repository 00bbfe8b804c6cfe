"""Background work of the partnership room, part by part."""
