"""The readers that are fuzzed: what each does with some bytes, what it may refuse with, and honest seeds."""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

import docx
import openpyxl

from alongside.adapters.backups import ArchiveWriter
from alongside.adapters.files import FileRefused, bounded, open_table, read_transcript
from alongside.adapters.files.archives import check_archive
from alongside.adapters.files.giving import open_giving
from alongside.adapters.files.limits import DOCX, XLSX
from alongside.adapters.vault import CannotOpen, Vault
from alongside.apps.agreements.bridge import BadRuleText, judge_facts, list_shipped_texts, read_rule_text
from alongside.apps.base.operations.backups import BackupRefused, inspect_backup
from alongside.apps.base.operations.backups.manifest import FORMAT, HEAD_NAME, TALLY_NAME, Head
from alongside.apps.base.rules.cells import RowProblem
from alongside.apps.engagement.bridge import find_concerns
from alongside.apps.engagement.operations.parsing import parse_row
from alongside.apps.engagement.rules import ColumnChoice
from alongside.apps.partnership.rules.list_columns import guess_list_columns
from alongside.apps.partnership.rules.list_judging import ContactJudge, HistoryJudge, Known
from alongside.apps.partnership.rules.list_rows import Words, read_contact_row, read_history_row
from alongside.apps.partnership.rules.reconciling import LedgerChoice, read_ledger_row
from alongside.cli.sources import Columns, read_source
from alongside.science.deidentify import Finder, deidentify
from alongside.science.values.rules import Facts
from alongside.science.values.sources import TableRow

Read = Callable[[bytes, Path], object]
BETWEEN_CELLS = "\x1f"
COLUMNS = ("id", "person", "comment", "on", "email", "service", "age_band", "language")
KEY = bytes(32)


@dataclass(frozen=True)
class Reader:
    """One way in: `read` takes the bytes and a folder to write them in; `declared` is all it may raise."""

    read: Read
    declared: tuple[type[BaseException], ...]
    seeds: tuple[bytes, ...]


class PlantedFault(Exception):
    """The fault of the mutant, which the harness must find."""


def _table(ending: str) -> Read:
    def read(data: bytes, folder: Path) -> object:
        path = folder / f"input.{ending}"
        path.write_bytes(data)
        return sum(len(row.cells) for row in open_table(path, path.name).rows())

    return read


def _transcript(ending: str) -> Read:
    def read(data: bytes, folder: Path) -> object:
        path = folder / f"input.{ending}"
        path.write_bytes(data)
        found = read_transcript(path, path.name, moderators=None)
        for turn in found.turns:
            if found.text[turn.start : turn.end] != turn.text:
                raise AssertionError("a turn does not stand where it says")
        return found

    return read


def _comments(data: bytes, folder: Path) -> object:
    path = folder / "input.csv"
    path.write_bytes(data)
    return read_source(path, Columns("comment", "id", "person", ("on",)))


@cache
def _parts(kind: str) -> Mapping[str, bytes]:
    """Return the parts of an honest Office file."""
    file = io.BytesIO()
    if kind == "xlsx":
        book = openpyxl.Workbook()
        sheet = book.active
        if sheet is None:
            raise AssertionError("a new workbook has a sheet")
        for row in (["id", "comment"], [1, "I waited"], [2.5, "=1+1"], ["x", None]):
            sheet.append(row)
        book.save(file)
    else:
        document = docx.Document()
        document.add_paragraph("Moderator: how was it?")
        document.add_paragraph("P1: I waited.")
        document.add_table(rows=1, cols=2).rows[0].cells[0].text = "P2"
        document.save(file)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _office(kind: str) -> Read:
    """Put the bytes in the place of one part (the first byte says which), then open the file as the process would."""
    limits, needs = (XLSX, "xl/") if kind == "xlsx" else (DOCX, "word/")

    def lines(path: Path) -> Iterator[list[object]]:
        return bounded._workbook(path, None) if kind == "xlsx" else bounded._document(path)

    def read(data: bytes, folder: Path) -> object:
        if not data:
            return None
        parts = dict(_parts(kind))
        parts[sorted(parts)[data[0] % len(parts)]] = data[1:]
        path = folder / f"input.{kind}"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        check_archive(path, limits, needs=needs)
        try:
            return sum(1 for _line in lines(path))
        except Exception:
            return None  # the process of its own says "damaged", whatever arose

    return read


