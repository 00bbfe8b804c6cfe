"""Pages about relationships with partners."""
