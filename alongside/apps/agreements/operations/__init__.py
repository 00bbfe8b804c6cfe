"""Writes of the agreements room."""
