"""Reading a row of finance's ledger, and what it says about one of our payments: pure, each with what would do."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from alongside.apps.agreements.queries import AgreementLine
from alongside.apps.base.rules import Refused, Viewer, check
from alongside.apps.base.rules.cells import RowProblem, read_date, read_short
from alongside.apps.base.rules.money import SYMBOLS, read_money, write_money
from alongside.apps.partnership.models import Payment, ReconciliationFile, ReconciliationRow
from alongside.apps.partnership.rules.payments import MAY_BE_PAID, find_why_not_pay

State = ReconciliationFile.State
Outcome = ReconciliationRow.Outcome
MEANINGS = ("reference", "paid_on", "amount", "payee", "finance_reference")
NEEDED = ("reference", "paid_on", "amount")
SHORT_ROWS = 2_000  # a file with more is read in the background
MOST_ROWS = 100_000
MOST_BYTES = 20 * 2**20
ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm")
MOVES: Mapping[str, tuple[str, ...]] = {
    State.UPLOADED: (State.READING, State.LEFT),
    State.READING: (State.READY, State.REFUSED, State.LEFT),
    State.READY: (State.READING, State.CONFIRMED, State.LEFT),
    State.REFUSED: (State.READING, State.LEFT),
    State.CONFIRMED: (),
    State.LEFT: (),
}
_NOT_NOW: Mapping[str, str] = {
    State.UPLOADED: "Choose the columns first.",
    State.READING: "The file is still being read.",
    State.READY: "The file has been read and waits for your yes.",
    State.REFUSED: "The file could not be read. Upload it again when it is mended.",
    State.CONFIRMED: "This file has been confirmed already.",
    State.LEFT: "This file was left. Upload it again to compare it.",
}
# Names finance gives to columns, compared without capitals, blanks and signs.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "reference": ("reference", "ourreference", "paymentreference", "payref", "ref", "narrative", "details"),
    "paid_on": ("date", "paidon", "paymentdate", "datepaid", "valuedate", "transactiondate", "postingdate"),
    "amount": ("amount", "paid", "amountpaid", "value", "gross", "total", "debit", "paymentamount"),
    "payee": ("payee", "supplier", "suppliername", "beneficiary", "name", "paidto", "vendor", "vendorname"),
    "finance_reference": (
        "financereference", "transactionid", "documentnumber", "document", "voucher", "batch", "ledgerreference",
        "transaction", "docno",
    ),
}  # fmt: skip
_SIGNS = re.compile(r"[\W_]+")
_OURS = re.compile(r"\bPAY-\d{4}-\d{5,9}\b", re.IGNORECASE)
_LEGAL = frozenset({"the", "ltd", "limited", "cic", "cio", "plc", "llp", "mr", "mrs", "ms", "mx", "dr"})


_HIDDEN = re.compile(r"sort\s*code|account|iban|\bbic\b|swift", re.IGNORECASE)


def list_hidden_columns(columns: Sequence[str]) -> frozenset[int]:
    """Return the places of columns that hold bank details by their name; their cells are never kept."""
    return frozenset(place for place, column in enumerate(columns) if _HIDDEN.search(column))


@dataclass(frozen=True)
class LedgerChoice:
    """What the columns of a ledger mean; "" means there is no such column."""

    reference: str
    paid_on: str
    amount: str
    payee: str = ""
    finance_reference: str = ""
    date_order: str = "dmy"

    def as_json(self) -> dict[str, str]:
        """Return the choice as it is stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> "LedgerChoice":
        """Return a stored choice."""
        names = cls.__dataclass_fields__
        return cls(
            **{name: str(stored.get(name) or ("dmy" if name == "date_order" else "")) for name in names}
        )

    @property
    def columns(self) -> dict[str, str]:
        """Return the chosen column of each meaning that has one."""
        chosen = {name: str(getattr(self, name)) for name in MEANINGS}
        return {name: column for name, column in chosen.items() if column}


@dataclass(frozen=True)
class LedgerRow:
    """One row of a ledger as it was understood. `currency` is "" where the amount names none."""

    row: int
    reference: str
    paid_on: date
    amount_pence: int
    currency: str
    payee: str
    finance_reference: str


@dataclass(frozen=True)
class Finding:
    """What a ledger row says about our payment: an outcome, the column that differs, words with what would do."""

    outcome: str
    column: str = ""
    words: str = ""


