"""A year's disclosure, as the team sees it."""
