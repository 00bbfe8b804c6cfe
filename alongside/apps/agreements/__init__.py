"""Agreements: what must be agreed before, and the rules of the field as data."""