def guess_ledger_columns(columns: Sequence[str]) -> LedgerChoice:
    """Return what the columns most likely mean by their names; a person confirms it."""
    plain = {_SIGNS.sub("", column).casefold(): column for column in reversed(columns)}
    found = {
        meaning: next((plain[name] for name in names if name in plain), "")
        for meaning, names in _NAMES.items()
    }
    return LedgerChoice(**found)


def check_ledger_choice(choice: LedgerChoice, columns: Sequence[str]) -> None:
    """Refuse a choice that leaves out what is needed, names a column that is not there, or uses one twice."""
    taken: set[str] = set()
    for meaning in MEANINGS:
        column = str(getattr(choice, meaning))
        check(bool(column) or meaning not in NEEDED, "Choose the column that holds this.", field=meaning)
        check(not column or column in columns, f"The file has no column “{column}”.", field=meaning)
        check(
            column not in taken,
            f"The column “{column}” was chosen twice. Give each column one meaning.",
            field=meaning,
        )
        taken |= {column} - {""}
    check(
        choice.date_order in ("dmy", "mdy", "ymd"),
        "Choose the order of day, month and year.",
        field="date_order",
    )


def check_ledger_move(state: str, wanted: str) -> None:
    """Refuse, saying how far the file is, unless it may become what is wanted now."""
    if wanted not in MOVES[state]:
        raise Refused(_NOT_NOW[state])


def check_ledger_upload(file_name: str, size_bytes: int) -> None:
    """Refuse a file that is empty, too large or no table."""
    check(
        file_name.lower().endswith(ENDINGS),
        f"“{file_name[-80:]}” is not a table. Save it as one of: {', '.join(ENDINGS)}.",
        field="file",
    )
    check(size_bytes > 0, "The file is empty. Choose a file with something in it.", field="file")
    check(size_bytes <= MOST_BYTES, "The file is larger than 20 MB. Split it by month or year.", field="file")


def read_ledger_row(
    row: int, cells: Sequence[str], choice: LedgerChoice, places: Mapping[str, int]
) -> LedgerRow:
    """Return one row as it is understood. Raise RowProblem, with column and cure, where it cannot be.

    Where it only makes sense one column further on, the row is said to be shifted.
    """
    try:
        return _read(row, cells, choice, places)
    except RowProblem as problem:
        for step, words in ((1, "to the right"), (-1, "to the left")):
            if _makes_sense(row, cells, choice, places, step):
                cure = f"This row seems shifted one column {words}. Move its cells back under their columns."
                raise RowProblem(problem.column, problem.value, cure) from None
        raise


def _makes_sense(
    row: int, cells: Sequence[str], choice: LedgerChoice, places: Mapping[str, int], step: int
) -> bool:
    moved = {meaning: place + step for meaning, place in places.items()}
    if any(not 0 <= moved[meaning] < len(cells) for meaning in NEEDED):
        return False
    inside = {meaning: place for meaning, place in moved.items() if 0 <= place < len(cells)}
    try:
        return bool(_OURS.search(_read(row, cells, choice, inside).reference))
    except RowProblem:
        return False


def _read(row: int, cells: Sequence[str], choice: LedgerChoice, places: Mapping[str, int]) -> LedgerRow:
    def cell(meaning: str) -> str:
        return cells[places[meaning]] if meaning in places else ""

    reference = read_short(choice.reference, cell("reference"), 300)
    if not reference:
        raise RowProblem(choice.reference, "", "Write our reference, such as PAY-2026-00042.")
    ours = _OURS.search(reference)
    day = read_date(choice.paid_on, cell("paid_on"), choice.date_order)
    if day is None:
        raise RowProblem(choice.paid_on, "", "Write the day on which it was paid.")
    amount, currency = _read_amount(choice.amount, cell("amount"))
    return LedgerRow(
        row=row,
        reference=ours.group().upper() if ours else reference[:60],
        paid_on=day,
        amount_pence=amount,
        currency=currency,
        payee=read_short(choice.payee, cell("payee"), 200),
        finance_reference=read_short(choice.finance_reference, cell("finance_reference"), 60),
    )


