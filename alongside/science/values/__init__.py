"""Shared frozen value types, which may be named anywhere."""
