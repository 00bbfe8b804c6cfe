"""People and organisations: accounts, roles, consent and other bases."""
