"""Reads about funding: requests, criteria, hands-off, other funders, independence."""
