"""How much of a group's income comes from whom, and how far it leans on one funder."""

from alongside.science.independence.shares import measure_year
from alongside.science.independence.years import year_end_of, year_starts_on

__all__ = ["measure_year", "year_end_of", "year_starts_on"]
