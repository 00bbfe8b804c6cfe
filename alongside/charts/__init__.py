"""Values in, accessible SVG out."""
