"""`alongside backup` and `alongside restore` from the command line: exit codes, and words that say what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

EMAIL, NAME = "ada@people.example", "Ada Okafor"


def run(data: Path, *arguments: str, answer: str = "") -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "ALONGSIDE_DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-m", "alongside.cli.main", *arguments],
        env={**environment, "ALONGSIDE_DATA": str(data)},
        input=answer,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("here")
    password = "a long enough password"
    made = run(data, "add-person", EMAIL, "--name", NAME, "--role", "administrator", "--password", password)
    assert made.returncode == 0, made.stderr
    (data / "files").mkdir()
    (data / "files" / "a.csv").write_text("id\n1\n")
    return data


def test_an_installation_moves_to_another_place(installation: Path, tmp_path: Path) -> None:
    secret = tmp_path / "passphrase"
    secret.write_text("seven quiet herons\n")
    file = tmp_path / "night.backup"
    locked = ("--passphrase-file", str(secret))

    made = run(installation, "backup", str(file), *locked)
    assert made.returncode == 0, made.stderr
    assert "1 files" in made.stdout
    assert "The keys are not in it" in made.stdout
    assert EMAIL.encode() not in file.read_bytes()
    assert run(installation, "backup", str(file), *locked).returncode == 1

    seen = run(tmp_path / "there", "restore", str(file), *locked, "--check-only")
    assert "It is whole" in seen.stdout
    restored = run(tmp_path / "there", "restore", str(file), *locked)
    assert restored.returncode == 0, restored.stderr
    assert (tmp_path / "there" / "files" / "a.csv").read_text() == "id\n1\n"

    again = run(tmp_path / "there", "restore", str(file), *locked)
    assert (again.returncode, "--replace" in again.stderr) == (1, True)
    unsure = run(tmp_path / "there", "restore", str(file), *locked, "--replace", answer="n\n")
    assert unsure.returncode == 1
    assert run(tmp_path / "there", "restore", str(file), *locked, "--replace", "--yes").returncode == 0


def test_what_cannot_be_trusted_or_opened_has_its_own_exit_code(installation: Path, tmp_path: Path) -> None:
    file, empty = tmp_path / "night.backup", tmp_path / "empty"
    assert run(installation, "backup", str(file)).returncode == 0
    empty.write_text("")
    assert run(installation, "backup", str(tmp_path / "b"), "--passphrase-file", str(empty)).returncode == 4
    assert not (tmp_path / "b").exists()
    assert run(installation, "backup", str(tmp_path / "nowhere" / "b")).returncode == 1
    short = tmp_path / "short.backup"
    short.write_bytes(file.read_bytes()[:-1024])
    refused = run(tmp_path / "there", "restore", str(short))
    assert (refused.returncode, "Nothing was changed" in refused.stderr) == (3, True)
    assert not (tmp_path / "there" / "alongside.sqlite3").exists()
