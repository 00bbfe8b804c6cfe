"""Focus groups, surveys, the Patient Partnership Programme, and the voices they bring."""
