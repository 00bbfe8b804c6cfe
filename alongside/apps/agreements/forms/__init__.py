"""Forms of the agreements room; they check input and never save."""
