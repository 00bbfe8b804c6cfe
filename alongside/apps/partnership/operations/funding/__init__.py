"""Writes about funding: asking, judging, deciding, the paper, the report, and what keeps a group its own."""
