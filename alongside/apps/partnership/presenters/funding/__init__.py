"""Words, steps and pictures for pages about funding."""
