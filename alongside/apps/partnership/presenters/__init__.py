"""Words and pictures of the partnership room."""