def _office_seeds(kind: str) -> tuple[bytes, ...]:
    parts = _parts(kind)
    return tuple(bytes([place]) + parts[name] for place, name in enumerate(sorted(parts)))


def _whole_archive(kind: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _parts(kind).items():
            archive.writestr(name, content)
    return file.getvalue()


def _row(data: bytes, _folder: Path) -> object:
    cells = data.decode("utf-8", "replace").split(BETWEEN_CELLS)
    cells = (cells + [""] * len(COLUMNS))[: len(COLUMNS)]
    choice = ColumnChoice(
        texts=("comment",),
        id="id",
        person="person",
        said_on="on",
        date_order=("dmy", "mdy", "ymd")[len(data) % 3],
        contact_email="email",
        service="service",
        age_band="age_band",
        language="language",
    )
    places = {name: place for place, name in enumerate(COLUMNS)}
    return list(parse_row(TableRow(1, 2, tuple(cells)), choice, places, "0" * 64))


def _grants(ending: str) -> Read:
    def read(data: bytes, folder: Path) -> object:
        path = folder / f"grants.{ending}"
        path.write_bytes(data)
        found = list(open_giving(path, path.name).grants())
        if any((one.value is None) != bool(one.problems) for one in found):
            raise AssertionError("a grant is neither good nor told why not")
        return found

    return read


def _ledger_row(data: bytes, _folder: Path) -> object:
    cells = (data.decode("utf-8", "replace").split(BETWEEN_CELLS) + [""] * 5)[:5]
    choice = LedgerChoice("ref", "date", "amount", "payee", "batch", ("dmy", "mdy", "ymd")[len(data) % 3])
    places = {"reference": 0, "paid_on": 1, "amount": 2, "payee": 3, "finance_reference": 4}
    row = read_ledger_row(1, cells, choice, places)
    if row.amount_pence <= 0:
        raise AssertionError("a payment of nothing")
    return row


def _backup(data: bytes, folder: Path) -> object:
    path = folder / "input.backup"
    path.write_bytes(data)
    return inspect_backup(path, None)


def _backup_parts(data: bytes, folder: Path) -> object:
    """Seal a backup one part of which is these bytes: whoever makes one can seal it too."""
    if not data:
        return None
    path = folder / "parts.backup"
    path.unlink(missing_ok=True)
    parts = {HEAD_NAME: _HEAD, "tables/base_job/1": b"[]\n", TALLY_NAME: b"{}"}
    parts[sorted(parts)[data[0] % len(parts)]] = data[1:]
    with ArchiveWriter(path) as archive:
        for name in (HEAD_NAME, "tables/base_job/1", TALLY_NAME):
            archive.add_bytes(name, parts[name])
    return inspect_backup(path, None)


def _covered(data: bytes, _folder: Path) -> object:
    text = data.decode("utf-8", "replace")
    spans, covered = deidentify(text, _NAMES, known_names=["Ada Lovelace"])
    if spans and not covered.text:
        raise AssertionError("more was covered than there is")
    return covered


def _heard(data: bytes, _folder: Path) -> object:
    return find_concerns(data.decode("utf-8", "replace"))


def _locked(data: bytes, _folder: Path) -> object:
    return Vault([KEY]).open(data, place="here")


def _rule_book(data: bytes, _folder: Path) -> object:
    book = read_rule_text(data.decode("utf-8", "replace"))
    for subject in ("agreement", "event", "disclosure"):
        judge_facts(book, subject, Facts.of(kind="grant", title="A year of tea", starts_on=date(2027, 1, 4)))
    return book


_REACHED = (lambda: 1, lambda: 2, lambda: 3, lambda: 4, lambda: 5)


def _mutant(data: bytes, _folder: Path) -> object:
    for place, letter in enumerate(b"fault"):
        if place >= len(data) or data[place] != letter:
            return None
        _REACHED[place]()  # each letter found leads somewhere new, which is what the fuzzer follows
    raise PlantedFault


LIST = {
    "contacts": (
        "Organisation", "Type", "Number", "Website", "Contact", "Role", "Email", "Phone", "Prefers", "Language",
        "Mandated from", "Mandated until", "Main",
    ),
    "history": ("Group", "Date", "Type", "Subject", "Notes", "Contact"),
}  # fmt: skip
_LIST_WORDS = Words((("charity", "charity"),), (("email", "e-mail"),), (("call", "call"),))


def _list_row(kind: str) -> Read:
    """Read two rows of a list, the second beside the first, in each order of dates."""
    header = LIST[kind]
    places = {name: place for place, name in enumerate(header)}

    def read(data: bytes, folder: Path) -> object:
        rows = [line.split(BETWEEN_CELLS) for line in data.decode("utf-8", "replace").split("\n")[:2]]
        known = Known({"side door": UUID(int=1)}, {}, {UUID(int=1): "Side Door"})
        contacts, events = ContactJudge(known, {}), HistoryJudge(known, {})
        for number, row in enumerate(rows):
            cells = (row + [""] * len(header))[: len(header)]
            order = ("dmy", "mdy", "ymd")[len(data) % 3]
            choice = replace(guess_list_columns(kind, header), date_order=order)
            if kind == "contacts":
                contacts.judge(number, read_contact_row(cells, places, choice, _LIST_WORDS))
            else:
                today = date(2026, 11, 22)
                events.judge(number, read_history_row(cells, places, choice, _LIST_WORDS, today))
        return len(rows)

    return read


_NAMES = Finder(["Ruth Adams", "Bev"])
_HEAD = Head(
    format=FORMAT, version="0", engine="sqlite", made_at="", migrations=(), columns=(("base_job", ("id",)),)
).as_json()
_CSV = (
    b'id,person,comment,on\n1,p1,I waited,2026-01-02\n2,p2,"said ""no""",\n',
    "\ufeffid;comment\n1;Größe\n".encode(),
    "id,comment\n1,£5\n".encode("cp1252"),
    "id\tcomment\r1\told Mac\r".encode("utf-16"),
    b'id,comment\n1,"never ends',
)
_VTT = (
    b"WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.500\n<v Ada>Hello <i>there</i>\n\nNOTE x\n\n"
    b"00:03.000 --> 00:04.000\nBen: yes\n",
)
_SRT = (b"1\n00:00:01,000 --> 00:00:02,500\nAda: Hello\n\n2\n00:00:03,000 --> 00:00:04,000\nyes\n",)
_TXT = (b"Moderator: hello\nP1: I waited\nand waited\nP2: me too\n", "Ada: Größe\n".encode("cp1252"))

_GRANT = (
    b'{"grants": [{"id": "1", "title": "t", "description": "d", "currency": "GBP", "amountAwarded": 1.5, '
    b'"awardDate": "2026-03-27", "fundingOrganization": [{"id": "f", "name": "n"}], '
    b'"recipientOrganization": [{"id": "r", "name": "n"}], "plannedDates": [{"duration": 3}]}]}'
)
_GRANT_TABLE = (
    b"Identifier,Title,Description,Currency,Amount Awarded,Award Date,Recipient Org:Identifier,Recipient Org:Name,"
    b"Funding Org:Identifier,Funding Org:Name\n1,t,d,GBP,5,2026-03-27,r,n,f,n\n"
)
_RULE_BOOKS = (
    list_shipped_texts()[0].encode(),
    b"name: a\ntitle: A\nvalid_from: 2027-01-01\nsource: B\nverified: {by: C, day: 2026-01-01}\nlists: {w: [x]}\n"
    b"groups: {g: G}\nfields: [{key: k, label: L, group: g}]\nrules:\n- key: r\n  says: S\n  severity: block\n"
    b"  subjects: [event]\n  check: {kind: not_after, facts: [d], against: e, months: 6}\n  remedy: R\n  source: B\n",
    b"a: &b [1]\nc: *b\n",
    b"- 2024-13-45\n- 0x" + b"f" * 200,
)

READERS: Mapping[str, Reader] = {
    "csv": Reader(_table("csv"), (FileRefused,), _CSV),
    "tsv": Reader(_table("tsv"), (FileRefused,), _CSV),
    "comments": Reader(_comments, (FileRefused,), _CSV),
    "vtt": Reader(_transcript("vtt"), (FileRefused,), _VTT),
    "srt": Reader(_transcript("srt"), (FileRefused,), _SRT),
    "txt": Reader(_transcript("txt"), (FileRefused,), _TXT),
    "xlsx parts": Reader(_office("xlsx"), (FileRefused,), _office_seeds("xlsx")),
    "docx parts": Reader(_office("docx"), (FileRefused,), _office_seeds("docx")),
    "xlsx": Reader(_table("xlsx"), (FileRefused,), (_whole_archive("xlsx"), b"PK\x03\x04")),
    "docx": Reader(_transcript("docx"), (FileRefused,), (_whole_archive("docx"), b"PK\x05\x06")),
    "row": Reader(
        _row, (RowProblem,), (b"1\x1fp\x1fI waited\x1f31/12/2026\x1fa@b.example\x1fWard\x1f\x1fen",)
    ),
    "grants": Reader(_grants("json"), (FileRefused,), (_GRANT, b'{"grants": [1]}')),
    "table of grants": Reader(_grants("csv"), (FileRefused,), (_GRANT_TABLE,)),
    "ledger row": Reader(
        _ledger_row, (RowProblem,), ("x PAY-2026-00012\x1f5/3/2026\x1f£1,250.50\x1fSide Door\x1fB1".encode(),)
    ),
    "contact row": Reader(
        _list_row("contacts"),
        (RowProblem,),
        (
            b"Side Door\x1fcharity\x1fGB-CHC-1\x1fa.example\x1fMeg\x1fChair\x1fm@b.example\x1f07700 900123\x1fe-mail"
            b"\x1fWelsh\x1f1/2/2025\x1f31/12/2026\x1fyes",
            b"New\x1f\x1f\x1f\x1fMeg\nNew\x1f\x1f\x1f\x1fMeg\x1fChair",
        ),
    ),
    "history row": Reader(
        _list_row("history"),
        (RowProblem,),
        (
            b"Side Door\x1f3/2/2025\x1fcall\x1fFirst call\x1fWe spoke\x1fMeg\nSide Door\x1f2025-02-03\x1f\x1fA visit",
        ),
    ),
    "backup": Reader(_backup, (BackupRefused,), (b"ALONGSIDE", _HEAD)),
    "backup parts": Reader(
        _backup_parts, (BackupRefused,), (b"\x00" + _HEAD, b'\x02{"tables": [], "files": []}', b"\x01[1]\n")
    ),
    "covered words": Reader(
        _covered,
        (),
        (
            b"My name is Ada, NHS number 999 017 3915, call 07700 900123 or a@b.example",
            b"Dr O'Neil, CF10 1AA",
        ),
    ),
    "concerns": Reader(
        _heard, (), (b"The tablets made me sick and I fell", b"I want to complain. I am not suicidal.")
    ),
    "rule books": Reader(_rule_book, (BadRuleText,), _RULE_BOOKS),
    "locked value": Reader(_locked, (CannotOpen,), (Vault([KEY]).lock(b"words", place="here"),)),
}
MUTANT = Reader(_mutant, (), (b"seed",))
