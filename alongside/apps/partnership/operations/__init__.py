"""Writes of the partnership room."""
