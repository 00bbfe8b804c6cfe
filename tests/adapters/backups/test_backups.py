"""A backup's shell: what went in comes out, and nothing that was changed, cut off or locked otherwise does."""

import io
import os
import tarfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.adapters.backups import (
    ArchiveReader,
    ArchiveWriter,
    BackupDamaged,
    PassphraseWrong,
    SealedReader,
    SealedWriter,
    check_seal,
    sealing,
)

WORDS = "It rained on the way to the clinic, and the door was locked. " * 30


def write(path: Path, passphrase: str | None = None, words: str = WORDS) -> Path:
    with ArchiveWriter(path, passphrase) as archive:
        archive.add_bytes("header.json", b"{}")
        archive.add_bytes("words.txt", words.encode())
        archive.add_bytes("noise", os.urandom(3000))
    return path


def read(path: Path, passphrase: str | None = None) -> dict[str, bytes]:
    with ArchiveReader(path, passphrase) as archive:
        return {part.name: part.read() for part in archive.parts()}


@pytest.mark.parametrize("passphrase", [None, "seven quiet herons on the weir"])
def test_what_went_in_comes_out_in_order(tmp_path: Path, passphrase: str | None) -> None:
    path = write(tmp_path / "night.backup", passphrase)
    found = read(path, passphrase)
    assert list(found) == ["header.json", "words.txt", "noise"]
    assert found["words.txt"].decode() == WORDS
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("passphrase", [None, "seven quiet herons on the weir"])
def test_any_flipped_bit_is_refused(tmp_path: Path, passphrase: str | None) -> None:
    path = write(tmp_path / "night.backup", passphrase)
    content = path.read_bytes()
    for place in [0, 30, 60, len(content) // 2, len(content) - 90, len(content) - 40, len(content) - 1]:
        changed = tmp_path / "changed"
        changed.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with pytest.raises(BackupDamaged):
            read(changed, passphrase)


@pytest.mark.parametrize("missing", [1, 1024, 2000])
def test_a_copy_cut_off_is_refused(tmp_path: Path, missing: int) -> None:
    path = write(tmp_path / "night.backup")
    path.write_bytes(path.read_bytes()[:-missing])
    with pytest.raises(BackupDamaged, match="cut off"):
        check_seal(path)


def test_a_file_that_is_hardly_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "stub"
    path.write_bytes(b"short")
    with pytest.raises(BackupDamaged, match="too short"):
        check_seal(path)


def test_an_unlocked_backup_opens_with_any_tool(tmp_path: Path) -> None:
    path = write(tmp_path / "night.backup")
    with tarfile.open(fileobj=io.BytesIO(path.read_bytes()), mode="r|gz") as tar:
        assert [member.name for member in tar] == ["header.json", "words.txt", "noise"]


def test_a_locked_backup_shows_none_of_its_words(tmp_path: Path) -> None:
    path = write(tmp_path / "night.backup", "seven quiet herons on the weir")
    assert b"clinic" not in path.read_bytes()
    assert b"words.txt" not in path.read_bytes()


@pytest.mark.parametrize(
    ("made_with", "opened_with", "words"),
    [
        ("the right one", "the wrong one", "not the passphrase"),
        ("the right one", None, "is locked"),
        ("the right one", " \n", "is empty"),
        (None, "any", "is not locked"),
    ],
)
def test_a_passphrase_that_does_not_fit_is_refused(
    tmp_path: Path, made_with: str | None, opened_with: str | None, words: str
) -> None:
    path = write(tmp_path / "night.backup", made_with)
    with pytest.raises(PassphraseWrong, match=words):
        read(path, opened_with)


def test_an_empty_passphrase_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(PassphraseWrong):
        ArchiveWriter(tmp_path / "night.backup", "")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "night.backup"
    path.write_text("older")
    with pytest.raises(FileExistsError):
        ArchiveWriter(path)
    assert path.read_text() == "older"


def test_a_file_that_came_up_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "night.backup"
    archive = ArchiveWriter(path)
    archive.add_bytes("header.json", b"{}")
    path.write_text("somebody else's")
    with pytest.raises(FileExistsError):
        archive.__exit__(None, None, None)
    assert path.read_text() == "somebody else's"
    assert list(tmp_path.iterdir()) == [path]


def test_what_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    with (
        pytest.raises(OSError, match="end of data"),
        ArchiveWriter(tmp_path / "night.backup") as archive,
    ):
        archive.add_file("words.txt", 10, io.BytesIO(b"short"))
    assert list(tmp_path.iterdir()) == []


def seal(path: Path, content: bytes, passphrase: str | None = None) -> Path:
    with path.open("wb") as file:
        writer = SealedWriter(file, passphrase)
        writer.write(content)
        writer.finish()
    return path


def test_something_else_under_a_right_seal_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(BackupDamaged, match="no backup"):
        read(seal(tmp_path / "letter", b"Dear all, " * 500))


def test_a_link_inside_is_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        link = tarfile.TarInfo("files/passwords")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    with pytest.raises(BackupDamaged, match="not a file"):
        read(seal(tmp_path / "linked", packed.getvalue()))


def test_a_later_chunk_from_another_place_is_refused(tmp_path: Path) -> None:
    # Both chunks were locked by us; with their seal made anew only their numbers tell that they changed places.
    passphrase = "seven quiet herons on the weir"
    size = sealing.CHUNK_BYTES
    locked = seal(tmp_path / "a", b"a" * size + b"b" * size + b"c", passphrase).read_bytes()
    head, chunk = locked[: sealing.HEAD_BYTES], size + sealing.TAG_BYTES
    first, second = locked[len(head) :][:chunk], locked[len(head) + chunk :][:chunk]
    rest = locked[len(head) + 2 * chunk : -sealing.SEAL_BYTES]
    moved = seal(tmp_path / "b", head + first + rest + second)
    with pytest.raises(BackupDamaged, match="changed"):
        SealedReader(moved, passphrase).read()


@settings(max_examples=10, deadline=None)
@given(parts=st.lists(st.integers(1, 3 * 2**20), min_size=1, max_size=4), is_locked=st.booleans())
def test_any_sizes_come_out_as_they_went_in(
    tmp_path_factory: pytest.TempPathFactory, parts: list[int], is_locked: bool
) -> None:
    path = tmp_path_factory.mktemp("sealed") / "file"
    passphrase = "herons" if is_locked else None
    content = [os.urandom(64) * (size // 64) + b"x" * (size % 64) for size in parts]
    with path.open("wb") as file:
        writer = SealedWriter(file, passphrase)
        for part in content:
            writer.write(part)
        writer.finish()
    check_seal(path)
    with SealedReader(path, passphrase) as reader:
        assert reader.read() == b"".join(content)
