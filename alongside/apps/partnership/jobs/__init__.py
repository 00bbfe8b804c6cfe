"""Background work of the partnership room."""
