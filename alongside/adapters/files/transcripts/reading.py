"""A transcript file of any accepted kind becomes one Transcript."""

from collections.abc import Collection
from pathlib import Path

from alongside.adapters.files.encodings import WORDS, find_encoding
from alongside.adapters.files.limits import MEBIBYTE, TEXT_BYTES
from alongside.adapters.files.office import read_paragraphs
from alongside.adapters.files.transcripts.building import (
    Speech,
    build_transcript,
    is_moderator,
    join_speech,
    split_speaker,
)
from alongside.adapters.files.transcripts.subtitles import read_srt, read_vtt
from alongside.science.values.sources import FileRefused, Transcript, Turn, shorten

FORMATS = {".vtt": "vtt", ".srt": "srt", ".docx": "docx", ".txt": "txt", ".text": "txt", ".md": "txt"}


def read_transcript(
    path: Path, name: str, *, moderators: Collection[str] | None = None, encoding: str | None = None
) -> Transcript:
    """Return the transcript in a file; its kind is told by the ending of `name`.

    `moderators` are the speakers who lead the conversation; by default those whose name says so
    (Moderator, Facilitator, Interviewer, Researcher). Raises FileRefused.
    """
    format_ = FORMATS.get(Path(name).suffix.lower())
    if format_ is None:
        raise FileRefused(
            "the file name",
            f"“{shorten(name)}” does not end as a transcript does",
            f"Accepted endings: {', '.join(FORMATS)}.",
        )
    if format_ == "docx":
        return _read_paragraphs(read_paragraphs(path), name, moderators)
    text, deviations = _read_text(path, encoding)
    if format_ == "txt":
        return _read_plain(text, name, moderators, deviations)
    speeches = join_speech(read_vtt(text) if format_ == "vtt" else read_srt(text))
    return build_transcript(name, format_, speeches, moderators=moderators, deviations=deviations)


def _read_text(path: Path, encoding: str | None) -> tuple[str, tuple[str, ...]]:
    size = path.stat().st_size
    if size > TEXT_BYTES:
        raise FileRefused(
            "the file",
            f"it is {size // MEBIBYTE:,} MiB; a transcript of at most {TEXT_BYTES // MEBIBYTE} MiB is read",
            "Split it into one file for each conversation.",
        )
    found = encoding or find_encoding(path)
    try:
        text = path.read_text(encoding=found)  # line ends become \n, as everywhere here
    except (UnicodeError, LookupError) as error:
        raise FileRefused("the file", f"it is not {found}", "Save it as UTF-8 and try again.") from error
    guessed = (f"The file is not UTF-8; it was read as {WORDS[found]}.",) if found == "cp1252" else ()
    return text, guessed


def _read_paragraphs(paragraphs: list[str], name: str, moderators: Collection[str] | None) -> Transcript:
    """Return a Word transcript: "Name: words" paragraphs, or a name alone above its words."""
    lines = [line for paragraph in paragraphs for line in paragraph.split("\n")]
    spoken, skipped = _speeches(lines)
    notes = (_skipped_note(skipped),) if skipped else ()
    return build_transcript(name, "docx", spoken, moderators=moderators, deviations=notes)


def _speeches(lines: list[str]) -> tuple[list[Speech], int]:
    """Return the speech in lines, and how many lines stand before the first speaker."""
    spoken: list[Speech] = []
    skipped = 0
    for line in lines:
        speaker, words = split_speaker(line)
        if speaker:
            spoken.append(Speech(speaker, words))
        elif spoken and line.strip():
            last = spoken[-1]
            spoken[-1] = Speech(last.speaker, f"{last.words}\n{line.strip()}".strip())
        elif line.strip():
            skipped += 1
    if not spoken:
        raise _no_speakers()
    return spoken, skipped


def _no_speakers() -> FileRefused:
    return FileRefused(
        "the file",
        "no speaker was found in it",
        "Begin every turn with who speaks, as in “Participant 1: …”.",
    )


def _skipped_note(count: int) -> str:
    lines = (
        "1 line before the first speaker was"
        if count == 1
        else f"{count} lines before the first speaker were"
    )
    return f"{lines} not read as speech."


def _read_plain(
    text: str, name: str, moderators: Collection[str] | None, deviations: tuple[str, ...]
) -> Transcript:
    """Return a plain transcript; its text is the file's, so that places count in the file itself."""
    turns: list[Turn] = []
    skipped = 0
    speaker, start, end = "", 0, 0
    position = 0

    def close() -> None:
        if speaker and text[start:end].strip():
            turns.append(
                Turn(len(turns) + 1, speaker, text[start:end], start, end, is_moderator(speaker, moderators))
            )

    for line in text.split("\n"):
        found, words = split_speaker(line)
        stripped_end = position + len(line.rstrip())
        if found:
            close()
            speaker = found
            start = position + len(line) - len(words) if words else position + len(line)
            end = stripped_end
        elif line.strip() and speaker:
            start = start if text[start:end].strip() else position + len(line) - len(line.lstrip())
            end = stripped_end
        elif line.strip():
            skipped += 1
        position += len(line) + 1
    close()
    if not turns:
        raise _no_speakers()
    notes = (*deviations, *((_skipped_note(skipped),) if skipped else ()))
    if not any(turn.is_moderator for turn in turns):
        notes += ("No speaker was recognised as a moderator, so every turn was read as a participant's.",)
    return Transcript(name, "txt", text, tuple(turns), notes)
