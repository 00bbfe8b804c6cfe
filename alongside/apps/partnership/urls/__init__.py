"""Addresses of the partnership room, one file for each part of it."""
