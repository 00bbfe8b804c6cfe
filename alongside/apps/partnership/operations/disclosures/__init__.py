"""Writes about a year's disclosure, from collecting to correcting."""
