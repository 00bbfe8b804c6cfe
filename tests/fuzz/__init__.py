"""Every reader against a minute of hostile input: only declared refusals, quickly, in little memory."""
