"""Every row of a list is read and judged in the background; what it would change waits for somebody's yes."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.apps.base.bridge.tables import OpenTable, read_table
from alongside.apps.base.operations import JobWork, record_audit
from alongside.apps.base.operations.batches import record_batch
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.base.rules.cells import RowProblem
from alongside.apps.partnership.models import ContactImport, ContactImportRow
from alongside.apps.partnership.operations.contacts.lists import clear_rows
from alongside.apps.partnership.queries.contacts.known import gather_known, list_words
from alongside.apps.partnership.rules.list_columns import ListColumns
from alongside.apps.partnership.rules.list_judging import ContactJudge, HistoryJudge, Judged
from alongside.apps.partnership.rules.list_rows import (
    SaidContact,
    SaidEvent,
    read_contact_row,
    read_history_row,
)
from alongside.apps.partnership.rules.lists import MOST_ROWS, check_rows, split_identifier
from alongside.science.values.sources import FileRefused, TableRow

SHOWN_CHARACTERS = 300
ROWS_A_STEP = 500
State, Verdict = ContactImport.State, ContactImportRow.Verdict
Said = SaidContact | SaidEvent


def read_list(*, work: JobWork, import_id: UUID, by: Viewer, at: datetime, today: date) -> None:
    """Read one list to its end: ready to confirm, or refused with place and cure."""
    found = ContactImport.objects.get(id=import_id)
    try:
        reader = _Reader(found, by, today)
        rows = list(reader.read(lambda done, percent: work.progress(percent, 100, f"{done:,} rows read")))
        check_rows(len(rows))
    except (Refused, FileRefused) as refusal:
        with work.finish():
            still = ContactImport.objects.filter(id=import_id, state=State.READING)
            still.update(state=State.REFUSED, refusal=str(refusal))
            record_audit(by=by, at=at, operation="refuse_list", on=found)
        return
    with work.finish() as result:
        still = ContactImport.objects.select_for_update().filter(id=import_id, state=State.READING)
        if not still.exists():
            return  # somebody left the list out meanwhile
        clear_rows(found)
        ContactImportRow.objects.bulk_create(rows, batch_size=ROWS_A_STEP)
        record_batch(model=ContactImportRow, ids=[row.id for row in rows], scope=found.id)
        counts = Counter(row.verdict for row in rows)
        still.update(
            state=State.READY,
            rows_read=len(rows),
            rows_new=counts[Verdict.NEW],
            rows_changed=counts[Verdict.CHANGED],
            rows_same=counts[Verdict.SAME],
            rows_wrong=counts[Verdict.WRONG],
            notes="\n".join(_list_notes(reader.table, rows)),
        )
        result["rows"] = len(rows)
        record_audit(by=by, at=at, operation="read_list", on=found, detail=dict(counts))


@dataclass(frozen=True)
class _Looked:
    """A row as it was read and what it is."""

    said: Said
    judged: Judged


class _Reader:
    """Reads the rows of one list in the order of the file."""

    def __init__(self, found: ContactImport, by: Viewer, today: date) -> None:
        self.found, self.today = found, today
        self.choice = ListColumns.from_json(found.columns)
        self.words = list_words()
        self.table: OpenTable = read_table(found.stored_name, found.file_name)
        self.places = {column: place for place, column in enumerate(self.table.columns)}
        is_history = found.kind == ContactImport.Kind.HISTORY
        known = gather_known(by, dict(found.decisions), with_events=is_history)
        self.contacts = ContactJudge(known, self.choice.by_meaning)
        self.history = HistoryJudge(known, self.choice.by_meaning)

    def read(self, tell: Callable[[int, int], None]) -> Iterator[ContactImportRow]:
        """Yield what each row is; tell how many were read, and how much of the file."""
        for number, row in enumerate(self.table.rows):
            if number > MOST_ROWS:
                break
            if number % ROWS_A_STEP == 0:
                tell(number, int(100 * (self.table.tell_share() or 0)))
            if any(cell.strip() for cell in row.cells):
                yield self._look_at(row)

    def _look_at(self, row: TableRow) -> ContactImportRow:
        try:
            looked = self._judge(row)
        except RowProblem as problem:
            return ContactImportRow(
                of_import=self.found,
                row=row.row,
                verdict=Verdict.WRONG,
                column=problem.column[:200],
                value=problem.value.replace("\x00", "␀")[:SHOWN_CHARACTERS],
                cure=problem.cure,
                whole_row=[cell.replace("\x00", "␀") for cell in row.cells],
            )
        judged = looked.judged
        return ContactImportRow(
            of_import=self.found,
            row=row.row,
            verdict=judged.verdict,
            said=looked.said.as_json(),
            organisation_id=judged.organisation_id,
            target_id=judged.target_id,
            changes=list(judged.changes),
        )

    def _judge(self, row: TableRow) -> _Looked:
        if self.found.kind == ContactImport.Kind.HISTORY:
            event = read_history_row(row.cells, self.places, self.choice, self.words, self.today)
            return _Looked(event, self.history.judge(row.row, event))
        said = read_contact_row(row.cells, self.places, self.choice, self.words)
        if said.identifier:
            split_identifier(self.choice.by_meaning["identifier"], said.identifier)
        return _Looked(said, self.contacts.judge(row.row, said))


def _list_notes(table: OpenTable, rows: list[ContactImportRow]) -> list[str]:
    """Return what a reader should know about the file as a whole, such as one column that is wrong in most rows."""
    notes = list(table.notes)
    columns = Counter(row.column for row in rows if row.verdict == Verdict.WRONG and row.column)
    for column, number in columns.most_common(1):
        if number > 3 and 2 * number > len(rows):
            words = _(
                "In most rows the column “%(column)s” is wrong. Are the columns shifted, or is another one meant?"
            )
            notes.append(words % {"column": column})
    return notes
