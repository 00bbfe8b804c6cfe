"""Finance's ledger beside our payments: a file is uploaded, its columns chosen, every row compared, and confirmed."""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import PurePath
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.apps.agreements.operations.holding import hold_agreements
from alongside.apps.agreements.queries.lines import list_agreement_lines_by_id
from alongside.apps.base.bridge.tables import peek_table, read_table, store_file, stored_path
from alongside.apps.base.operations import JobWork, record_audit, start_job
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.base.rules.bank_details import find_bank_details
from alongside.apps.base.rules.cells import RowProblem
from alongside.apps.partnership.models import Payment, PaymentEvent, ReconciliationFile, ReconciliationRow
from alongside.apps.partnership.rules.payments import count_days_to_pay
from alongside.apps.partnership.rules.reconciling import (
    MOST_ROWS,
    SHORT_ROWS,
    Finding,
    LedgerChoice,
    LedgerRow,
    check_ledger_choice,
    check_ledger_move,
    check_ledger_upload,
    compare_row,
    list_hidden_columns,
    read_ledger_row,
)
from alongside.science.values.sources import FileRefused, TableRow

State = ReconciliationFile.State
Outcome = ReconciliationRow.Outcome
CHUNK = 500
Tell = Callable[[int, int, str], None]


@dataclass(frozen=True)
class ComparedRow:
    """A row of the ledger with what came of comparing it; `ledger` is None where it could not be read."""

    row: int
    cells: tuple[str, ...]
    ledger: LedgerRow | None
    payment_id: UUID | None
    finding: Finding
    value: str = ""


def upload_ledger(
    *, file_name: str, size_bytes: int, parts: Iterable[bytes], by: Viewer, at: datetime
) -> UUID:
    """Keep an uploaded ledger under a random name and return its id. Raise Refused, keeping nothing, if it is none."""
    check_may(by, "pay")
    name = PurePath(file_name.replace("\\", "/")).name
    check_ledger_upload(name, size_bytes)
    stored_name = f"{secrets.token_hex(16)}{PurePath(name).suffix.lower()}"
    try:
        sha256, written = store_file(stored_name, parts)
        check_ledger_upload(name, written)
        peek = peek_table(stored_name, name)
        with transaction.atomic():
            new = ReconciliationFile.objects.create(
                file_name=name[-200:],
                stored_name=stored_name,
                sha256=sha256,
                bytes=written,
                header=list(peek.columns),
                uploaded_by_id=by.person_id,
                uploaded_at=at,
            )
            record_audit(by=by, at=at, operation="upload_ledger", on=new, detail={"bytes": written})
    except BaseException:
        stored_path(stored_name).unlink(missing_ok=True)
        raise
    return new.id


@transaction.atomic
def choose_ledger_columns(
    *, file_id: UUID, choice: LedgerChoice, by: Viewer, at: datetime
) -> ReconciliationFile:
    """Say what a ledger's columns mean; a short file is compared at once, a long one in the background."""
    found = lock_ledger(file_id, State.READING, by)
    check_ledger_choice(choice, found.header)
    found.columns, found.state = choice.as_json(), State.READING
    if _is_short(found):
        found.save(update_fields=["columns", "state"])
        _compare_and_keep(found, by, at)
    else:
        back = f"/partners/payments/reconcile/{found.id}/"
        job = start_job(
            kind="payments.read_ledger", arguments={"file_id": str(found.id)}, by=by, at=at, back_url=back
        )
        found.job_id = job.id
        found.save(update_fields=["columns", "state", "job_id"])
    record_audit(by=by, at=at, operation="choose_ledger_columns", on=found)
    return found


def read_ledger(*, work: JobWork, file_id: UUID, by: Viewer, at: datetime) -> None:
    """Compare every row of a long ledger; its rows are written in one go at the end, behind the job's fence."""
    found = ReconciliationFile.objects.get(id=file_id)
    words, rows, notes = "", list[ComparedRow](), list[str]()
    try:
        rows, notes = _compare(found, by, timezone.localdate(at), work.progress)
    except (Refused, FileRefused) as refusal:
        words = str(refusal)
    with work.finish() as result:
        held = ReconciliationFile.objects.select_for_update().get(id=file_id)
        if held.state != State.READING:
            return  # somebody left it meanwhile
        if words:
            _refuse(held, words, by, at)
        else:
            _keep(held, rows, notes, by, at)
            result["rows"] = len(rows)


