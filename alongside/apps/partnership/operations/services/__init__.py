"""Writes about paid work: needs, rate cards, offers, answers, claims."""
