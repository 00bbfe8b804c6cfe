"""Reads about contacts, lists that come in, duplicates and what partners ask for."""
