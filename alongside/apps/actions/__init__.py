"""Actions, alone or with others, and feedback to those who spoke."""
