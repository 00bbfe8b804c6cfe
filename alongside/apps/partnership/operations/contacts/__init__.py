"""Writes about contacts: keeping them, finding and joining duplicates, lists that come in, what partners ask for."""
