"""Reads about paid work: what other parts and rooms ask."""

from alongside.apps.partnership.queries.services.people import PeopleLine, sum_for_people

__all__ = ["PeopleLine", "sum_for_people"]
