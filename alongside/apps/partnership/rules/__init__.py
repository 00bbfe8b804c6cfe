"""What may happen with partners."""
