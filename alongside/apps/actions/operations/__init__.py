"""Writes about actions and telling those who spoke."""
