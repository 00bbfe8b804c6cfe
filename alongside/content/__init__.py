"""Content that patients and clinicians can own, shipped in the wheel and checked by tests."""