@transaction.atomic
def confirm_ledger(*, file_id: UUID, by: Viewer, at: datetime) -> int:
    """Mark every matched payment as paid, at once, and return how many; what changed meanwhile is left out and said."""
    found = lock_ledger(file_id, State.CONFIRMED, by)
    rows = list(found.rows.filter(outcome=Outcome.MATCHED).order_by("payment_id"))
    check(
        bool(rows),
        "No row of this file matches a payment that waits, so there is nothing to confirm. Leave it.",
    )
    ids = [row.payment_id for row in rows if row.payment_id]
    agreement_ids = list(Payment.objects.filter(id__in=ids).values_list("agreement_id", flat=True))
    agreements = hold_agreements(agreement_ids=agreement_ids, by=by)
    held = Payment.objects.select_for_update().filter(id__in=ids).order_by("id")
    payments = {one.id: one for one in held}
    names = {
        one.id: one for one in Payment.objects.filter(id__in=ids).select_related("organisation", "person")
    }
    choice, paid = LedgerChoice.from_json(found.columns), list[Payment]()
    for row in rows:
        payment = payments[row.payment_id]  # type: ignore[index]  # the table lets no matched row stand without one
        ledger = _as_ledger(row, choice)
        payment.organisation, payment.person = names[payment.id].organisation, names[payment.id].person
        finding = compare_row(
            ledger, payment, agreements.get(payment.agreement_id), by, timezone.localdate(at)
        )
        if finding.outcome == Outcome.MATCHED:
            paid.append(_mark_paid(payment, ledger, by))
        else:
            row.outcome, row.column, row.words = finding.outcome, finding.column, finding.words[:400]
            row.save(update_fields=["outcome", "column", "words"])
    _write_paid(paid, by, at)
    found.matched, found.different = len(paid), found.different + len(rows) - len(paid)
    found.state, found.confirmed_at = State.CONFIRMED, at
    found.save(update_fields=["state", "confirmed_at", "matched", "different"])
    _forget(found)
    detail: dict[str, object] = {name: getattr(found, name) for name in Outcome.values}
    record_audit(by=by, at=at, operation="confirm_ledger", on=found, detail=detail)
    return len(paid)


@transaction.atomic
def leave_ledger(*, file_id: UUID, by: Viewer, at: datetime) -> None:
    """Leave a ledger: nothing is marked, and nothing of it is kept but that it was here."""
    found = lock_ledger(file_id, State.LEFT, by)
    found.state = State.LEFT
    found.save(update_fields=["state"])
    found.rows.all().delete()
    transaction.on_commit(lambda: stored_path(found.stored_name).unlink(missing_ok=True))
    record_audit(by=by, at=at, operation="leave_ledger", on=found)


def lock_ledger(file_id: UUID, wanted: str, by: Viewer) -> ReconciliationFile:
    """Return a ledger file, held, that may become what is wanted. Raise Refused otherwise."""
    check_may(by, "pay")
    found = ReconciliationFile.objects.select_for_update().filter(id=file_id).first()
    if found is None:
        raise Refused("There is no such ledger file here.")
    check_ledger_move(found.state, wanted)
    return found


def _is_short(found: ReconciliationFile) -> bool:
    """Say whether a file may be read while somebody waits; one that breaks off before says so at once too."""
    try:
        table = read_table(found.stored_name, found.file_name)
        return sum(1 for _row in islice(table.rows, SHORT_ROWS + 1)) <= SHORT_ROWS
    except (Refused, FileRefused):
        return True


def _compare_and_keep(found: ReconciliationFile, by: Viewer, at: datetime) -> None:
    try:
        rows, notes = _compare(found, by, timezone.localdate(at))
    except (Refused, FileRefused) as refusal:
        _refuse(found, str(refusal), by, at)
        return
    _keep(found, rows, notes, by, at)


def _compare(
    found: ReconciliationFile, by: Viewer, on: date, tell: Tell | None = None
) -> tuple[list[ComparedRow], list[str]]:
    table = read_table(found.stored_name, found.file_name)
    choice = LedgerChoice.from_json(found.columns)
    places = {meaning: table.columns.index(column) for meaning, column in choice.columns.items()}
    done: list[ComparedRow] = []
    first_rows: dict[str, int] = {}
    rows = (row for row in table.rows if any(cell.strip() for cell in row.cells))
    while chunk := list(islice(rows, CHUNK)):
        done.extend(_compare_chunk(chunk, choice, places, first_rows, by, on))
        if len(done) > MOST_ROWS:
            raise Refused(f"The file has more than {MOST_ROWS:,} rows. Split it by month or year.")
        if tell is not None:
            tell(int(100 * (table.tell_share() or 0)), 100, f"{len(done):,} rows compared")
    if not done:
        raise Refused("The file has a header but no rows under it. Add rows, or choose another file.")
    return done, table.notes


def _compare_chunk(
    chunk: Sequence[TableRow],
    choice: LedgerChoice,
    places: dict[str, int],
    first_rows: dict[str, int],
    by: Viewer,
    on: date,
) -> Iterable[ComparedRow]:
    read: list[tuple[TableRow, LedgerRow | RowProblem]] = [
        (row, _try_to_read(row, choice, places, first_rows)) for row in chunk
    ]
    references = [one.reference for _row, one in read if isinstance(one, LedgerRow)]
    known = (
        Payment.objects.for_viewer(by)
        .filter(reference__in=references)
        .select_related("organisation", "person")
    )
    payments = {one.reference: one for one in known}
    lines = list_agreement_lines_by_id(by, {one.agreement_id for one in payments.values()})
    agreements = {one.id: one for one in lines}
    for row, one in read:
        if isinstance(one, RowProblem):
            finding = Finding(Outcome.WRONG, one.column, str(one))
            yield ComparedRow(row.row, row.cells, None, None, finding, one.value)
            continue
        payment = payments.get(one.reference)
        agreement = agreements.get(payment.agreement_id) if payment else None
        finding = compare_row(one, payment, agreement, by, on)
        yield ComparedRow(row.row, row.cells, one, payment.id if payment else None, finding)


