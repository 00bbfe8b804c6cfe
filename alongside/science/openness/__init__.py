"""A year in the open: each payment in exactly one list, sums, people protected, grants as 360Giving."""

from alongside.science.openness.canonical import digest_text, write_canonical
from alongside.science.openness.giving import make_package, split_grants
from alongside.science.openness.people import protect_people, sum_people
from alongside.science.openness.routing import route_year, sum_rows

__all__ = [
    "digest_text",
    "make_package",
    "protect_people",
    "route_year",
    "split_grants",
    "sum_people",
    "sum_rows",
    "write_canonical",
]
