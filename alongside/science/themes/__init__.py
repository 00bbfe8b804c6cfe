"""Voices to themes: the same answer twice."""

from alongside.science.themes.finding import ENGINE, ENGINE_VERSION, find_themes
from alongside.science.themes.groups import count_by_group
from alongside.science.themes.words import is_blank

__all__ = ["ENGINE", "ENGINE_VERSION", "count_by_group", "find_themes", "is_blank"]
