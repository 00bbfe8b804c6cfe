"""Pages about actions, telling people, and what changed."""
