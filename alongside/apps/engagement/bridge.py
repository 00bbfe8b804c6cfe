"""The only crossing to files, content, rules and mail: tables and transcripts in, tables out, concerns heard."""

import io
import smtplib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import segno
import yaml
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from alongside.adapters.files import iterate_csv, open_table, read_transcript, write_xlsx
from alongside.adapters.messages import compose_reminder
from alongside.apps.base.rules import Refused
from alongside.science.concerns import Finder, find_deadline, is_working_day, load_rules
from alongside.science.disclosure import protect_count
from alongside.science.values.concerns import ConcernRule, ProposedConcern
from alongside.science.values.sources import FileRefused, TableRow, Transcript

EXAMPLE_ROWS = 3
# The order matters: where two rules of a kind are as urgent, the one read first speaks.
RULE_FILES = ("urgent-harm", "safeguarding", "adverse-event", "product-complaint", "complaint")
# These print or keep a mail and deliver it to nobody.
NOT_DELIVERING = ("console", "dummy", "filebased")


@dataclass(frozen=True)
class TablePeek:
    """The head of a table: its columns, with a few cells of each, and what was not as expected."""

    columns: tuple[str, ...]
    examples: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ConsentWording:
    """A consent text as it comes with Alongside."""

    key: str
    label: str
    version: int
    language: str
    body: str


def stored_path(stored_name: str) -> Path:
    """Return where an uploaded file lies: under a random name, never at an address."""
    return Path(settings.MEDIA_ROOT) / "imports" / stored_name


def peek_table(stored_name: str, file_name: str) -> TablePeek:
    """Return the head of an uploaded table. Raise Refused, with place and cure, where it cannot be read."""
    try:
        reader = open_table(stored_path(stored_name), file_name)
        rows = [row.cells for row, _ in zip(reader.rows(), range(EXAMPLE_ROWS), strict=False)]
    except FileRefused as refusal:
        raise Refused(str(refusal), field="file") from refusal
    return TablePeek(reader.columns, tuple(rows), tuple(reader.deviations))


@dataclass(frozen=True)
class OpenTable:
    """A table being read: its columns and its rows, one after the other."""

    columns: tuple[str, ...]
    rows: Iterator[TableRow]
    notes: list[str]
    tell_share: Callable[[], float | None]  # how much of the file has been read, from 0 to 1


def read_table(stored_name: str, file_name: str) -> OpenTable:
    """Open an uploaded table for reading to the end. Raise Refused; its rows raise FileRefused."""
    try:
        reader = open_table(stored_path(stored_name), file_name)
    except FileRefused as refusal:
        raise Refused(str(refusal), field="file") from refusal
    return OpenTable(reader.columns, reader.rows(), reader.deviations, lambda: reader.share_read)


def read_turns(stored_name: str, file_name: str) -> Transcript:
    """Return an uploaded transcript. Raise Refused, with place and cure, where it cannot be read."""
    try:
        return read_transcript(stored_path(stored_name), file_name)
    except FileRefused as refusal:
        raise Refused(str(refusal), field="file") from refusal


def stream_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a CSV file line by line, safe to open in a spreadsheet."""
    return iterate_csv(columns, rows)


def make_xlsx(columns: Sequence[str], rows: Iterable[Sequence[str]], sheet: str) -> bytes:
    """Return an XLSX file, safe to open in a spreadsheet."""
    file = io.BytesIO()
    write_xlsx(file, columns, rows, sheet=sheet)
    return file.getvalue()


def draw_qr_code(address: str) -> str:
    """Return a QR code of an address as SVG, with no style or script in it."""
    file = io.BytesIO()
    segno.make(address, error="m").save(
        file, kind="svg", scale=8, border=2, xmldecl=False, svgclass=None, lineclass=None
    )
    return file.getvalue().decode()


def list_consent_wordings() -> list[ConsentWording]:
    """Return the consent texts that come with Alongside, in every language they have."""
    folder = files("alongside.content") / "consent"
    index = yaml.safe_load((folder / "index.yaml").read_text("utf-8"))
    return [
        ConsentWording(
            key=entry["key"],
            label=entry["label"],
            version=entry["version"],
            language=language,
            body=(folder / f"{entry['key']}.v{entry['version']}.{language}.md").read_text("utf-8").strip(),
        )
        for entry in index
        for language in entry["languages"]
    ]


def _read_content(*path: str) -> object:
    return yaml.safe_load(files("alongside.content").joinpath(*path).read_text("utf-8"))


@lru_cache
def list_concern_rules() -> tuple[ConcernRule, ...]:
    """Return the rules that listen for concerns, as the safety officer wrote them."""
    lists = _read_content("concerns", "words.yaml")
    contents = {name: _read_content("concerns", f"{name}.yaml") for name in RULE_FILES}
    return tuple(load_rules(lists, contents))  # type: ignore[arg-type]


@lru_cache
def _get_finder() -> Finder:
    return Finder(list_concern_rules())


def find_concerns(text: str) -> list[ProposedConcern]:
    """Return what the rules hear in a text that may not wait."""
    return _get_finder().find(text)


@lru_cache
def list_bank_holidays() -> frozenset[date]:
    """Return the days on which nobody is expected to look."""
    content = _read_content("calendar", "bank-holidays-england-wales.yaml")
    return frozenset(one["day"] for one in content["holidays"])  # type: ignore[index]


def count_working_days(kind: str) -> int:
    """Return within how many working days somebody must look at a concern of this kind."""
    return int(settings.CONCERN_WORKING_DAYS.get(kind, settings.CONCERN_WORKING_DAYS["default"]))


def find_due_at(kind: str, arrived_at: datetime) -> datetime:
    """Return by when somebody must have looked at a concern that arrived at a moment."""
    return find_deadline(timezone.localtime(arrived_at), count_working_days(kind), list_bank_holidays())


def is_day_of_work(on: date) -> bool:
    """Return whether people work on a day."""
    return is_working_day(on, list_bank_holidays())


def protect_number(count: int) -> str:
    """Return a count as it may leave the team: a small one hidden, the rest rounded."""
    return protect_count(count).words


def delivers_mail() -> bool:
    """Return whether mail leaves this installation; printing it counts in the demonstration only."""
    backend = settings.EMAIL_BACKEND.lower()
    return bool(settings.DEMO) or not any(name in backend for name in NOT_DELIVERING)


def send_reminder(*, to: str, waiting: int, late: int, link: str) -> bool:
    """Send how many concerns wait, and where; return whether the mail server took it."""
    letter = compose_reminder(to=to, waiting=waiting, late=late, link=link, sender=settings.BRAND["name"])
    mail = EmailMessage(letter.subject, letter.body, to=[letter.to], headers=dict(letter.headers))
    try:
        return bool(mail.send())
    except (OSError, smtplib.SMTPException):
        return False
