"""Every counter and state of the product, each reached for by sixteen at once: two processes of eight threads."""
