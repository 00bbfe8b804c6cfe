"""Two years of working with patient groups, in the demonstration."""
