"""A believable, fictional organisation, built through the real operations."""
