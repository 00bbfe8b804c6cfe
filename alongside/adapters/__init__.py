"""The outside world, no Django: files, messages."""
