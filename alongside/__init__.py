"""Alongside turns what patients say into what changes, and shows them that it did."""

__version__ = "0.3.0"
