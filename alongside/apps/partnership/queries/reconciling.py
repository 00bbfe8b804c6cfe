"""Ledger files of finance and their rows, for those who pay."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from alongside.apps.base.bridge.tables import TablePeek, peek_table
from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models import ReconciliationFile, ReconciliationRow
from alongside.apps.partnership.rules.reconciling import LedgerChoice, guess_ledger_columns

Outcome = ReconciliationRow.Outcome


@dataclass(frozen=True)
class LedgerColumns:
    """The head of a ledger, and what its columns mean: as chosen before, or as guessed."""

    peek: TablePeek
    guess: LedgerChoice


def list_ledgers(viewer: Viewer) -> "QuerySet[ReconciliationFile]":
    """Return the ledger files, the latest first; those left are not listed."""
    if not viewer.may("pay"):
        return ReconciliationFile.objects.none()
    return ReconciliationFile.objects.exclude(state=ReconciliationFile.State.LEFT)


def get_ledger(viewer: Viewer, file_id: UUID) -> ReconciliationFile | None:
    """Return one ledger file, for those who pay."""
    return ReconciliationFile.objects.filter(id=file_id).first() if viewer.may("pay") else None


def get_ledger_columns(found: ReconciliationFile) -> LedgerColumns:
    """Return the head of a ledger that waits. Raise Refused where it can no longer be read."""
    peek = peek_table(found.stored_name, found.file_name)
    guess = LedgerChoice.from_json(found.columns) if found.columns else guess_ledger_columns(peek.columns)
    return LedgerColumns(peek, guess)


def find_same_ledger(found: ReconciliationFile) -> ReconciliationFile | None:
    """Return an earlier file with the very same content that was confirmed, if there is one."""
    same = ReconciliationFile.objects.filter(sha256=found.sha256, state=ReconciliationFile.State.CONFIRMED)
    return same.exclude(id=found.id).order_by("-confirmed_at").first()


def list_ledger_rows(found: ReconciliationFile, outcome: str = "") -> "QuerySet[ReconciliationRow]":
    """Return a file's rows of one outcome, or all that need somebody: different, unmatched and wrong, in order."""
    wanted = [outcome] if outcome in Outcome.values else [Outcome.DIFFERENT, Outcome.UNMATCHED, Outcome.WRONG]
    return found.rows.filter(outcome__in=wanted).select_related("payment").order_by("row", "id")
