"""An installation that would not be safe does not start, and says which setting, what is wrong and what to do."""

import base64
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.checks import run_checks

from alongside.config import checks
from alongside.config.safety import (
    Facts,
    UnsafeSettings,
    find_drive,
    find_unsafe,
    is_this_machine,
    refuse_unsafe,
)

KEY = "kJ8s0-Qw3rTy6UiOpAsDfGhJkLzXcVbNm1234567890_aBcDeFgHiJ"
VAULT_KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()


def make_facts(folder: Path, **changes: object) -> Facts:
    """Return an installation that may start, with changes."""
    folder.chmod(0o700)
    secret = folder / "alongside_secret_key"
    secret.write_text(KEY)
    secret.chmod(0o600)
    facts = Facts(
        public_url="https://voices.example.org",
        debug=False,
        demo=False,
        allowed_hosts=("voices.example.org",),
        trusted_origins=("https://voices.example.org",),
        secret_key=KEY,
        vault_keys=VAULT_KEY,
        secret_files={"ALONGSIDE_SECRET_KEY": secret},
        data=folder,
        served=(folder / "static",),
        email_backend="django.core.mail.backends.smtp.EmailBackend",
        email_host="smtp.example.org",
        email_is_encrypted=True,
        database_url="postgres://db.example.org/alongside?sslmode=verify-full",
        database_file=None,
    )
    return replace(facts, **changes)  # type: ignore[arg-type]


def test_a_careful_installation_starts(tmp_path: Path) -> None:
    assert find_unsafe(make_facts(tmp_path)) == []
    assert (
        find_unsafe(make_facts(tmp_path, database_file=tmp_path / "alongside.sqlite3", database_url="")) == []
    )
    refuse_unsafe([])


@pytest.mark.parametrize(("changes", "setting", "remedy"), [
    ({"debug": True}, "ALONGSIDE_DEBUG", "unset"),
    ({"demo": True}, "ALONGSIDE_DEMO", "unset"),
    ({"public_url": "http://voices.example.org"}, "ALONGSIDE_URL", "https://"),
    ({"allowed_hosts": ("*",)}, "ALONGSIDE_HOSTS", "Name each host"),
    ({"allowed_hosts": (".example.org",)}, "ALONGSIDE_HOSTS", "Name each host"),
    ({"allowed_hosts": ("other.example.org",)}, "ALONGSIDE_HOSTS", "ALONGSIDE_HOSTS=voices.example.org"),
    ({"trusted_origins": ("http://voices.example.org",)}, "ALONGSIDE_TRUSTED_ORIGINS", "https://"),
    ({"trusted_origins": ("https://*.example.org",)}, "ALONGSIDE_TRUSTED_ORIGINS", "without a star"),
    ({"secret_key": "short"}, "ALONGSIDE_SECRET_KEY", "at least 50"),
    ({"secret_key": "ab" * 40}, "ALONGSIDE_SECRET_KEY", "at least 50"),
    ({"secret_key": "django-insecure-" + KEY}, "ALONGSIDE_SECRET_KEY", "Leave it unset"),
    ({"vault_keys": ""}, "ALONGSIDE_VAULT_KEY", "Leave it unset"),
    ({"vault_keys": "not base64 at all!"}, "ALONGSIDE_VAULT_KEY", "Leave it unset"),
    ({"vault_keys": base64.urlsafe_b64encode(bytes(32)).decode()}, "ALONGSIDE_VAULT_KEY", "Leave it unset"),
    ({"email_is_encrypted": False}, "ALONGSIDE_EMAIL_TLS", "ALONGSIDE_EMAIL_TLS=true"),
    ({"email_backend": "django.core.mail.backends.console.EmailBackend"}, "ALONGSIDE_EMAIL_BACKEND", "smtp"),
    ({"database_url": "postgres://db.example.org/alongside"}, "ALONGSIDE_DATABASE_URL", "sslmode"),
])  # fmt: skip
def test_each_unsafe_setting_is_named_with_its_remedy(
    tmp_path: Path, changes: Mapping[str, object], setting: str, remedy: str
) -> None:
    (finding,) = find_unsafe(make_facts(tmp_path, **changes))

    assert finding.setting == setting
    assert remedy in finding.remedy
    assert finding.wrong.endswith(".")


def test_a_secret_that_others_may_read_is_refused(tmp_path: Path) -> None:
    facts = make_facts(tmp_path)
    facts.secret_files["ALONGSIDE_SECRET_KEY"].chmod(0o644)
    (finding,) = find_unsafe(facts)

    assert finding.setting == "ALONGSIDE_SECRET_KEY_FILE"
    assert "chmod 600" in finding.remedy


