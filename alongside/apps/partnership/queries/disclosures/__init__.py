"""Reads about a year's disclosure and the public register."""
