"""Reads about relationships: lists, one partner, health, the timeline, what is shared."""
