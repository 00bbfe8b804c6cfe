"""Words, colours and next steps for the pages of the agreements room."""
