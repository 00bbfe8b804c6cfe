"""How much of a group's income comes from whom, and how far it leans on one funder."""

from alongside.science.independence.shares import measure_year

__all__ = ["measure_year"]
