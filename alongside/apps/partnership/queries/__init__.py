"""Reads of the partnership room."""
