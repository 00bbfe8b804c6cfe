"""Reads about actions and telling those who spoke."""
