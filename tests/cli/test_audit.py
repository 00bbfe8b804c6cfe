"""`alongside audit` on an installation of its own: whole, then tampered with, then looked into."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest


def run(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ALONGSIDE_DATA": str(data)}
    environment.pop("ALONGSIDE_DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-m", "alongside.cli.main", *words, "--data", str(data)],
        capture_output=True, text=True, env=environment, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installation")
    made = run(
        folder, "add-person", "ada@example.org", "--name", "Ada Canary", "--role", "administrator",
        "--password", "a password long enough",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    return folder


def test_verify_says_whole_and_then_names_the_first_bad_line(data: Path) -> None:
    whole = run(data, "audit", "verify", "--deep")
    assert (whole.returncode, "The audit is whole" in whole.stdout) == (0, True), whole.stdout + whole.stderr
    assert "lines: " in whole.stderr
    assert "Add --deep" in run(data, "audit", "verify").stdout
    assert run(data, "audit", "seal").stdout == "0 lines sealed.\n"
    with sqlite3.connect(data / "alongside.sqlite3") as database:
        (row_id,) = database.execute("SELECT id FROM people_person").fetchone()
        with pytest.raises(sqlite3.OperationalError, match="alongside_"):
            database.execute("UPDATE people_person SET is_active = 0")
        triggers = database.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN "
            "('people_person', 'base_audit_change')"
        ).fetchall()
        for name, _sql in triggers:
            database.execute(f"DROP TRIGGER {name}")
        database.execute("UPDATE people_person SET is_active = 0")
        for _name, sql in triggers:
            database.execute(sql)
    around = run(data, "audit", "verify", "--deep")
    assert around.returncode == 1
    assert f"Row {row_id} of people_person is not as its last line left it" in around.stdout
    assert run(data, "audit", "verify").returncode == 0
    with sqlite3.connect(data / "alongside.sqlite3") as database:
        for name, _sql in triggers:
            database.execute(f"DROP TRIGGER {name}")
        database.execute("UPDATE base_audit_change SET why = 'nothing' WHERE seal_number = 3")
    changed = run(data, "audit", "verify")
    assert changed.returncode == 1
    assert changed.stdout.startswith("Line 3 (")
    shut = run(data, "audit", "show", "--table", "people_person", "--row", row_id)
    assert "about a person: locked" in shut.stdout
    assert "Canary" not in shut.stdout
    opened = run(data, "audit", "show", "--table", "people_person", "--row", row_id, "--open", "a test")
    assert "Ada Canary" in opened.stdout
    gone = run(data, "audit", "show", "--table", "people_person", "--row", "0")
    assert (gone.returncode, "knows no row" in gone.stderr) == (1, True)