def test_a_data_folder_that_others_may_look_into_is_refused(tmp_path: Path) -> None:
    facts = make_facts(tmp_path)
    tmp_path.chmod(0o755)
    (finding,) = find_unsafe(facts)

    assert finding.setting == "ALONGSIDE_DATA"
    assert "chmod 700" in finding.remedy


@pytest.mark.parametrize("served", [".", ".."])
def test_a_data_folder_inside_a_served_folder_is_refused(tmp_path: Path, served: str) -> None:
    (finding,) = find_unsafe(make_facts(tmp_path, served=((tmp_path / served).resolve(),)))

    assert "given to everybody" in finding.wrong


def test_sqlite_on_a_network_drive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\nfiler:/x {tmp_path} nfs4 rw 0 0\nbroken\n")
    monkeypatch.setattr(find_drive, "__defaults__", (mounts,))
    (finding,) = find_unsafe(make_facts(tmp_path, database_file=tmp_path / "alongside.sqlite3"))

    assert "network drive (nfs4)" in finding.wrong
    assert find_drive(Path("/elsewhere"), mounts) == "ext4"
    assert find_drive(Path("/elsewhere"), tmp_path / "missing") == ""
    mounts.write_text("")
    assert find_drive(Path("/elsewhere"), mounts) == ""


def test_on_the_machine_itself_people_may_try_things_out(tmp_path: Path) -> None:
    tried = make_facts(
        tmp_path,
        public_url="http://127.0.0.1:8000",
        debug=True,
        demo=True,
        allowed_hosts=("*",),
        email_host="localhost",
        email_is_encrypted=False,
    )
    tmp_path.chmod(0o755)

    assert find_unsafe(tried) == []


@pytest.mark.parametrize(("host", "is_here"), [
    ("localhost", True), ("127.0.0.1", True), ("::1", True), ("", True), ("app.localhost", True),
    ("192.168.1.4", False), ("voices.example.org", False), ("0.0.0.0", False),
])  # fmt: skip
def test_the_machine_itself_is_known_by_its_names(host: str, is_here: bool) -> None:
    assert is_this_machine(host) is is_here


def test_a_missing_secret_file_is_no_finding_of_its_own(tmp_path: Path) -> None:
    facts = make_facts(tmp_path, secret_files={"ALONGSIDE_SECRET_KEY": tmp_path / "gone"})

    assert find_unsafe(facts) == []


def test_every_reason_stands_in_the_refusal(tmp_path: Path) -> None:
    with pytest.raises(UnsafeSettings) as stopped:
        refuse_unsafe(find_unsafe(make_facts(tmp_path, debug=True, demo=True)))

    assert "ALONGSIDE_DEBUG" in str(stopped.value)
    assert "ALONGSIDE_DEMO" in str(stopped.value)


def test_the_settings_of_the_tests_are_safe_here() -> None:
    assert checks.find_unsafe_settings() == []
    checks.refuse_unsafe_settings()
    assert [one for one in run_checks() if one.id == "alongside.E001"] == []


def start(module: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ALONGSIDE_DATA": str(folder), **settings}
    command = [sys.executable, "-c", f"import {module}"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_web_server_stops_at_an_unsafe_setting(tmp_path: Path) -> None:
    stopped = start("alongside.config.wsgi", tmp_path, ALONGSIDE_URL="http://voices.example.org")

    assert stopped.returncode == 1
    assert "does not start" in stopped.stderr
    assert "ALONGSIDE_URL: http://voices.example.org is not encrypted" in stopped.stderr


def test_serving_stops_at_an_unsafe_setting(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "alongside.cli.main", "serve", "--port", "0", "--data", str(tmp_path)]
    environment = {**os.environ, "ALONGSIDE_URL": "https://voices.example.org", "ALONGSIDE_DEBUG": "true"}
    stopped = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert stopped.returncode == 1
    assert "ALONGSIDE_DEBUG" in stopped.stderr


def test_deploying_is_without_a_warning(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"},
        "ALONGSIDE_DATA": str(tmp_path),
        "ALONGSIDE_URL": "https://voices.example.org",
        "ALONGSIDE_HOSTS": "voices.example.org",
        "ALONGSIDE_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "ALONGSIDE_EMAIL_HOST": "smtp.example.org",
        "ALONGSIDE_EMAIL_TLS": "true",
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    root = Path(__file__).resolve().parents[2]
    checked = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)

    assert checked.returncode == 0, checked.stderr
