"""Partnership: relations, funding, payments, events, joint projects and disclosure."""
