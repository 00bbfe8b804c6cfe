"""Audit, refusals, the registry, jobs, form fields, layout."""
