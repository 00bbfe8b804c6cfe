"""Settings, addresses and the WSGI door: with cli and demo, the only code that knows every room."""
