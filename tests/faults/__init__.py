"""What happens when the machine fails: killed servers, full disks, stopped databases, everybody at once.

`python -m tests.faults` prints what was counted and fails on any loss. Beside each fault runs a mutant, a version of
the product with one mistake put in by this harness, that the same check must catch.
"""
