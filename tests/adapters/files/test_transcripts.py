"""Conversations, with every turn in its exact place."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.adapters.files import FileRefused, Transcript, read_transcript
from alongside.adapters.files.limits import TEXT_BYTES

VTT = """WEBVTT - a group

NOTE not speech

STYLE
::cue { color: red }

intro
00:00:01.000 --> 00:00:02.500 align:start
<v Moderator>How was <i>it</i>?</v>

00:00:02.500 --> 00:00:04.000
<v.loud Ann B>Fine &amp; well, <script>alert(1)</script>

01:00:05.000 --> 01:00:06.000
<v Ann B>and on time 🙂

01:00:07.000 --> 01:00:08.000
- nobody is named here
"""
SRT = (
    "1\n00:00:01,000 --> 00:00:02,000\nResearcher: Hello\n\n"
    "2\n00:00:02,000 --> 00:00:03,000\nAli: <i>Hello</i> &amp; thanks\nand more\n"
)
PLAIN = (
    "Our group: notes of a long day in May\n\n[00:01:02] Moderator: Welcome\nP1: I rang forty times.\n"
    "I said: no.\n\n  And again.\nمريم: شكرا 🙂\nP2:\n  later\n"
)


def transcript(folder: Path, name: str, text: str, moderators: list[str] | None = None) -> Transcript:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    read = read_transcript(path, name, moderators=moderators)
    assert all(read.text[turn.start : turn.end] == turn.text for turn in read.turns)
    assert [turn.number for turn in read.turns] == list(range(1, len(read.turns) + 1))
    return read


def test_webvtt_speech_is_joined_by_speaker_and_keeps_its_times(tmp_path: Path) -> None:
    read = transcript(tmp_path, "a.vtt", VTT)

    first, second = read.turns
    assert (first.speaker, first.text, first.is_moderator) == ("Moderator", "How was it?", True)
    assert second.text == "Fine & well, <script>alert(1)</script> and on time 🙂 - nobody is named here"
    assert (second.speaker, second.start_ms, second.end_ms) == ("Ann B", 2_500, 3_608_000)


def test_srt_speech_is_read(tmp_path: Path) -> None:
    read = transcript(tmp_path, "a.srt", SRT)

    assert [(turn.speaker, turn.text) for turn in read.turns] == [
        ("Researcher", "Hello"),
        ("Ali", "Hello &amp; thanks and more"),
    ]
    assert read.speakers == ("Researcher", "Ali")


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_plain_turns_run_over_lines_and_sentences_with_colons_are_no_speakers(
    tmp_path: Path, ends: str
) -> None:
    read = transcript(tmp_path, "a.txt", PLAIN.replace("\n", ends))

    assert [(turn.speaker, turn.text) for turn in read.turns] == [
        ("Moderator", "Welcome"),
        ("P1", "I rang forty times.\nI said: no.\n\n  And again."),
        ("مريم", "شكرا 🙂"),
        ("P2", "later"),
    ]
    assert "before the first speaker" in read.deviations[0]


def test_a_caller_may_say_who_moderates(tmp_path: Path) -> None:
    read = transcript(
        tmp_path, "a.txt", "Sue: Hello\nModerator: I am a patient called so\n", moderators=["sue"]
    )

    assert [turn.is_moderator for turn in read.turns] == [True, False]


def test_a_conversation_without_moderator_says_so(tmp_path: Path) -> None:
    assert "moderator" in transcript(tmp_path, "a.txt", "Sue: Hello\n").deviations[0]
    unnamed = transcript(tmp_path, "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nhello there\n")
    assert "No speaker is named" in unnamed.deviations[0]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.vtt", "hello", "Line 1: it reads “hello”"),
        ("a.vtt", "WEBVTT\n\n00:0x.000 --> 00:02.000\nhi", "Line 3: the times “00:0x.000"),
        ("a.vtt", "WEBVTT\n\n00:01.000 --> \nhi", "Line 3"),
        ("a.vtt", "WEBVTT\n\n00:05.000 --> 00:02.000\nhi", "end comes before the start"),
        ("a.vtt", "WEBVTT\n\nname\nno times\nhi", "Line 4: a line of times was expected"),
        ("a.vtt", "WEBVTT\n", "nobody says anything"),
        ("a.srt", "1\nno time\nhi\n", "Line 2"),
        ("a.txt", "only prose here\n", "no speaker was found"),
        ("a.txt", "Moderator:\n", "no speaker was found"),
        ("a.txt", "", "empty"),
        ("a.rtf", "x", "Accepted endings"),
    ],
)
def test_a_broken_transcript_is_refused_with_line_and_cure(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    with pytest.raises(FileRefused, match=said):
        transcript(tmp_path, name, text)


def test_a_transcript_too_big_to_hold_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(TEXT_BYTES + 1)

    with pytest.raises(FileRefused, match="Split it"):
        read_transcript(path, path.name)


def test_windows_text_is_read_and_noted(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Moderator: hi\nZoë: it was “fine”\n".encode("cp1252"))

    read = read_transcript(path, path.name)

    assert read.turns[1].speaker == "Zoë"
    assert "Windows-1252" in read.deviations[0]
    with pytest.raises(FileRefused, match="not utf-8"):
        read_transcript(path, path.name, encoding="utf-8")


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(str.encode),
        st.lists(st.sampled_from([*VTT.split("\n"), *SRT.split("\n"), *PLAIN.split("\n")]), max_size=20).map(
            lambda lines: ("WEBVTT\n" + "\n".join(lines)).encode()
        ),
    ),
    name=st.sampled_from(["a.vtt", "a.srt", "a.txt"]),
)
def test_any_bytes_are_read_in_place_or_refused(tmp_path: Path, content: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    try:
        read = read_transcript(path, name)
    except FileRefused:
        return
    assert all(read.text[turn.start : turn.end] == turn.text for turn in read.turns)
