"""Transcripts: who said what, in order, with the exact place of each turn."""

from alongside.adapters.files.transcripts.reading import read_transcript

__all__ = ["read_transcript"]
