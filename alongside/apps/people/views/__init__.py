"""Pages about accounts, people and partners."""
