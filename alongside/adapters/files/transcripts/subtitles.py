"""WebVTT and SRT: speech with times, as meeting and captioning tools write it."""

import html
import re
from collections.abc import Iterator

from alongside.adapters.files.transcripts.building import Speech, split_speaker
from alongside.science.values.sources import FileRefused, shorten

ARROW = "-->"
VTT_TIME = re.compile(r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})")
SRT_TIME = re.compile(r"(?:(\d{1,}):)?([0-5]?\d):([0-5]?\d)[,.](\d{3})")
VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]+)>")
TAG = re.compile(r"</?(?:c|i|b|u|ruby|rt|lang|v|font)(?:[.\s][^>]*)?>|<\d[\d:.]*>", re.IGNORECASE)
EXAMPLES = {"vtt": "00:01:02.000 --> 00:01:05.000", "srt": "00:01:02,000 --> 00:01:05,000"}


def read_vtt(text: str) -> Iterator[Speech]:
    """Yield what is said in a WebVTT file. Raises FileRefused naming the line of a time that is broken."""
    lines = text.split("\n")
    if not re.match(r"WEBVTT(?:[ \t]|$)", lines[0]):
        raise FileRefused(
            "line 1", f"it reads “{shorten(lines[0])}”", "A WebVTT file begins with the line WEBVTT."
        )
    for number, block in _blocks(lines):
        if number == 1 or re.match(r"(NOTE|STYLE|REGION)(?:\s|$)", block[0]):
            continue
        yield from _cue(number, block, "vtt")


def read_srt(text: str) -> Iterator[Speech]:
    """Yield what is said in an SRT file. Raises FileRefused naming the line of a time that is broken."""
    for number, block in _blocks(text.split("\n")):
        yield from _cue(number, block, "srt")


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield runs of lines that are not empty, with the 1-based line each begins on."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _cue(number: int, block: list[str], kind: str) -> Iterator[Speech]:
    """Yield the speech of one block: an optional name, a line of times, then the words."""
    place = 0 if ARROW in block[0] or len(block) == 1 else 1
    start_ms, end_ms = _times(number + place, block[place], kind)
    for speaker, words in _voices(block[place + 1 :], kind):
        yield Speech(speaker, words, start_ms, end_ms)


def _times(number: int, line: str, kind: str) -> tuple[int, int]:
    cure = f"Write the times as {EXAMPLES[kind]}, on a line of their own, the end after the start."
    if ARROW not in line:
        raise FileRefused(f"line {number}", f"a line of times was expected, not “{shorten(line)}”", cure)
    first, _, rest = line.partition(ARROW)
    last = rest.split()[0] if rest.split() else ""
    start_ms, end_ms = _milliseconds(first.strip(), kind), _milliseconds(last, kind)
    if start_ms is None or end_ms is None:
        raise FileRefused(f"line {number}", f"the times “{shorten(line)}” cannot be read", cure)
    if end_ms < start_ms:
        raise FileRefused(f"line {number}", f"in “{shorten(line)}” the end comes before the start", cure)
    return start_ms, end_ms


def _milliseconds(time: str, kind: str) -> int | None:
    found = (VTT_TIME if kind == "vtt" else SRT_TIME).fullmatch(time)
    if found is None or len(time) > 20:
        return None
    hours, minutes, seconds, milliseconds = (int(part or 0) for part in found.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds


def _voices(lines: list[str], kind: str) -> Iterator[tuple[str, str]]:
    """Yield speaker and words: from voice tags where there are any, else from "Name: words" lines."""
    payload = "\n".join(lines)
    tags = list(VOICE.finditer(payload)) if kind == "vtt" else []
    if tags:
        ends = [tag.start() for tag in tags[1:]] + [len(payload)]
        if before := _plain(payload[: tags[0].start()], kind):
            yield "", before
        for tag, end in zip(tags, ends, strict=True):
            yield " ".join(html.unescape(tag[1]).split()), _plain(payload[tag.end() : end], kind)
        return
    for line in lines:
        speaker, words = split_speaker(_plain(line, kind))
        yield speaker, words


def _plain(payload: str, kind: str) -> str:
    text = TAG.sub("", payload).replace("\n", " ").strip()
    return html.unescape(text) if kind == "vtt" else text
