"""Voices to themes: the same answer twice."""
