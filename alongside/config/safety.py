"""What makes an installation unsafe to start: each finding names the setting, what is wrong, and what to do.

Nothing here is refused on the machine itself (an address such as http://127.0.0.1:8000), where people try things out;
an address that others can reach is held to all of it. How secrets lie and where mail goes is looked at everywhere.
"""

import base64
import binascii
import ipaddress
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

SHORTEST_KEY = 50
FEWEST_LETTERS = 10
VAULT_KEY_BYTES = 32
NETWORK_DRIVES = frozenset({
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "lustre", "gpfs", "ncpfs", "davfs",
    "fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "fuse.gcsfuse", "fuse.rclone", "fuse.davfs2",
})  # fmt: skip
MOUNTS = Path("/proc/mounts")
SMTP, PRINTS_MAIL = "smtp", ("console", "filebased")
ENCRYPTED_POSTGRESQL = frozenset({"require", "verify-ca", "verify-full"})


@dataclass(frozen=True)
class Finding:
    """One reason not to start."""

    setting: str
    wrong: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.setting}: {self.wrong} {self.remedy}"


@dataclass(frozen=True)
class Facts:
    """What is looked at, as plain values, so that each rule can be tried alone."""

    public_url: str
    debug: bool
    demo: bool
    allowed_hosts: tuple[str, ...]
    trusted_origins: tuple[str, ...]
    secret_key: str
    vault_keys: str
    secret_files: Mapping[str, Path]
    data: Path
    served: tuple[Path, ...]
    email_backend: str
    email_host: str
    email_is_encrypted: bool
    database_url: str
    database_file: Path | None

    @property
    def host(self) -> str:
        """Return the host people type."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def is_public(self) -> bool:
        """Return whether others than this machine itself are meant to reach it."""
        return not is_this_machine(self.host)


class UnsafeSettings(SystemExit):
    """Stop the start, with every reason and its remedy."""


def is_this_machine(host: str) -> bool:
    """Return whether a host name stands for the machine itself."""
    if host in ("", "localhost") or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def find_unsafe(facts: Facts) -> list[Finding]:
    """Return every reason not to start, most telling first."""
    found = [*_look_at_secrets(facts), *_look_at_mail(facts), *_look_at_database(facts)]
    if facts.is_public:
        found = [*_look_at_address(facts), *_look_at_hosts(facts), *found, *_look_at_data(facts)]
    return found


def refuse_unsafe(findings: Iterable[Finding]) -> None:
    """Raise UnsafeSettings where there is anything to put right."""
    lines = [f"- {finding}" for finding in findings]
    if lines:
        raise UnsafeSettings(
            "\n".join(["Alongside does not start, because it would not be safe to use:", *lines])
        )


def _look_at_address(facts: Facts) -> Iterator[Finding]:
    if facts.debug:
        yield Finding(
            "ALONGSIDE_DEBUG",
            "it is on, so a fault would show settings and what was typed to anybody.",
            "Leave it unset.",
        )
    if facts.demo:
        yield Finding(
            "ALONGSIDE_DEMO",
            f"it is on, so anybody who reaches {facts.host} signs in without a password.",
            "Leave it unset; show the demonstration on your own machine with `alongside demo`.",
        )
    if not facts.public_url.startswith("https://"):
        yield Finding(
            "ALONGSIDE_URL",
            f"{facts.public_url} is not encrypted on its way.",
            "Put a proxy with a certificate in front, and write the address as https://….",
        )


def _look_at_hosts(facts: Facts) -> Iterator[Finding]:
    wild = [host for host in facts.allowed_hosts if host == "*" or host.startswith(".")]
    if wild:
        yield Finding(
            "ALONGSIDE_HOSTS",
            f"“{wild[0]}” lets any name through, and a forged name ends up in links.",
            f"Name each host: {facts.host}.",
        )
    elif facts.host not in facts.allowed_hosts:
        yield Finding(
            "ALONGSIDE_HOSTS",
            f"{facts.host} is not among them, so every page would be refused.",
            f"Set ALONGSIDE_HOSTS={facts.host}.",
        )
    bad = [one for one in facts.trusted_origins if not one.startswith("https://") or "*" in one]
    if bad:
        yield Finding(
            "ALONGSIDE_TRUSTED_ORIGINS",
            f"“{bad[0]}” lets forms of other sites in.",
            "Write whole addresses that begin with https://, without a star.",
        )


def _look_at_secrets(facts: Facts) -> Iterator[Finding]:
    key = facts.secret_key
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_LETTERS or key.startswith("django-insecure"):
        yield Finding(
            "ALONGSIDE_SECRET_KEY",
            "it is short or easy to guess, and who knows it can sign in as anybody.",
            f"Leave it unset (one is made), or give at least {SHORTEST_KEY} random characters.",
        )
    if not _are_vault_keys(facts.vault_keys):
        yield Finding(
            "ALONGSIDE_VAULT_KEY",
            f"it is not {VAULT_KEY_BYTES} random bytes in base64, one key a line.",
            "Leave it unset (one is made), or take the file that belongs to this installation.",
        )
    for name, path in facts.secret_files.items():
        mode = _mode_of(path)
        if mode & (stat.S_IRWXO | stat.S_IWGRP):
            yield Finding(
                f"{name}_FILE", f"others on this machine may open {path}.", f"Run: chmod 600 {path}"
            )


def _are_vault_keys(text: str) -> bool:
    try:
        keys = [base64.urlsafe_b64decode(line) for line in text.split()]
    except (binascii.Error, ValueError):
        return False
    return bool(keys) and all(len(key) == VAULT_KEY_BYTES and len(set(key)) > 1 for key in keys)


def _mode_of(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0


def _look_at_data(facts: Facts) -> Iterator[Finding]:
    if _mode_of(facts.data) & stat.S_IRWXO:
        yield Finding(
            "ALONGSIDE_DATA",
            f"others on this machine may look into {facts.data}.",
            f"Run: chmod 700 {facts.data}",
        )
    for served in facts.served:
        if facts.data == served or facts.data.is_relative_to(served):
            yield Finding(
                "ALONGSIDE_DATA",
                f"it lies in {served}, which is given to everybody.",
                "Choose a folder outside of it, such as /var/lib/alongside.",
            )


def _look_at_mail(facts: Facts) -> Iterator[Finding]:
    backend = facts.email_backend.lower()
    if SMTP in backend and not facts.email_is_encrypted and not is_this_machine(facts.email_host):
        yield Finding(
            "ALONGSIDE_EMAIL_TLS",
            f"letters would go to {facts.email_host} in the open, with private links in them.",
            "Set ALONGSIDE_EMAIL_TLS=true, or hand mail to a server on this machine.",
        )
    if facts.is_public and not facts.demo and any(name in backend for name in PRINTS_MAIL):
        yield Finding(
            "ALONGSIDE_EMAIL_BACKEND",
            "letters would be written into the log or a folder, with private links in them.",
            "Set django.core.mail.backends.smtp.EmailBackend, or …backends.dummy.EmailBackend to send none.",
        )


def _look_at_database(facts: Facts) -> Iterator[Finding]:
    if facts.database_file is not None:
        kind = find_drive(facts.database_file)
        if kind in NETWORK_DRIVES:
            yield Finding(
                "ALONGSIDE_DATA",
                f"{facts.database_file} lies on a network drive ({kind}), where SQLite can lose data.",
                "Choose a folder on a disk of this machine, or set ALONGSIDE_DATABASE_URL to PostgreSQL.",
            )
        return
    address = urlsplit(facts.database_url)
    mode = parse_qs(address.query).get("sslmode", [""])[0]
    is_remote = not is_this_machine(address.hostname or "")
    if facts.is_public and is_remote and mode not in ENCRYPTED_POSTGRESQL:
        yield Finding(
            "ALONGSIDE_DATABASE_URL",
            f"what travels to {address.hostname} need not be encrypted.",
            "Add ?sslmode=verify-full (or require, within a network you trust).",
        )


def find_drive(path: Path, mounts: Path = MOUNTS) -> str:
    """Return the kind of drive a path lies on, or "" where that cannot be known."""
    try:
        lines = [line.split() for line in mounts.read_text().splitlines()]
    except OSError:
        return ""
    holding = [
        (len(parts[1]), parts[2])
        for parts in lines
        if len(parts) > 2 and path.is_relative_to(parts[1].replace("\\040", " "))
    ]
    return max(holding)[1] if holding else ""