def _try_to_read(
    row: TableRow, choice: LedgerChoice, places: dict[str, int], first_rows: dict[str, int]
) -> LedgerRow | RowProblem:
    """Return a row as it is understood, or what is wrong with it; a payment that stands twice is wrong too."""
    try:
        one = read_ledger_row(row.row, row.cells, choice, places)
    except RowProblem as problem:
        return problem
    first = first_rows.setdefault(one.reference, row.row)
    if first != row.row and one.reference.startswith("PAY-"):
        cure = f"The same payment stands in row {first:,}. Was it paid twice? Ask finance, and keep one row."
        return RowProblem(choice.reference, one.reference, cure)
    return one


def _keep(
    found: ReconciliationFile, rows: Sequence[ComparedRow], notes: Sequence[str], by: Viewer, at: datetime
) -> None:
    found.rows.all().delete()
    ReconciliationRow.objects.bulk_create((_as_row(found, one) for one in rows), batch_size=CHUNK)
    for outcome in Outcome.values:
        setattr(found, outcome, sum(1 for one in rows if one.finding.outcome == outcome))
    found.state, found.notes = State.READY, "\n".join(notes)
    found.save()
    detail: dict[str, object] = {name: getattr(found, name) for name in Outcome.values}
    record_audit(by=by, at=at, operation="read_ledger", on=found, detail=detail)


def _as_row(found: ReconciliationFile, one: ComparedRow) -> ReconciliationRow:
    keeps_cells = one.finding.outcome not in (Outcome.MATCHED, Outcome.ALREADY)
    cells = _without_bank_details(one.cells, found.header) if keeps_cells else []
    ledger = one.ledger
    theirs = ledger.finance_reference if ledger and not find_bank_details(ledger.finance_reference) else ""
    return ReconciliationRow(
        file=found,
        row=one.row,
        outcome=one.finding.outcome,
        payment_id=one.payment_id,
        reference=ledger.reference if ledger else "",
        payee=ledger.payee if ledger else "",
        amount_pence=ledger.amount_pence if ledger else None,
        paid_on=ledger.paid_on if ledger else None,
        column=one.finding.column[:200],
        value=one.value[:200] or theirs,
        words=one.finding.words[:400],
        cells=cells,
    )


def _without_bank_details(cells: Sequence[str], header: Sequence[str]) -> list[str]:
    """Return the cells of a row but those that hold bank details, by what stands in them or above them."""
    hidden = list_hidden_columns(header)
    return [
        "" if place in hidden or find_bank_details(cell) else cell[:500] for place, cell in enumerate(cells)
    ]


def _as_ledger(row: ReconciliationRow, choice: LedgerChoice) -> LedgerRow:
    """Return a matched row, which was read whole, as it was understood."""
    finance_reference = row.value if choice.finance_reference else ""
    return LedgerRow(
        row=row.row,
        reference=row.reference,
        paid_on=row.paid_on,  # type: ignore[arg-type]
        amount_pence=row.amount_pence,  # type: ignore[arg-type]
        currency="",
        payee=row.payee,
        finance_reference=finance_reference,
    )


def _refuse(found: ReconciliationFile, words: str, by: Viewer, at: datetime) -> None:
    found.state, found.notes = State.REFUSED, words
    found.save(update_fields=["state", "notes"])
    record_audit(by=by, at=at, operation="refuse_ledger", on=found)


def _mark_paid(payment: Payment, ledger: LedgerRow, by: Viewer) -> Payment:
    payment.days_to_pay = count_days_to_pay(payment, timezone.localdate(payment.asked_at), ledger.paid_on)
    payment.paid_on, payment.paid_by_id = ledger.paid_on, by.person_id
    payment.finance_reference = ledger.finance_reference or payment.finance_reference
    return payment


def _write_paid(paid: Sequence[Payment], by: Viewer, at: datetime) -> None:
    steps = [
        PaymentEvent(
            payment=one,
            was=one.state,
            became=Payment.State.PAID,
            words="From finance’s ledger",
            by_id=by.person_id,
            at=at,
        )
        for one in paid
    ]
    for one in paid:
        one.state = Payment.State.PAID
    Payment.objects.bulk_update(
        paid, ["state", "paid_on", "paid_by_id", "finance_reference", "days_to_pay"], batch_size=CHUNK
    )
    PaymentEvent.objects.bulk_create(steps, batch_size=CHUNK)


def _forget(found: ReconciliationFile) -> None:
    """Keep what each row was found to be, and no longer whom finance paid; the file itself goes."""
    found.rows.all().update(payee="", value="", cells=[])
    transaction.on_commit(lambda: stored_path(found.stored_name).unlink(missing_ok=True))
