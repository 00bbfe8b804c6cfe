"""Forms of the partnership room."""
