"""Django: HTTP, tables, permission. Read upward: a voice's way to change."""
