"""Voices become candidate themes, themes, and insights with evidence."""