def _read_amount(column: str, value: str) -> tuple[int, str]:
    named = next((code for code, sign in SYMBOLS.items() if sign in value or code in value.upper()), "")
    written = value.upper() if named and named in value.upper() else value
    try:
        pence = read_money(written, currency=named or "GBP", column=column)
    except Refused as refusal:
        raise RowProblem(column, value[:200], refusal.reason.partition(": ")[2] or refusal.reason) from None
    if pence <= 0:
        cure = "Write what was paid as an amount above nothing, and leave out what came back."
        raise RowProblem(column, value[:200], cure)
    return pence, named


def compare_row(
    row: LedgerRow, payment: Payment | None, agreement: AgreementLine | None, by: Viewer, on: date
) -> Finding:
    """Return what a ledger row says about a payment: matched, already reconciled, different, or unmatched."""
    if payment is None or agreement is None:
        words = "We have no payment with this reference. Check it, or ask whoever agreed the payment."
        return Finding(Outcome.UNMATCHED, "reference", words)
    if payment.state == Payment.State.PAID:
        return _compare_paid(row, payment)
    if payment.state not in MAY_BE_PAID:
        state = payment.get_state_display()
        words = f"Finance paid it, and here it is “{state}”. Settle that first, then compare again."
        return Finding(Outcome.DIFFERENT, "reference", words)
    different = _find_difference(row, payment, agreement, on)
    if different is not None:
        return different
    why_not = find_why_not_pay(payment, by)
    return Finding(Outcome.DIFFERENT, "reference", why_not) if why_not else Finding(Outcome.MATCHED)


def _find_difference(row: LedgerRow, payment: Payment, agreement: AgreementLine, on: date) -> Finding | None:
    begins = max(agreement.starts_on, agreement.signed_on or agreement.starts_on)
    ours = write_money(payment.amount_pence, payment.currency)
    tests = (
        (
            not payment.is_in_kind and row.amount_pence == payment.amount_pence,
            "amount",
            f"Finance paid {write_money(row.amount_pence, row.currency or payment.currency)}, we approved {ours}. "
            "Ask finance which is right.",
        ),
        (
            not row.currency or row.currency == payment.currency,
            "amount",
            f"Finance paid in {row.currency}, we approved {payment.currency}. Ask finance which is right.",
        ),
        (
            not row.payee or is_same_payee(row.payee, name_payee(payment)),
            "payee",
            f"We approved it for {name_payee(payment)}. Ask finance whom they paid.",
        ),
        (
            row.paid_on <= on,
            "date",
            "This day has not come yet. Check the date, and the order of day and month.",
        ),
        (
            row.paid_on >= begins,
            "date",
            f"The agreement holds from {begins:%-d %B %Y}. Check the date, and the order of day and month.",
        ),
        (
            agreement.is_in_force,
            "reference",
            f"The agreement {agreement.reference} is “{agreement.state_words}”, so nothing may be paid under it.",
        ),
    )
    return next(
        (Finding(Outcome.DIFFERENT, column, words) for holds, column, words in tests if not holds), None
    )


def _compare_paid(row: LedgerRow, payment: Payment) -> Finding:
    if row.amount_pence != payment.amount_pence:
        ours = write_money(payment.amount_pence, payment.currency)
        theirs = write_money(row.amount_pence, row.currency or payment.currency)
        words = f"It is written down as paid with {ours}, and the ledger says {theirs}. Ask finance which is right."
        return Finding(Outcome.DIFFERENT, "amount", words)
    if payment.paid_on is not None and row.paid_on != payment.paid_on:
        words = f"It is written down as paid on {payment.paid_on:%-d %B %Y}. Was it paid twice? Ask finance."
        return Finding(Outcome.DIFFERENT, "date", words)
    return Finding(Outcome.ALREADY)


def name_payee(payment: Payment) -> str:
    """Return the name of whoever is paid."""
    payee = payment.organisation or payment.person
    return payee.name if payee else ""


def is_same_payee(theirs: str, ours: str) -> bool:
    """Say whether a ledger's name is ours, but for capitals, signs, legal endings, and being cut short."""
    one, other = _plain(theirs), _plain(ours)
    if not one or not other:
        return False
    shorter, longer = sorted(("".join(one), "".join(other)), key=len)
    return one == other or (len(shorter) >= 5 and longer.startswith(shorter))


def _plain(name: str) -> tuple[str, ...]:
    words = re.findall(r"[^\W_]+", name.replace("’", "").replace("'", "").casefold())
    return tuple(word for word in words if word not in _LEGAL)
