"""The partnership room's only crossing to science and adapters."""
