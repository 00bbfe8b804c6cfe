"""A large partnership, made up, and how long its pages take."""
