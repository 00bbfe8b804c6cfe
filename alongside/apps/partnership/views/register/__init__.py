"""The public register: pages and files everybody may read."""
