"""Each speed or quality claim as a command that prints us beside a peer."""
