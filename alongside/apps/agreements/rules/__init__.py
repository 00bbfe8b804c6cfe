"""What agreements may become, and what stops them."""
