"""Pages of the team about paid work."""
